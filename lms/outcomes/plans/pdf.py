"""The plan as a PDF, set by typst from plain data."""

import json
import logging
from dataclasses import replace
from typing import Any, cast

import typst

from lms.core.config import ROOT
from lms.core.errors import RuleError
from lms.core.fonts import installed_font
from lms.outcomes.plans.paper import Paper

logger = logging.getLogger(__name__)

TEMPLATE = ROOT / "templates" / "outcomes" / "plans" / "plan.typ"


def pdf_plan(paper: Paper) -> bytes:
    """Return the plan as the bytes of a PDF.

    The words travel as JSON and never as typst source, so nothing that a team
    wrote can become a command.
    """
    try:
        return _compile(paper)
    except typst.TypstError as error:
        logger.warning("a plan cannot be set: %s", error)
        raise RuleError(_refusal(paper)) from error


def draw_page(paper: Paper, number: int, *, ppi: float) -> bytes:
    """Return one page of a plan as a PNG; a plan of one page has no other."""
    drawn = _compiler(paper).compile(format="png", ppi=ppi)
    pages = drawn if isinstance(drawn, list) else [cast(bytes, drawn)]
    return pages[min(number, len(pages)) - 1]


def _compile(paper: Paper) -> bytes:
    return cast(bytes, _compiler(paper).compile(format="pdf"))


def _compiler(paper: Paper) -> typst.Compiler:
    """Make a compiler of one's own, because a shared one refuses to work."""
    return typst.Compiler(
        str(TEMPLATE),
        font_paths=[str(installed_font().parent)],
        sys_inputs={"plan": json.dumps(_fields(paper), ensure_ascii=False)},
    )


def _fields(paper: Paper) -> dict[str, Any]:
    """Return what the template reads: all fields, and blocks instead of HTML."""
    sections = [
        vars(section)
        | {
            "paragraphs": [
                {"label": p.label, "blocks": p.blocks} for p in section.paragraphs
            ]
        }
        for section in paper.sections
    ]
    return vars(paper) | {"sections": sections}


def _refusal(paper: Paper) -> str:
    """Name the paragraph that cannot be set even alone."""
    for section, paragraph in paper.paragraphs:
        alone = replace(section, paragraphs=[paragraph])
        try:
            _compile(replace(paper, sections=[alone], actions=[]))
        except typst.TypstError:
            return (
                f"PDF не получился из-за абзаца «{paragraph.label}» в разделе"
                f" «{section.title}»: он устроен слишком сложно. Упростите его"
                " или скачайте план для Word."
            )
    return "PDF не получился. Скачайте план для Word."
