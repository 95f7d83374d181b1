"""What erasing a person says to the features that come after it."""

from blinker import signal

access_ended = signal(
    "access_ended",
    "A person has withdrawn the consent, or taken that back; sent with the person,"
    " before the commit.",
)
person_erased = signal(
    "person_erased",
    "A person is being erased: what they still hold or lead ends. Sent with the person,"
    " before anything else is done and in the same transaction.",
)
names_removed = signal(
    "names_removed",
    "Names have gone from rows; sent with `KnownAs`, before the commit.",
)
