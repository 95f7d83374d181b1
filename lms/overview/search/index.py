"""Keeping the passages true to what people wrote, in the transaction of the writing."""

import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

import sqlalchemy as sa

from lms.core.database import LAST_ROW
from lms.core.extensions import db
from lms.core.jobs import Job, enqueue, every_day, first_step, job
from lms.identity.erasures.cells import may_hold
from lms.identity.erasures.name_forms import KnownAs, beginnings, pattern_of
from lms.identity.erasures.signals import names_removed
from lms.monitoring.projects.models import Event
from lms.outcomes.certificates.codes import INSERT
from lms.outcomes.plans.models import PlanEdit
from lms.outcomes.plans.signals import plan_changed
from lms.overview.announcements.models import Announcement
from lms.overview.announcements.signals import announcement_changed
from lms.overview.search.models import Passage
from lms.overview.search.sources import PLACES, SOURCES, Source
from lms.review.questions.models import Question, Shared
from lms.review.questions.signals import question_changed
from lms.schools.teams.models import Team
from lms.text.stems import UNSEEN, stems
from lms.work.previews.models import StoredExcerpt
from lms.work.submissions.models import Attempt, AttemptFile
from lms.work.submissions.signals import attempt_withdrawn

logger = logging.getLogger(__name__)
BATCH, BATCHES_OF_A_JOB = 100, 50
JOB = "search"
# Before the people come, after the backup of the night.
HOUR = 5
# Beside the session: rows are added while it writes.
TABLE = cast(sa.Table, Passage.__table__)
# Changed row by row, so it is indexed as a whole.
PLAN = (PlanEdit, Event)
# Indexed whenever a signal says that something became of it.
FOLLOWED = {*PLAN, Shared}
SOURCE_OF = {source.model: source for source in SOURCES}


def add_missing(
    connection: Any,
    source: Source,
    *which: sa.ColumnElement[bool],
    is_newer: bool = False,
) -> list[int]:
    """Add some of the passages that are missing, the newest first; name their rows.

    Another transaction may add the same meanwhile: that one stays, unless the rows
    were changed in this transaction.
    """
    known = sa.exists().where(
        Passage.kind == source.kind, Passage.source_id == source.model.id
    )
    rows = source.rows.where(~known, *which)
    some = rows.order_by(source.model.id.desc()).limit(BATCH)
    passages = [_passage(source, row) for row in connection.execute(some).mappings()]
    if passages:
        connection.execute(_adding(is_newer=is_newer), passages)
    return [passage["source_id"] for passage in passages]


def _adding(*, is_newer: bool) -> Any:
    """Write what is done about a passage that another transaction has just added."""
    insert = INSERT[db.engine.dialect.name](TABLE)
    key = [TABLE.c.kind, TABLE.c.source_id]
    if not is_newer:
        return insert.on_conflict_do_nothing(index_elements=key)
    copied = {name: insert.excluded[name] for name in ("text", "words", *PLACES)}
    return insert.on_conflict_do_update(index_elements=key, set_=copied)


def _passage(source: Source, row: Any) -> dict[str, Any]:
    places = {name: row.get(name) for name in PLACES}
    parts = (value for name, value in row.items() if name not in PLACES)
    text = UNSEEN.sub("", "\n".join(filter(None, source.text_of(*parts))))
    return {"kind": source.kind, "text": text, "words": " ".join(stems(text)), **places}


def refresh(*, anew: bool = False) -> int:
    """Add what is missing and remove what has no source; count what was wrong."""
    if anew:
        db.session.execute(sa.delete(TABLE))
    left_over = sum(_remove_orphans(source) for source in SOURCES)
    db.session.commit()
    return left_over + sum(add_all_missing())


def add_all_missing() -> Iterator[int]:
    """Add what is missing, a batch at a time; count each."""
    for source in SOURCES:
        before = LAST_ROW
        while added := add_missing(db.session, source, source.model.id < before):
            db.session.commit()
            before = min(added)
            yield len(added)


def _remove_orphans(source: Source) -> int:
    alive = sa.exists().where(source.model.id == TABLE.c.source_id)
    gone = sa.delete(TABLE).where(TABLE.c.kind == source.kind, ~alive)
    return db.session.connection().execute(gone).rowcount


@job(JOB, "Поиск: указатель по тому, что уже написано", last=True)
def fill(_payload: dict[str, Any]) -> None:
    """Index what a site stored before it could search, as much as a lease allows."""
    if sum(1 for _ in islice(add_all_missing(), BATCHES_OF_A_JOB)) == BATCHES_OF_A_JOB:
        enqueue(JOB, {}, bulk=True)
        db.session.commit()


