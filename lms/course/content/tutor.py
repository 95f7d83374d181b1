"""`tutor.md`: for tutors only."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field as Limits

from lms.course.content.assignment import Assignment
from lms.course.content.inspection import Inspection
from lms.course.content.problems import did_you_mean
from lms.course.content.schema import (
    FrontMatter,
    Mistake,
    no_rules,
    read_front_matter,
    up_to,
)


class Remark(FrontMatter):
    """A ready remark: `title` is what a tutor recognises, `text` what a team reads."""

    criterion: str
    title: Annotated[str, up_to(60)]
    text: Annotated[str, up_to(1500)]


class SampleFrontMatter(FrontMatter):
    """A whole answer with its points, as the author wrote it."""

    title: Annotated[str, up_to(120)]
    verdict: Literal["accepted", "returned"]
    answers: dict[str, Annotated[str, up_to(6000)]]
    levels: dict[str, int]
    reasons: dict[str, Annotated[str, up_to(1000)]]


class Sample(SampleFrontMatter):
    """A sample with its answers ready to be shown."""

    answers_html: dict[str, str]


class TutorFrontMatter(FrontMatter):
    """What an author prepares for tutors."""

    remarks: Annotated[list[Remark], Limits(min_length=1, max_length=40)]
    samples: Annotated[list[SampleFrontMatter], Limits(min_length=2, max_length=2)]


class TutorGuide(FrontMatter):
    """Help for the review of one assignment, as it is stored and shown."""

    remarks: list[Remark]
    samples: list[Sample]
    html: str


def read_tutor_guide(
    inspection: Inspection, assignment: Assignment | None
) -> TutorGuide | None:
    """Read `tutor.md` and check it against the assignment, when that is readable."""
    source = inspection.source("tutor.md")
    if source is None:
        return None
    declared = read_front_matter(
        TutorFrontMatter, no_rules, source, inspection.problems
    )
    page = inspection.page(source, source.body, source.body_line)
    if not source.body.strip():
        inspection.problems.error(
            source.path,
            source.body_line,
            "нет текста: напишите, на что смотреть тьютору",
        )
    if declared is None:
        return None
    if assignment:
        for place, message in _contradictions(declared, assignment):
            inspection.problems.error(source.path, source.line_of(place), message)
    samples = []
    for number, sample in enumerate(declared.samples):
        answers_html = {
            key: inspection.answer(
                source, answer, source.line_of(("samples", number, "answers", key))
            )
            for key, answer in sample.answers.items()
        }
        samples.append(Sample(**sample.model_dump(), answers_html=answers_html))
    return TutorGuide(remarks=declared.remarks, samples=samples, html=page.html)


def _contradictions(
    declared: TutorFrontMatter, assignment: Assignment
) -> Iterator[Mistake]:
    criteria = [criterion.key for criterion in assignment.rubric]
    for number, remark in enumerate(declared.remarks):
        if remark.criterion not in criteria:
            yield (
                ("remarks", number, "criterion"),
                f"нет критерия «{remark.criterion}». "
                + did_you_mean(remark.criterion, criteria),
            )
    if {sample.verdict for sample in declared.samples} != {"accepted", "returned"}:
        yield (
            ("samples",),
            "нужны два примера: один accepted (зачтено), другой returned (доработка)",
        )
    for number, sample in enumerate(declared.samples):
        place = ("samples", number)
        for inside, message in _sample_answers(sample, assignment):
            yield (*place, *inside), message
        for inside, message in _sample_points(sample, assignment):
            yield (*place, *inside), message


def _sample_answers(
    sample: SampleFrontMatter, assignment: Assignment
) -> Iterator[Mistake]:
    fields = {field.key: field for field in assignment.fields}
    for key, answer in sample.answers.items():
        if key not in fields:
            yield (
                ("answers", key),
                f"нет поля «{key}». {did_you_mean(key, list(fields))}",
            )
        elif len(answer) > fields[key].max_chars:
            yield (
                ("answers", key),
                f"в ответе {len(answer)} знаков, а в поле помещается "
                f"{fields[key].max_chars}",
            )
    for key, field in fields.items():
        if field.required and key not in sample.answers:
            yield ("answers",), f"нет ответа на обязательное поле «{key}»"


def _sample_points(
    sample: SampleFrontMatter, assignment: Assignment
) -> Iterator[Mistake]:
    criteria = {criterion.key: criterion for criterion in assignment.rubric}
    for name, given in (("levels", sample.levels), ("reasons", sample.reasons)):
        for key in given:
            if key not in criteria:
                hint = did_you_mean(key, list(criteria))
                yield (name, key), f"нет критерия «{key}». {hint}"
        for key in criteria:
            if key not in given:
                yield (name,), f"нет критерия «{key}»: добавьте его"
    for key, points in sample.levels.items():
        steps = (
            [level.points for level in criteria[key].levels] if key in criteria else []
        )
        if steps and points not in steps:
            wanted = ", ".join(map(str, steps))
            yield (
                ("levels", key),
                f"у критерия «{key}» нет уровня points: {points}, а есть {wanted}",
            )
    total = sum(sample.levels.values())
    if (total >= assignment.pass_points) != (sample.verdict == "accepted"):
        yield (
            ("levels",),
            f"сумма {total}, зачёт от {assignment.pass_points}: это не сходится с "
            f"verdict: {sample.verdict}",
        )
