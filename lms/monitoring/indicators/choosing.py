"""What is counted: indicators begin, end and are worded anew with a half-year."""

import logging
from dataclasses import asdict
from datetime import date, timedelta

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.core.language import plural
from lms.core.periods import HalfYear
from lms.course.modules.signals import course_imported
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.monitoring.indicators.catalogue import OFFERS, Offer
from lms.monitoring.indicators.deadlines import asked_period
from lms.monitoring.indicators.models import Indicator, Measurement, Source

logger = logging.getLogger(__name__)

# A school is asked for no more, twice a year.
MOST_NUMBERS = 7
# Of what the site knows, figures go back as far as its cohorts do.
ALWAYS = date(2020, 9, 1)

# What another wording takes over, where it says nothing else.
KEPT = (
    *("key", "position", "direction", "unit", "source", "counts_people"),
    *("title", "purpose", "numerator_text", "denominator_text"),
)


@course_imported.connect
def settle_indicators(_sender: object = None) -> None:
    """Begin with the basic indicators on a site that has none."""
    if db.session.scalar(sa.select(Indicator.id).limit(1)) is None:
        db.session.add_all(_row(one, ALWAYS) for one in OFFERS if one.is_basic)
        db.session.commit()


def counted_now() -> dict[str, Indicator]:
    """Return by key what is counted from now on; one statement."""
    rows = db.session.scalars(sa.select(Indicator).where(Indicator.valid_to.is_(None)))
    return {one.key: one for one in rows.unique()}


def begin_counting(offer: Offer, *, actor: User) -> None:
    """Count an indicator from the half-year on that schools are asked about."""
    go_one_by_one("indicators")
    if offer.key in counted_now():
        return
    indicator = _row(offer, max(asked_period().starts_on, _ended_on(offer)))
    _check_numbers([*counted_now().values(), indicator])
    db.session.add(indicator)
    record(actor.id, "показатель считают", indicator)
    db.session.commit()
    logger.info("indicator %s: begun", indicator.id)


def end_counting(indicator: Indicator, *, actor: User) -> None:
    """Stop asking for an indicator; what was said of it stays."""
    if indicator.valid_to is not None:
        return
    indicator.valid_to = _first_day_without(indicator)
    record(actor.id, "показатель больше не считают", indicator)
    db.session.commit()
    logger.info("indicator %s: ended", indicator.id)


def reword(indicator: Indicator, *, actor: User, **wording: str) -> Indicator:
    """Ask in other words: a new row, for figures of two wordings are not compared."""
    if indicator.valid_to is not None:
        raise RuleError("Этот показатель больше не считают.")
    before = {name: getattr(indicator, name) for name in wording}
    if before == wording:
        return indicator
    facts = {name: getattr(indicator, name) for name in KEPT}
    since = indicator.valid_to = _first_day_without(indicator)
    db.session.flush()  # one wording at a time
    changed = Indicator(**facts | wording, valid_from=since)
    db.session.add(changed)
    record(actor.id, "показатель назван иначе", changed, before=before, after=wording)
    db.session.commit()
    return changed


def _first_day_without(indicator: Indicator) -> date:
    """Return the half-year asked about, or the next one where somebody has answered."""
    asked = asked_period()
    answered = sa.select(Measurement.id).where(
        Measurement.indicator_id == indicator.id,
        Measurement.starts_on >= asked.starts_on,
    )
    if db.session.scalar(answered.limit(1)) is None:
        return asked.starts_on
    return HalfYear.of(asked.ends_on + timedelta(days=1)).starts_on


def _ended_on(offer: Offer) -> date:
    """Return since when an indicator was no longer counted, if it ever was."""
    ended = sa.select(sa.func.max(Indicator.valid_to)).where(Indicator.key == offer.key)
    return db.session.scalar(ended) or ALWAYS


def _row(offer: Offer, valid_from: date) -> Indicator:
    facts = asdict(offer)
    del facts["is_basic"]
    return Indicator(**facts, position=OFFERS.index(offer), valid_from=valid_from)


def _check_numbers(indicators: list[Indicator]) -> None:
    asked = [one.numbers for one in indicators if one.source is Source.SCHOOL]
    if sum(asked) > MOST_NUMBERS:
        numbers = plural(sum(asked), "число", "числа", "чисел")
        raise RuleError(
            f"Тогда у школы спрашивали бы {numbers}, а больше {MOST_NUMBERS} никто не"
            " заполнит. Сначала уберите другой показатель."
        )
