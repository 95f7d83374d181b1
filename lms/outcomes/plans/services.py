"""What may happen to the wording of a plan."""

import logging
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.outcomes.plans.models import PlanEdit
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
