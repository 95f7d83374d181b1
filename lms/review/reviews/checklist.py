"""The remarks of a review that returned a work, as a list to be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.core.language import plural
from lms.review.reviews.models import Review
from lms.work.submissions.models import Attempt
from lms.work.submissions.services import assignment_of
from lms.work.ticks.models import SentTick, Tick
from lms.work.ticks.services import sent_ticks_of, ticks_of

Ticks = Mapping[str, Tick] | Mapping[str, SentTick]


@dataclass(frozen=True)
class Item:
    """One thing to be answered: a criterion, or a remark to words of the answer."""

    key: str
    title: str
    remark: str
    tick: Tick | SentTick | None
    # Keys of the fields in which the answer is to be seen.
    fields: tuple[str, ...] = ()
    # Of a criterion: its points and the sentence of its level.
    score: str = ""
    level: str = ""
    # Of a remark to words: the words.
    quote: str = ""


@dataclass(frozen=True)
class Checklist:
    """What a returned attempt still lacks, and what of it is answered."""

    attempt: Attempt
    review: Review
    items: list[Item]

    @property
    def met(self) -> list[dict[str, Any]]:
        return [level for level in self.review.levels if not _is_wanting(level)]

    @property
    def open_items(self) -> list[Item]:
        return [item for item in self.items if item.tick is None]

    @property
    def count(self) -> str:
        """«Отмечено 2 из 5 замечаний.»."""
        total = len(self.items)
        ticked = total - len(self.open_items)
        word = "замечания" if total % 10 == 1 and total % 100 != 11 else "замечаний"
        return f"Отмечено {ticked} из {total} {word}."

    @property
    def reminder(self) -> str:
        """What is said beside the button that sends the work."""
        if not self.open_items:
            return "Все замечания отмечены."
        left = plural(
            len(self.open_items),
            "замечание не отмечено",
            "замечания не отмечены",
            "замечаний не отмечены",
        )
        return f"{left}. Отправить можно и так: тьютор увидит, что вы отметили."

    def about(self, field: str) -> list[Item]:
        """Return what is asked of one field of the answer."""
        return [item for item in self.items if field in item.fields]


def checklist_of(attempt: Attempt, review: Review, ticks: Ticks) -> Checklist:
    """Return what a review asks for.

    A criterion is not met as long as it lacks a point of its most, whatever the sum:
    there the tutor saw what to mend. A work may come back with nothing of the kind;
    then the words of the tutor are what is to be answered.
    """
    items = [*_criteria(attempt, review, ticks), *_notes(review, ticks)]
    if not items:
        tick = ticks.get("summary")
        items = [Item("summary", "Общий отзыв", remark=review.summary, tick=tick)]
    return Checklist(attempt, review, items)


def returned_checklist(
    attempts: Sequence[Attempt], reviews: Mapping[int, Review]
) -> Checklist | None:
    """Return what the team has to answer now; `attempts` come newest first."""
    if not attempts or attempts[0].id not in reviews:
        return None
    newest = attempts[0]
    return checklist_of(newest, reviews[newest.id], ticks_of(newest))


def answered_checklist(
    attempts: Sequence[Attempt], reviews: Mapping[int, Review], attempt: Attempt
) -> Checklist | None:
    """Return what the attempt answers: the remarks to the one before, as ticked."""
    before = next((a for a in attempts if a.number < attempt.number), None)
    if before is None or before.id not in reviews:
        return None
    return checklist_of(before, reviews[before.id], sent_ticks_of(attempt))


def _is_wanting(level: dict[str, Any]) -> bool:
    return bool(level["points"] < level["max_points"])


def _criteria(attempt: Attempt, review: Review, ticks: Ticks) -> list[Item]:
    fields = {c.key: tuple(c.fields) for c in assignment_of(attempt.revision).rubric}
    return [
        Item(
            key=level["key"],
            title=level["title"],
            remark=level["remark"],
            tick=ticks.get(level["key"]),
            fields=fields.get(level["key"], ()),
            score=f"{level['points']} из {level['max_points']}",
            level=level["level"],
        )
        for level in review.levels
        if _is_wanting(level)
    ]


def _notes(review: Review, ticks: Ticks) -> list[Item]:
    """Remarks to words are called by their number; a key of a criterion has no dot."""
    return [
        Item(
            key=f"note.{number}",
            title="К словам ответа",
            remark=note["text"],
            tick=ticks.get(f"note.{number}"),
            fields=(note["field"],),
            quote=note["quote"],
        )
        for number, note in enumerate(review.notes, start=1)
    ]
