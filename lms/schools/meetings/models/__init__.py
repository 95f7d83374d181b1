"""The tables of meetings."""

from lms.schools.meetings.models.attendance import (
    Attendance,
    AttendanceExcuse,
    AttendanceList,
    Match,
    Source,
)
from lms.schools.meetings.models.meeting import (
    RECORDED,
    Meeting,
    MeetingFile,
    MeetingKind,
    MeetingReply,
)

__all__ = [
    "RECORDED",
    "Attendance",
    "AttendanceExcuse",
    "AttendanceList",
    "Match",
    "Meeting",
    "MeetingFile",
    "MeetingKind",
    "MeetingReply",
    "Source",
]
