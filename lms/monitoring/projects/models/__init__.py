"""The tables of a school's project."""

from lms.monitoring.projects.models.kinds import EventKind, Part
from lms.monitoring.projects.models.quarter import QuarterSnapshot
from lms.monitoring.projects.models.rows import (
    Event,
    EventPartner,
    Project,
    ProjectRow,
    ProjectTask,
    Risk,
)
from lms.monitoring.projects.models.talk import ProjectComment, RivalWords

__all__ = [
    "Event",
    "EventKind",
    "EventPartner",
    "Part",
    "Project",
    "ProjectComment",
    "ProjectRow",
    "ProjectTask",
    "QuarterSnapshot",
    "Risk",
    "RivalWords",
]
