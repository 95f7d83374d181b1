"""The plan as a PDF, set by typst from plain data."""

import json
from collections.abc import Sequence

import typst

from lms.core.config import ROOT
from lms.core.fonts import installed_font
from lms.core.language import day, full_day, today
from lms.outcomes.plans.blocks import blocks_of
from lms.outcomes.plans.models import PlanAction
from lms.outcomes.plans.plan import Section
from lms.outcomes.plans.word import outcome, source_line
from lms.schools.teams.models import Team

TEMPLATE = ROOT / "templates" / "outcomes" / "plans" / "plan.typ"


def pdf_plan(
    team: Team, sections: Sequence[Section], actions: Sequence[PlanAction]
) -> bytes:
    """Return the plan as the bytes of a PDF.

    The words travel as JSON and never as typst source, so nothing that a team
    wrote can become a command.
    """
    plan = {
        "school": f"{team.school.name}, {team.school.municipality}",
        "team": f"Команда «{team.name}»",
        "made": full_day(today()),
        "sections": [_section(section) for section in sections],
        "actions": [
            [action.what, action.who, day(action.due_on), outcome(action)]
            for action in actions
        ],
    }
    pages: bytes = typst.compile(
        str(TEMPLATE),
        font_paths=[str(installed_font().parent)],
        sys_inputs={"plan": json.dumps(plan, ensure_ascii=False)},
    )
    return pages


def _section(section: Section) -> dict[str, object]:
    number = f"{section.position}. " if section.position else ""
    return {
        "title": number + section.title,
        "source": source_line(section),
        "paragraphs": [
            {"label": paragraph.label, "blocks": blocks_of(str(paragraph.html))}
            for paragraph in section.paragraphs
        ],
    }
