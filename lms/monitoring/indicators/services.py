"""What may happen to measurements: schools send them, coordinators decide."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.names import short_name
from lms.core.periods import HalfYear
from lms.core.storage import store_file
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.identity.letters.models import Letter
from lms.identity.letters.services import write_letter
from lms.monitoring.indicators.figures import WITH_ALL, last_measurements
from lms.monitoring.indicators.models import (
    Count,
    Indicator,
    Measurement,
    MeasurementDecision,
    MeasurementFile,
)
from lms.schools.teams.models import School
from lms.work.drafts.files import TYPES, ReadyFile
from lms.work.quotas.services import charge

logger = logging.getLogger(__name__)

FASTER = (
    "Пока вы писали, «{title}» уже прислали: {count} ({who}). Ваши числа ниже, они не"
    " сохранены. Сверьте их и отправьте ещё раз."
)
TOGETHER = "Эти числа только что прислал кто-то ещё. Сверьте их с вашими."
CORRECTED = "Школа тем временем прислала другое число: посмотрите на него."
DECIDED = "Об этом числе тем временем уже решили. Посмотрите, что вышло."


@dataclass(frozen=True)
class Entry:
    """What somebody typed about one indicator of a school."""

    indicator: Indicator
    count: Count
    link: str = ""
    note: str = ""
    file: ReadyFile | None = None
    # How many versions of it the page has shown.
    seen: int = 0


def measurements_of(school: School, period: HalfYear) -> dict[int, Measurement]:
    """Return the last measurement of each indicator, by its number."""
    query = last_measurements().filter_by(
        school_id=school.id, starts_on=period.starts_on
    )
    return {one.indicator_id: one for one in db.session.scalars(query)}


def versions_of(measurement: Measurement) -> Sequence[Measurement]:
    """Return all that was said of the same, the last version first."""
    same = ("indicator_id", "school_id", "starts_on")
    query = sa.select(Measurement).filter_by(
        **{name: getattr(measurement, name) for name in same}
    )
    versions = query.options(*WITH_ALL).order_by(Measurement.number.desc())
    return db.session.scalars(versions).all()


def send_measurements(
    school: School, period: HalfYear, entries: Sequence[Entry], *, author: User
) -> int:
    """Store what is new among the numbers of a school; return how many that were.

    A number never changes: a correction is the next version of it. Whoever was slower
    than a colleague sees both numbers.
    """
    known = measurements_of(school, period)
    fresh = [one for one in entries if not _is_told(one, known.get(one.indicator.id))]
    for entry in fresh:
        last = known.get(entry.indicator.id)
        if last and last.number != entry.seen:
            raise RuleError(_faster(last))
    if not fresh:
        return 0
    with _written_or(TOGETHER):
        for entry in fresh:
            _add(school, period, entry, author)
        titles = "; ".join(entry.indicator.title for entry in fresh)
        facts = {"период": period.label, "показатели": titles}
        record(author.id, "присланы показатели", school, after=facts)
        person_acted.send(author)
    logger.info("school %s: %s measurements sent", school.id, len(fresh))
    return len(fresh)


def _is_told(entry: Entry, last: Measurement | None) -> bool:
    """Tell whether the same was said before; a second press says nothing new."""
    if last is None or entry.file:
        return False
    before = last.count, last.link
    return before == (entry.count, entry.link) and entry.note in {"", last.note}


def _add(school: School, period: HalfYear, entry: Entry, author: User) -> None:
    measurement = Measurement(
        indicator_id=entry.indicator.id,
        school_id=school.id,
        starts_on=period.starts_on,
        number=entry.seen + 1,
        numerator=entry.count.numerator,
        denominator=entry.count.denominator,
        link=entry.link,
        note=entry.note,
        sent_by_id=author.id,
    )
    if file := entry.file:
        charge(author.id, len(file.content))
        stored = store_file(BytesIO(file.content))
        measurement.file = MeasurementFile(
            sha256=stored.sha256,
            name=file.name,
            media_type=TYPES[file.kind],
            size=stored.size,
        )
    db.session.add(measurement)


def _faster(last: Measurement) -> str:
    part, whole = last.count
    return FASTER.format(
        who=short_name(last.sent_by.full_name),
        title=last.indicator.title,
        count=part if whole is None else f"{part} из {whole}",
    )


def accept_measurements(measurements: Sequence[Measurement], *, actor: User) -> int:
    """Accept numbers that wait; what a colleague has decided already stays as it is."""
    accepted = [one for one in measurements if not one.is_accepted and _is_last(one)]
    with _written_or(DECIDED):
        for measurement in accepted:
            _decide(measurement, actor, is_accepted=True)
    return len(accepted)


def return_measurement(
    measurement: Measurement, *, question: str, seen: int, actor: User
) -> None:
    """Give a number back with a question; the school corrects or explains it.

    `seen` is how many decisions the page has shown: a colleague may have been faster.
    """
    if not _is_last(measurement):
        raise RuleError(CORRECTED)
    if len(measurement.decisions) != seen:
        raise RuleError(DECIDED)
    with _written_or(DECIDED):
        _decide(measurement, actor, is_accepted=False, question=question)
        _write_to_sender(measurement, question, actor)


def _write_to_sender(measurement: Measurement, question: str, actor: User) -> None:
    if measurement.sent_by_id != actor.id:
        write_letter(
            measurement.sent_by,
            Letter.FROM_TUTOR,
            f"Вопрос к числу школы «{measurement.school.name}»",
            "monitoring/indicators/mail/returned.txt",
            reply_to=actor.email,
            measurement=measurement,
            question=question,
        )


def _is_last(measurement: Measurement) -> bool:
    last = last_measurements().where(Measurement.id == measurement.id)
    return db.session.scalar(last) is not None


def _decide(
    measurement: Measurement, actor: User, *, is_accepted: bool, question: str = ""
) -> None:
    db.session.add(
        MeasurementDecision(
            measurement_id=measurement.id,
            number=len(measurement.decisions) + 1,
            is_accepted=is_accepted,
            question=question,
            decided_by_id=actor.id,
        )
    )
    action = "принят показатель" if is_accepted else "показатель возвращён с вопросом"
    facts = {"показатель": measurement.indicator.title} | (
        {"вопрос": question} if question else {}
    )
    record(actor.id, action, measurement.school, after=facts)


@contextmanager
def _written_or(refusal: str) -> Iterator[None]:
    """Commit what is written, unless somebody else wrote the same at that moment."""
    try:
        yield
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(refusal) from None
