"""`assignment.md`: a form declared in Markdown, and the rubric of its review."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic import Field as Limits

from lms.modules.frontmatter import Path
from lms.modules.inspection import Inspection
from lms.modules.matter import Key, Matter, broken_rule, read_matter, unique, up_to
from lms.modules.problems import did_you_mean


class Level(Matter):
    """One step of a criterion."""

    points: Annotated[int, Limits(ge=0, le=100)]
    text: Annotated[str, up_to(600)]


def _check_levels(levels: list[Level]) -> list[Level]:
    if levels and levels[0].points != 0:
        raise broken_rule(
            "первый уровень даёт 0 баллов: поставьте points: 0", 0, "points"
        )
    for number in range(1, len(levels)):
        if levels[number].points <= levels[number - 1].points:
            raise broken_rule(
                f"points: {levels[number].points} после {levels[number - 1].points}: "
                "баллы растут от уровня к уровню",
                number,
                "points",
            )
    return levels


class Criterion(Matter):
    """One line of the rubric; `fields` tell where in the answer it is seen."""

    key: Key
    title: Annotated[str, up_to(120)]
    fields: Annotated[list[str], Limits(default_factory=list)]
    levels: Annotated[
        list[Level], Limits(min_length=2, max_length=6), AfterValidator(_check_levels)
    ]

    @property
    def max_points(self) -> int:
        return self.levels[-1].points


class FieldMatter(Matter):
    """One question of the form as the author wrote it."""

    key: Key
    label: Annotated[str, up_to(160)]
    hint: Annotated[str, up_to(800)]
    example: Annotated[str, up_to(6000)]
    required: bool = True
    max_chars: Annotated[int, Limits(ge=100, le=6000)]


class Field(FieldMatter):
    """One question of the form with its example ready to be shown."""

    example_html: str


class _Common(Matter):
    title: Annotated[str, up_to(90)]
    summary: Annotated[str, up_to(160)]
    by: Literal["team", "person"]
    required: bool
    pass_points: Annotated[int, Limits(ge=1)]
    pass_reason: Annotated[str, up_to(600)]
    plan_section: Annotated[str, up_to(90)] | None = None
    rubric: Annotated[
        list[Criterion], Limits(min_length=2, max_length=8), unique("key")
    ]

    @property
    def max_points(self) -> int:
        return sum(criterion.max_points for criterion in self.rubric)


class AssignmentMatter(_Common):
    """What an author declares."""

    fields: Annotated[
        list[FieldMatter], Limits(min_length=1, max_length=8), unique("key")
    ]


class Assignment(_Common):
    """An assignment as it is stored and shown."""

    fields: list[Field]
    task_html: str


def read_assignment(inspection: Inspection) -> Assignment | None:
    """Read and check `assignment.md`."""
    source = inspection.source("assignment.md")
    if source is None:
        return None
    matter = read_matter(AssignmentMatter, source, inspection.problems)
    task = inspection.page(source, source.body, source.body_line)
    if not source.body.strip():
        inspection.problems.error(
            source.path, source.body_line, "нет самого задания: напишите, что сделать"
        )
    if matter is None:
        return None
    for place, message in _contradictions(matter):
        inspection.problems.error(source.path, source.line_of(place), message)
    fields = [
        Field(
            **field.model_dump(),
            example_html=inspection.answer(
                source, field.example, source.line_of(("fields", number, "example"))
            ),
        )
        for number, field in enumerate(matter.fields)
    ]
    common = matter.model_dump(exclude={"fields"})
    return Assignment(**common, fields=fields, task_html=task.html)


def _contradictions(matter: AssignmentMatter) -> Iterator[tuple[Path, str]]:
    """Find what is right alone and wrong together."""
    if matter.pass_points > matter.max_points:
        yield (
            ("pass_points",),
            f"для зачёта нужно {matter.pass_points}, а все критерии вместе дают "
            f"{matter.max_points}: уменьшите pass_points",
        )
    if matter.by == "team" and not matter.plan_section:
        yield (), "нет ключа «plan_section»: в какой раздел плана войдут ответы"
    keys = [field.key for field in matter.fields]
    for number, criterion in enumerate(matter.rubric):
        for key in criterion.fields:
            if key not in keys:
                yield (
                    ("rubric", number, "fields"),
                    f"нет поля «{key}». {did_you_mean(key, keys)}",
                )
    for number, field in enumerate(matter.fields):
        if len(field.example) > field.max_chars:
            yield (
                ("fields", number, "example"),
                f"в примере {len(field.example)} знаков, а в поле помещается "
                f"{field.max_chars}",
            )
