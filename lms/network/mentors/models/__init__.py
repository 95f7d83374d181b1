"""The tables of mentors."""

from lms.network.mentors.models.mentor import (
    TOPICS,
    Help,
    Mentor,
    MentorTopic,
    Reach,
)
from lms.network.mentors.models.request import (
    OPEN,
    UNDER_WAY,
    WAITING,
    Ending,
    MentorRequest,
    RequestState,
)

__all__ = [
    "OPEN",
    "TOPICS",
    "UNDER_WAY",
    "WAITING",
    "Ending",
    "Help",
    "Mentor",
    "MentorRequest",
    "MentorTopic",
    "Reach",
    "RequestState",
]
