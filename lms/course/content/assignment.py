"""`assignment.md`: a form declared in Markdown, and the rubric of its review."""

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field as Limits

from lms.course.content.inspection import Inspection
from lms.course.content.problems import did_you_mean
from lms.course.content.schema import (
    FrontMatter,
    Key,
    Mistake,
    read_front_matter,
    repeated,
    things,
    up_to,
    whole,
)


class Level(FrontMatter):
    """One step of a criterion."""

    points: Annotated[int, Limits(ge=0, le=100)]
    text: Annotated[str, up_to(600)]


class Criterion(FrontMatter):
    """One line of the rubric; `fields` tell where in the answer it is seen."""

    key: Key
    title: Annotated[str, up_to(120)]
    fields: Annotated[list[str], Limits(default_factory=list)]
    levels: Annotated[list[Level], Limits(min_length=2, max_length=6)]

    @property
    def max_points(self) -> int:
        return self.levels[-1].points


class FieldFrontMatter(FrontMatter):
    """One question of the form as the author wrote it."""

    key: Key
    label: Annotated[str, up_to(160)]
    hint: Annotated[str, up_to(800)]
    example: Annotated[str, up_to(6000)]
    required: bool = True
    max_chars: Annotated[int, Limits(ge=100, le=6000)]


class Field(FieldFrontMatter):
    """One question of the form with its example ready to be shown."""

    example_html: str


class _Common(FrontMatter):
    title: Annotated[str, up_to(90)]
    summary: Annotated[str, up_to(160)]
    by: Literal["team", "person"]
    required: bool
    pass_points: Annotated[int, Limits(ge=1)]
    pass_reason: Annotated[str, up_to(600)]
    plan_section: Annotated[str, up_to(90)] | None = None
    rubric: Annotated[list[Criterion], Limits(min_length=2, max_length=8)]

    @property
    def max_points(self) -> int:
        return sum(criterion.max_points for criterion in self.rubric)

    @property
    def highest_level(self) -> int:
        return max(criterion.max_points for criterion in self.rubric)

    @property
    def rubric_hash(self) -> str:
        """Tell two rubrics apart: criteria, levels, and how much is enough."""
        declared = [c.model_dump(exclude={"fields"}) for c in self.rubric]
        measure = json.dumps([self.pass_points, declared], sort_keys=True)
        return hashlib.sha256(measure.encode()).hexdigest()


class AssignmentFrontMatter(_Common):
    """What an author declares."""

    fields: Annotated[list[FieldFrontMatter], Limits(min_length=1, max_length=8)]


class Assignment(_Common):
    """An assignment as it is stored and shown."""

    fields: list[Field]
    task_html: str


def read_assignment(inspection: Inspection) -> Assignment | None:
    """Read and check `assignment.md`."""
    source = inspection.source("assignment.md")
    if source is None:
        return None
    declared = read_front_matter(
        AssignmentFrontMatter, _mistakes, source, inspection.problems
    )
    task = inspection.page(source, source.body, source.body_line)
    if not source.body.strip():
        inspection.problems.error(
            source.path, source.body_line, "нет самого задания: напишите, что сделать"
        )
    if declared is None:
        return None
    fields = [
        Field(
            **field.model_dump(),
            example_html=inspection.answer(
                source, field.example, source.line_of(("fields", number, "example"))
            ),
        )
        for number, field in enumerate(declared.fields)
    ]
    common = declared.model_dump(exclude={"fields"})
    return Assignment(**common, fields=fields, task_html=task.html)


def _mistakes(declared: dict[str, Any]) -> Iterator[Mistake]:
    yield from repeated(declared, "fields", "key")
    yield from repeated(declared, "rubric", "key")
    yield from _wrong_points(declared)
    if declared.get("by") == "team" and "plan_section" not in declared:
        yield (), "нет ключа «plan_section»: в какой раздел плана войдут ответы"
    keys = [str(field.get("key")) for _, field in things(declared, "fields")]
    for number, criterion in things(declared, "rubric"):
        seen_in = criterion.get("fields")
        for key in seen_in if isinstance(seen_in, list) else []:
            if key not in keys:
                yield (
                    ("rubric", number, "fields"),
                    f"нет поля «{key}». {did_you_mean(str(key), keys)}",
                )
    for number, field in things(declared, "fields"):
        length = len(str(field.get("example", "")).strip())
        room = whole(field.get("max_chars"))
        if room and length > room:
            yield (
                ("fields", number, "example"),
                f"в примере {length} знаков, а в поле помещается {room}",
            )


def _wrong_points(declared: dict[str, Any]) -> Iterator[Mistake]:
    """Points rise from 0 in each criterion, and all together suffice to pass."""
    total: int | None = 0
    for number, criterion in things(declared, "rubric"):
        points = [
            whole(level.get("points")) for _, level in things(criterion, "levels")
        ]
        place = ("rubric", number, "levels")
        if points and points[0] not in (0, None):
            yield (*place, 0, "points"), "первый уровень даёт 0 баллов: points: 0"
        for step, (lower, upper) in enumerate(pairwise(points), 1):
            if lower is not None and upper is not None and upper <= lower:
                yield (
                    (*place, step, "points"),
                    f"{upper} после {lower}: баллы растут от уровня к уровню",
                )
        top = points[-1] if points else None
        total = None if total is None or top is None else total + top
    wanted = whole(declared.get("pass_points"))
    if total and wanted and wanted > total:
        yield (
            ("pass_points",),
            f"для зачёта нужно {wanted}, а все критерии вместе дают {total}: "
            "уменьшите pass_points",
        )
