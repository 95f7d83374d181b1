"""The plan as one document: sections of modules, paragraphs of accepted fields."""

from dataclasses import dataclass

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.outcomes.plans.models import PlanEdit
from lms.review.reviews.permissions import works_to_read_blind
from lms.schools.teams.models import Team
from lms.text.stored import stored_html
from lms.work.submissions.models import Attempt, Status, Submission, stands
from lms.work.submissions.services import assignment_of


@dataclass(frozen=True)
class Paragraph:
    """One accepted field, in the team's own wording where there is one."""

    key: str
    label: str
    attempt: Attempt
    accepted_text: str
    accepted_html: str
    edit: PlanEdit | None

    @property
    def text(self) -> str:
        return self.edit.text if self.edit else self.accepted_text

    @property
    def html(self) -> Markup:
        return stored_html(self.edit.html if self.edit else self.accepted_html)

    @property
    def is_outdated(self) -> bool:
        """Tell whether another attempt was accepted after the team's edit."""
        return self.edit is not None and self.edit.attempt_id != self.attempt.id


@dataclass(frozen=True)
class Section:
    """What one module brought into the plan."""

    position: int
    slug: str
    module_id: int
    title: str
    attempt: Attempt
    paragraphs: list[Paragraph]


def plan_of(team: Team, *, viewer: User | None = None) -> list[Section]:
    """Return the plan of a team; three statements whatever the number of sections.

    A second reader does not learn from it that a work was accepted.
    """
    edits = {
        (edit.module_id, edit.key): edit
        for edit in db.session.scalars(
            sa.select(PlanEdit)
            .where(PlanEdit.team_id == team.id)
            .options(joinedload(PlanEdit.author))
        )
    }
    return [_section(attempt, edits) for attempt in _accepted_attempts(team, viewer)]


def _accepted_attempts(team: Team, viewer: User | None) -> list[Attempt]:
    """Return the last attempt of every accepted work, in the course's order."""
    last = (
        sa.select(sa.func.max(Attempt.id))
        .join(Submission, Attempt.submission_id == Submission.id)
        .where(Submission.team_id == team.id, Submission.status == Status.ACCEPTED)
        .where(stands())
        .group_by(Attempt.submission_id)
    )
    if viewer:
        last = last.where(Submission.id.not_in(works_to_read_blind(viewer)))
    work = joinedload(Attempt.submission).joinedload(Submission.module)
    return list(
        db.session.scalars(
            sa.select(Attempt)
            .join(Attempt.submission)
            .join(Submission.module)
            .where(Attempt.id.in_(last))
            .order_by(Module.position)
            .options(work, joinedload(Attempt.revision))
        )
    )


def _section(attempt: Attempt, edits: dict[tuple[int, str], PlanEdit]) -> Section:
    module = attempt.submission.module
    assignment = assignment_of(attempt.revision)
    return Section(
        position=module.position,
        slug=module.slug,
        module_id=module.id,
        title=assignment.plan_section or assignment.title,
        attempt=attempt,
        paragraphs=[
            Paragraph(
                key=field["key"],
                label=field["label"],
                attempt=attempt,
                accepted_text=field["text"],
                accepted_html=field["html"],
                edit=edits.get((module.id, field["key"])),
            )
            for field in attempt.fields
            if field["text"].strip() or (module.id, field["key"]) in edits
        ],
    )
