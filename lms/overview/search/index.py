"""Keeping the passages true to what people wrote, in the transaction of the writing."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.jobs import every_day, job
from lms.course.modules.models import Revision
from lms.outcomes.plans.models import PlanAction, PlanEdit
from lms.outcomes.plans.signals import plan_changed
from lms.overview.search.models import Kind, Passage
from lms.overview.search.texts import (
    of_attempt,
    of_excerpt,
    of_lesson,
    of_review,
    of_words,
)
from lms.overview.search.words import stems
from lms.review.reviews.models import Review
from lms.review.threads.models import Message
from lms.schools.teams.models import Team
from lms.work.drafts.files import TYPES
from lms.work.previews.models import StoredExcerpt
from lms.work.submissions.models import Attempt, AttemptFile, Submission

logger = logging.getLogger(__name__)
BATCH = 100
# Before the people come, after the backup of the night.
HOUR = 5
# Beside the session: rows are added while it writes.
TABLE = cast(sa.Table, Passage.__table__)

WORK = (
    Submission.id.label("submission_id"),
    Submission.module_id,
    Submission.cohort_id,
    Submission.team_id,
    Submission.user_id,
)


class Source(NamedTuple):
    """From which rows passages of a kind are made, and how."""

    kind: Kind
    model: Any
    rows: sa.Select[Any]
    # What follows the places in a row.
    text_of: Callable[..., Iterable[str]]


def _works(model: Any, *parts: Any) -> sa.Select[Any]:
    return sa.select(model.id.label("source_id"), *WORK, *parts).select_from(model)


def _teams(model: Any, *places: Any) -> sa.Select[Any]:
    return sa.select(model.id.label("source_id"), Team.cohort_id, *places).join(
        Team, Team.id == model.team_id
    )


_kind_of_file = sa.case(
    {media: kind for kind, media in TYPES.items()},
    value=AttemptFile.media_type,
    else_="",
)
SOURCES = [
    Source(
        Kind.LESSON,
        Revision,
        sa.select(Revision.id.label("source_id"), Revision.module_id, Revision.content),
        of_lesson,
    ),
    Source(
        Kind.WORK,
        Attempt,
        _works(Attempt, Attempt.fields).join(Attempt.submission),
        of_attempt,
    ),
    Source(
        Kind.REMARK,
        Review,
        _works(Review, Review.levels, Review.notes, Review.summary)
        .join(Review.attempt)
        .join(Attempt.submission),
        of_review,
    ),
    Source(
        Kind.MESSAGE,
        Message,
        _works(Message, Message.text).join(
            Submission, Submission.id == Message.submission_id
        ),
        of_words,
    ),
    Source(
        Kind.EDIT,
        PlanEdit,
        _teams(
            PlanEdit,
            PlanEdit.team_id,
            PlanEdit.module_id,
            Attempt.submission_id,
            PlanEdit.text,
        ).join(Attempt, Attempt.id == PlanEdit.attempt_id),
        of_words,
    ),
    Source(
        Kind.ACTION,
        PlanAction,
        _teams(
            PlanAction,
            PlanAction.team_id,
            PlanAction.what,
            PlanAction.who,
            PlanAction.why_not,
        ),
        of_words,
    ),
    Source(
        Kind.DOCUMENT,
        AttemptFile,
        _works(AttemptFile, AttemptFile.name, StoredExcerpt.content)
        .join(Attempt, Attempt.id == AttemptFile.attempt_id)
        .join(Attempt.submission)
        .outerjoin(
            StoredExcerpt,
            sa.and_(
                StoredExcerpt.sha256 == AttemptFile.sha256,
                StoredExcerpt.kind == _kind_of_file,
            ),
        ),
        of_excerpt,
    ),
]
PLACES = {"source_id", "submission_id", "module_id", "cohort_id", "team_id", "user_id"}


def add_missing(connection: Any, source: Source, *which: sa.ColumnElement[bool]) -> int:
    """Add some of the passages that are missing, the newest first; count them."""
    known = sa.exists().where(
        Passage.kind == source.kind, Passage.source_id == source.model.id
    )
    rows = source.rows.where(~known, *which)
    some = rows.order_by(source.model.id.desc()).limit(BATCH)
    passages = [_passage(source, row) for row in connection.execute(some).mappings()]
    if passages:
        connection.execute(sa.insert(TABLE), passages)
    return len(passages)


def _passage(source: Source, row: Any) -> dict[str, Any]:
    places = {name: row.get(name) for name in PLACES}
    parts = (value for name, value in row.items() if name not in PLACES)
    # PostgreSQL takes no NUL.
    text = "\n".join(filter(None, source.text_of(*parts))).replace("\x00", "")
    return {"kind": source.kind, "text": text, "words": " ".join(stems(text)), **places}


def refresh(*, anew: bool = False) -> int:
    """Add what is missing and remove what has no source; count what was wrong."""
    if anew:
        db.session.execute(sa.delete(Passage))
    wrong = sum(_remove_orphans(source) for source in SOURCES)
    for source in SOURCES:
        while added := add_missing(db.session, source):
            wrong += added
            db.session.commit()
    db.session.commit()
    return wrong


def _remove_orphans(source: Source) -> int:
    alive = sa.exists().where(source.model.id == Passage.source_id)
    gone = sa.delete(Passage).where(Passage.kind == source.kind, ~alive)
    options = {"synchronize_session": False}
    return int(db.session.execute(gone, execution_options=options).rowcount)  # type: ignore[attr-defined]


@job("search", "Поиск: указатель по тому, что уже написано")
def fill(_payload: dict[str, Any]) -> None:
    """Index what a site had stored before it could search."""
    refresh()


@every_day("search check", "Поиск: сверка указателя", hour=HOUR)
def check(_payload: dict[str, Any]) -> None:
    """Compare the index with what it is made of, and mend it."""
    if wrong := refresh():
        logger.warning("search: %s passages were missing or left over", wrong)


@plan_changed.connect
def follow_plan(team_id: int) -> None:
    """Index the plan of a team anew."""
    kinds = [Kind.EDIT, Kind.ACTION]
    mine = sa.delete(Passage).where(Passage.team_id == team_id, Passage.kind.in_(kinds))
    db.session.flush()
    db.session.execute(mine, execution_options={"synchronize_session": False})
    for source in SOURCES:
        if source.kind in kinds:
            while add_missing(db.session, source, source.model.team_id == team_id):
                pass


def _follow(source: Source) -> None:
    """Index each row of an immutable table as it is added, before the commit."""

    @sa.event.listens_for(source.model, "after_insert")
    def add(_mapper: Any, connection: sa.Connection, row: Any) -> None:
        add_missing(connection, source, source.model.id == row.id)


@sa.event.listens_for(StoredExcerpt, "after_insert")
def _read_file(_mapper: Any, connection: sa.Connection, row: StoredExcerpt) -> None:
    """Index a file again when its text is known."""
    source = next(each for each in SOURCES if each.kind is Kind.DOCUMENT)
    files = sa.select(AttemptFile.id).where(AttemptFile.sha256 == row.sha256)
    connection.execute(
        sa.delete(TABLE).where(
            Passage.kind == Kind.DOCUMENT, Passage.source_id.in_(files)
        )
    )
    while add_missing(connection, source, AttemptFile.sha256 == row.sha256):
        pass


for _source in SOURCES:
    if _source.model not in (PlanEdit, PlanAction):
        _follow(_source)
