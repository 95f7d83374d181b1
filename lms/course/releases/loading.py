"""Whom a publication reaches: read for the page on which it is decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort, CohortState
from lms.course.content.assignment import Assignment
from lms.course.modules.contents import content_of
from lms.course.modules.models import Module, Revision
from lms.course.modules.permissions import visible_modules
from lms.course.modules.services import newest_revision
from lms.course.releases.changes import changes_between
from lms.course.releases.models import TOLD, Release
from lms.course.releases.services import waiting_release
from lms.course.revisions.comparison import FileComparison
from lms.schools.teams.models import Membership, Team
from lms.work.drafts.models import DraftField
from lms.work.submissions.models import EDITABLE, Status, Submission


class Plan(NamedTuple):
    """What waits for its hour, and the number of the module's newest revision."""

    release: Release
    newest: int


# Drafts that are named; the rest is counted.
MOST_NAMED = 20


class ReadingCohort(NamedTuple):
    """A cohort that reads a module, and how many people it has."""

    id: int
    name: str
    people: int


class LostField(NamedTuple):
    """A field that is asked for no more, or otherwise, and how many drafts fill it."""

    label: str
    new_label: str
    drafts: int


@dataclass(frozen=True)
class Stakes:
    """Who reads and writes, and what of it a publication touches."""

    cohorts: list[ReadingCohort]
    # Who is in two of the cohorts reads once.
    people: int
    drafts: list[tuple[Submission, datetime]]
    counts: dict[Status, int]
    changes: list[FileComparison]
    fields: list[LostField]
    changes_required: bool

    @property
    def writing(self) -> int:
        return sum(self.counts.get(status, 0) for status in EDITABLE)

    @property
    def waiting(self) -> int:
        return self.counts.get(Status.WAITING, 0)

    @property
    def accepted(self) -> int:
        return self.counts.get(Status.ACCEPTED, 0)


def plan_of(module: Module) -> Plan | None:
    """Return the plan of a module, if it has one."""
    release = waiting_release(module.id)
    newest = newest_revision(module) if release else None
    return Plan(release, newest.number) if release and newest else None


def get_release(slug: str, release_id: int) -> Release:
    """Load a release by its module, whatever became of it, or answer 404."""
    found = sa.select(Release).join(Release.module).where(Module.slug == slug)
    return db.first_or_404(found.where(Release.id == release_id))


def get_told_release(slug: str, release_id: int) -> Release:
    """Load what the current user may read of a release, or answer 404."""
    readable = visible_modules(current_user).where(Module.slug == slug)
    told = sa.select(Release).where(
        Release.id == release_id,
        Release.module_id.in_(readable.with_only_columns(Module.id)),
        *TOLD,
    )
    shown = joinedload(Release.module).joinedload(Module.current_revision)
    return db.first_or_404(told.options(shown, joinedload(Release.instead_of)))


def stakes_of(revision: Revision) -> Stakes:
    """Collect what an admin has to know before a revision becomes live."""
    module, live = revision.module, revision.module.current_revision
    before = content_of(live).assignment if live else None
    after = content_of(revision).assignment
    return Stakes(
        cohorts=_cohorts(module),
        people=_people(module),
        drafts=_drafts(module),
        counts=_counts(module),
        changes=changes_between(live, revision) if live else [],
        fields=_lost_fields(module, before, after) if before else [],
        changes_required=_is_required(before) != _is_required(after),
    )


def _is_required(assignment: Assignment | None) -> bool:
    return assignment is not None and assignment.required


def _cohorts(module: Module) -> list[ReadingCohort]:
    rows: Any = db.session.execute(
        _read_by(module, Cohort.id, Cohort.name, sa.func.count(Membership.id))
        .group_by(Cohort.id, Cohort.name)
        .order_by(Cohort.name, Cohort.id)
    )
    return [ReadingCohort(*row) for row in rows]


def _people(module: Module) -> int:
    different = sa.func.count(Membership.user_id.distinct())
    return db.session.scalar(_read_by(module, different)) or 0


def _read_by(module: Module, *columns: Any) -> sa.Select[Any]:
    """Read of the cohorts to which a module is open, with whoever is in them now."""
    return (
        sa.select(*columns)
        .select_from(Cohort)
        .join(CalendarRow, CalendarRow.cohort_id == Cohort.id)
        .outerjoin(Team, Team.cohort_id == Cohort.id)
        .outerjoin(
            Membership,
            sa.and_(Membership.team_id == Team.id, Membership.left_at.is_(None)),
        )
        .where(CalendarRow.module_id == module.id, CalendarRow.opens_on <= today())
        .where(Cohort.state == CohortState.OPEN)
    )


def _under_way(module: Module) -> list[sa.ColumnElement[bool]]:
    """Find the works of a module in cohorts that are open."""
    is_open = Submission.cohort.has(Cohort.state == CohortState.OPEN)
    return [Submission.module_id == module.id, is_open]


def _drafts(module: Module) -> list[tuple[Submission, datetime]]:
    """Return the first drafts with the moment of their last change, newest first."""
    saved = sa.select(sa.func.max(DraftField.saved_at)).where(
        DraftField.submission_id == Submission.id
    )
    changed = sa.func.coalesce(saved.scalar_subquery(), Submission.created_at)
    rows = db.session.execute(
        sa.select(Submission, sa.type_coerce(changed, Submission.created_at.type))
        .where(*_under_way(module), Submission.status.in_(EDITABLE))
        .order_by(changed.desc(), Submission.id)
        .limit(MOST_NAMED)
        .options(
            joinedload(Submission.team).joinedload(Team.school),
            joinedload(Submission.user),
        )
    )
    return [(work, moment) for work, moment in rows]


def _counts(module: Module) -> dict[Status, int]:
    counts: Any = db.session.execute(
        sa.select(Submission.status, sa.func.count())
        .where(Submission.module_id == module.id)
        .where(sa.or_(Submission.status.not_in(EDITABLE), *_under_way(module)[1:]))
        .group_by(Submission.status)
    )
    return dict(counts.all())


def _lost_fields(
    module: Module, before: Assignment, after: Assignment | None
) -> list[LostField]:
    """Name the fields that are removed or called otherwise, with what teams wrote."""
    labels = {field.key: field.label for field in after.fields} if after else {}
    lost = [f for f in before.fields if labels.get(f.key) != f.label]
    texts: Any = db.session.execute(
        sa.select(DraftField.key, sa.func.count())
        .join(Submission, Submission.id == DraftField.submission_id)
        .where(*_under_way(module), Submission.status.in_(EDITABLE))
        .where(DraftField.key.in_([f.key for f in lost]), DraftField.text != "")
        .group_by(DraftField.key)
    )
    filled = dict(texts.all())
    return [
        LostField(f.label, labels.get(f.key, ""), filled.get(f.key, 0)) for f in lost
    ]