@first_step
def catch_up() -> None:
    """Have the index made where it is not: after an upgrade, after a restore."""
    waiting = sa.select(sa.exists().where(Job.kind == JOB, Job.waiting()))
    if any(map(_is_behind, SOURCES)) and not db.session.scalar(waiting):
        enqueue(JOB, {}, bulk=True)
    db.session.commit()


def _is_behind(source: Source) -> bool:
    """Tell whether the oldest row has no passage: it is the last that gets one."""
    oldest = db.session.scalar(sa.select(sa.func.min(source.model.id)))
    known = sa.exists().where(Passage.kind == source.kind, Passage.source_id == oldest)
    return oldest is not None and not db.session.scalar(sa.select(known))


@every_day("search check", "Поиск: сверка указателя", hour=HOUR)
def check(_payload: dict[str, Any]) -> None:
    """Compare the index with what it is made of, and mend it."""
    if wrong := refresh():
        logger.warning("search: %s passages were missing or left over", wrong)


@plan_changed.connect
def follow_plan(team_id: int) -> None:
    """Index the plan of a team anew."""
    db.session.flush()
    # Whoever changes another line at the same moment indexes it after this one.
    team = sa.select(Team.id).where(Team.id == team_id)
    db.session.execute(team.with_for_update(key_share=True))
    for model in PLAN:
        old = TABLE.c.team_id == team_id
        _index_anew(db.session.connection(), model, model.team_id == team_id, old)


@question_changed.connect
def follow_question(question_id: int) -> None:
    """Index a question with its answers anew, and the general version of it."""
    db.session.flush()
    # Of two who answer at the same moment the second one indexes both answers.
    asked = sa.select(Question.id).where(Question.id == question_id)
    db.session.execute(asked.with_for_update(key_share=True))
    for model in (Question, Shared):
        which, old = model.id == question_id, TABLE.c.source_id == question_id
        _index_anew(db.session.connection(), model, which, old)


@announcement_changed.connect
def follow_announcement(announcement_id: int) -> None:
    """Index an announcement anew; a withdrawn one is found no more."""
    which = Announcement.id == announcement_id
    _index_anew(db.session.connection(), Announcement, which)


@attempt_withdrawn.connect
def hide_withdrawn(attempt: Attempt) -> None:
    """Take from tutors what a team took back."""
    db.session.flush()
    _index_anew(db.session.connection(), Attempt, Attempt.id == attempt.id)
    _index_anew(
        db.session.connection(), AttemptFile, AttemptFile.attempt_id == attempt.id
    )


@sa.event.listens_for(StoredExcerpt, "after_insert")
@sa.event.listens_for(StoredExcerpt, "after_update")
def _read_file(_mapper: Any, connection: sa.Connection, row: StoredExcerpt) -> None:
    """Index a file again when its text is known."""
    _index_anew(connection, AttemptFile, AttemptFile.sha256 == row.sha256)


@names_removed.connect
def forget_names(known: KnownAs) -> None:
    """Drop what names an erased person; what people still wrote is indexed anew."""
    which = may_hold(TABLE.c.text, beginnings(known))
    pattern = pattern_of(known)
    texts = db.session.execute(sa.select(TABLE.c.id, TABLE.c.text).where(which))
    named = [row_id for row_id, text in texts if pattern.search(text)]
    db.session.execute(sa.delete(TABLE).where(TABLE.c.id.in_(named)))
    enqueue(JOB, {}, bulk=True)


def _index_anew(
    connection: sa.Connection,
    model: Any,
    which: sa.ColumnElement[bool],
    old: sa.ColumnElement[bool] | None = None,
) -> None:
    """Replace the passages of some rows, and old ones whose row is gone."""
    source = SOURCE_OF[model]
    if old is None:
        old = TABLE.c.source_id.in_(sa.select(model.id).where(which))
    connection.execute(sa.delete(TABLE).where(TABLE.c.kind == source.kind, old))
    while add_missing(connection, source, which, is_newer=True):
        pass


def _follow(source: Source) -> None:
    """Index each row of an immutable table as it is added, before the commit."""

    @sa.event.listens_for(source.model, "after_insert")
    def add(_mapper: Any, connection: sa.Connection, row: Any) -> None:
        add_missing(connection, source, source.model.id == row.id)


for _source in SOURCES:
    if _source.model not in FOLLOWED:
        _follow(_source)
