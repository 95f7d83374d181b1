"""The tables of the bank of practices."""

from lms.network.practices.models.asked import Asked
from lms.network.practices.models.consent import (
    PracticeConsent,
    PracticeQuote,
)
from lms.network.practices.models.exchange import (
    PracticeQuestion,
    PracticeUse,
)
from lms.network.practices.models.kinds import (
    ContactKind,
    Hands,
    Money,
    Part,
    Place,
    PracticeState,
    SchoolKind,
    Size,
    Time,
)
from lms.network.practices.models.practice import Practice
from lms.network.practices.models.taken import Taken

__all__ = [
    "Asked",
    "ContactKind",
    "Hands",
    "Money",
    "Part",
    "Place",
    "Practice",
    "PracticeConsent",
    "PracticeQuestion",
    "PracticeQuote",
    "PracticeState",
    "PracticeUse",
    "SchoolKind",
    "Size",
    "Taken",
    "Time",
]
