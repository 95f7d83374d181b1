"""The plan as plain data, from which Word and PDF are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from lms.core.fields import printable
from lms.core.language import full_day, today
from lms.core.names import short_name
from lms.outcomes.plans.blocks import Block, blocks_of
from lms.outcomes.plans.plan import Section
from lms.schools.teams.models import Team

TITLE = "План развития школы"


@dataclass(frozen=True)
class PaperParagraph:
    """A heading and what stands under it: the sanitised HTML of an answer."""

    label: str
    html: str

    @property
    def blocks(self) -> list[Block]:
        return blocks_of(self.html)

    @property
    def weight(self) -> int:
        """How many tags there are: each costs a document about 0.15 ms."""
        return self.html.count("<")


@dataclass(frozen=True)
class PaperSection:
    """What one module brought into the plan."""

    title: str
    source: str
    paragraphs: list[PaperParagraph]


@dataclass(frozen=True)
class Paper:
    """The whole plan; its words hold no character that a document may not hold.

    HTML may: it is cleaned when it is taken apart.
    """

    school: str
    team: str
    made: str
    sections: list[PaperSection]
    actions: list[list[str]]

    @classmethod
    def load(cls, told: Mapping[str, Any]) -> Self:
        """Return the plan that went to another process as plain fields."""
        sections = [
            PaperSection(**{**section, "paragraphs": paragraphs})
            for section in told["sections"]
            for paragraphs in [[PaperParagraph(**p) for p in section["paragraphs"]]]
        ]
        return cls(**{**told, "sections": sections})

    @property
    def weight(self) -> int:
        """How much there is to write: tags, and cells of «план и факт» as two tags."""
        tags = sum(paragraph.weight for _, paragraph in self.paragraphs)
        return tags + sum(2 * len(action) for action in self.actions)

    @property
    def paragraphs(self) -> list[tuple[PaperSection, PaperParagraph]]:
        return [(s, paragraph) for s in self.sections for paragraph in s.paragraphs]


def paper_of(
    team: Team, sections: Sequence[Section], actions: Sequence[Sequence[str]]
) -> Paper:
    """Return the plan of a team as it goes to paper today.

    `actions` are the lines of «План и факт»: what, who, when, and what became of it.
    """
    return Paper(
        school=printable(f"{team.school.name}, {team.school.municipality}"),
        team=printable(f"Команда «{team.name}»"),
        made=full_day(today()),
        sections=[_section(section) for section in sections],
        actions=[list(map(printable, action)) for action in actions],
    )


def _section(section: Section) -> PaperSection:
    number = f"{section.position}. " if section.position else ""
    return PaperSection(
        title=printable(number + section.title),
        source=printable(_source_line(section)),
        paragraphs=[
            PaperParagraph(printable(p.label), str(p.html)) for p in section.paragraphs
        ],
    )


def _source_line(section: Section) -> str:
    """Say where the words of a section come from."""
    sent_on = full_day(section.attempt.sent_at.date())
    sender = short_name(section.attempt.sent_by.full_name)
    return f"Источник: версия {section.attempt.number} работы, {sent_on}, {sender}"
