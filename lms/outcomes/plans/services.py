"""What may happen to a plan: its wording and its lines of plan and fact."""

import logging
from datetime import date
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.outcomes.plans.models import PlanAction, PlanEdit
from lms.outcomes.plans.plan import Paragraph, Section
from lms.outcomes.plans.signals import plan_changed
from lms.schools.teams.models import Team
from lms.text.limits import render_answer

logger = logging.getLogger(__name__)

MAX_TEXT = 20_000
MOVED_ON = "Пока вы писали, этот абзац изменили. Сравните тексты и сохраните ещё раз."


def edit_paragraph(
    team: Team,
    section: Section,
    paragraph: Paragraph,
    *,
    text: str,
    base_version: int,
    author: User,
) -> None:
    """Give a paragraph the team's own wording; the accepted work is not touched.

    `base_version` is that of the edit on the page, 0 for the accepted words; if a
    colleague was faster, nothing is overwritten.
    """
    if len(text) > MAX_TEXT:
        raise RuleError(f"Абзац длиннее {MAX_TEXT} знаков. Сократите его.")
    values = {"text": text, "attempt_id": paragraph.attempt.id, "author_id": author.id}
    key = {
        "team_id": team.id,
        "module_id": section.module_id,
        "key": paragraph.key,
    }
    db.session.rollback()
    values |= {"html": render_answer(text), "saved_at": utcnow()}
    if base_version == 0:
        _add_edit(key | values)
    else:
        _change_edit(key, base_version, values)
    person_acted.send(author)
    plan_changed.send(key["team_id"])
    db.session.commit()
    logger.info("plan of team %s: %s edited", key["team_id"], key["key"])


def _add_edit(values: dict[str, Any]) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(PlanEdit(**values))
    except sa.exc.IntegrityError:
        raise RuleError(MOVED_ON) from None


def _change_edit(
    key: dict[str, Any], base_version: int, values: dict[str, Any]
) -> None:
    changed = db.session.execute(
        sa.update(PlanEdit)
        .filter_by(**key, version=base_version)
        .values(**values, version=base_version + 1)
    )
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        db.session.rollback()
        raise RuleError(MOVED_ON)


def restore_accepted(edit: PlanEdit) -> None:
    """Go back from the team's wording to the words of the accepted work."""
    team_id = edit.team_id
    db.session.delete(edit)
    plan_changed.send(team_id)
    db.session.commit()


def add_action(
    team: Team, *, what: str, who: str, due_on: date, form_key: str | None = None
) -> PlanAction:
    """Add a line to «план и факт»."""
    if known := added_before(PlanAction, form_key):
        return known
    facts = {"what": what, "who": who, "due_on": due_on, "form_key": form_key}
    action = PlanAction(team_id=team.id, **facts)
    db.session.add(action)
    plan_changed.send(team.id)
    db.session.commit()
    return action


def change_action(action: PlanAction, *, base_version: int, **values: object) -> None:
    """Change a line, unless a colleague changed it since the page was opened."""
    changed = db.session.execute(
        sa.update(PlanAction)
        .where(PlanAction.id == action.id, PlanAction.version == base_version)
        .values(**values, version=base_version + 1)
    )
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        db.session.rollback()
        raise RuleError("Пока вы писали, эту строку изменили. Проверьте её ещё раз.")
    plan_changed.send(action.team_id)
    db.session.commit()


def remove_action(action: PlanAction) -> None:
    """Take a line away."""
    team_id = action.team_id
    db.session.delete(action)
    plan_changed.send(team_id)
    db.session.commit()


def actions_of(team: Team) -> list[PlanAction]:
    """Return the lines of a team by date."""
    return list(
        db.session.scalars(
            sa.select(PlanAction)
            .where(PlanAction.team_id == team.id)
            .order_by(PlanAction.due_on, PlanAction.id)
        )
    )
