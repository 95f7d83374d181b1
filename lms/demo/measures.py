"""Diagnostics and a survey of the demonstration, answered long ago."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import site_zone, today
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.services import close_cohort, reopen_cohort
from lms.course.content.diagnostics import Item
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.monitoring.diagnostics.editions import diagnostics_of, newest_edition
from lms.monitoring.diagnostics.models import Moment, Round, Sitting
from lms.monitoring.diagnostics.services import close_round, form_for
from lms.monitoring.surveys.editions import survey_of
from lms.monitoring.surveys.models import (
    Reply,
    Respondent,
    SurveyEdition,
    SurveyRound,
    Words,
)
from lms.schools.teams.models import Membership

# Of ten questions, how many each of nine knew at first, and of whom came how many in
# the end.
OUT_OF = 10
KNEW = (3, 4, 5, 4, 2, 5, 6, 4, 3)
LEARNED = (7, 8, None, None, 6, 9, 7, 8, 7)
MARKS = (5, 4, 5, 3, 4, 5, 4, 5, 2)
WORDS = (
    "Выпускники сами ведут кружок по ремонту велосипедов, мы их об этом не просили.",
    "Родители звонят не только с жалобами: двое предложили провести занятия.",
)


def measure(
    people: Sequence[User], cohort: Cohort, module: Module, admin: User
) -> None:
    """Let nine people sit the entry, seven of them the exit, and all answer a survey.

    The cohort ends, which ends its diagnostics, and goes on for the certificates.
    """
    days = sorted(row.opens_on for row in cohort.rows if row.position)
    _sit(cohort, Moment.ENTRY, zip(people, KNEW, strict=True), on=days[0])
    left = [(p, n) for p, n in zip(people, LEARNED, strict=True) if n is not None]
    _sit(cohort, Moment.EXIT, left, on=days[-1])
    _answer_survey(cohort, people, module, until=today() - timedelta(weeks=8))
    close_cohort(cohort, actor=admin)
    reopen_cohort(cohort, actor=admin)


def measure_entry(cohort: Cohort) -> None:
    """Let most people of a cohort under way have sat the entry."""
    places = sa.select(Membership).filter_by(cohort_id=cohort.id, left_at=None)
    came = db.session.scalars(places.order_by(Membership.id)).all()
    known = [(one.user, KNEW[n % len(KNEW)]) for n, one in enumerate(came) if n % 4]
    _sit(cohort, Moment.ENTRY, known, on=cohort.starts_on)


def measure_finished(people: Sequence[User], cohort: Cohort, module: Module) -> None:
    """Let some people see what they learned in a cohort that has ended."""
    begins, leaves = cohort.starts_on, cohort.starts_on + timedelta(days=120)
    _sit(cohort, Moment.ENTRY, [(person, 4) for person in people], on=begins)
    _sit(cohort, Moment.EXIT, [(person, 8) for person in people], on=leaves)
    _answer_survey(cohort, people[:1], module, until=leaves)
    close_round(cohort)
    db.session.commit()


def _answer_survey(
    cohort: Cohort, people: Sequence[User], module: Module, *, until: date
) -> None:
    """Let people answer the survey after a lesson; its last day has passed."""
    after = sa.select(SurveyEdition).filter_by(after_module=module.slug)
    edition = db.session.scalars(after.order_by(SurveyEdition.id.desc())).first()
    if edition is None:  # the course asks nothing there
        return
    found = SurveyRound(cohort=cohort, slug=edition.slug, edition=edition)
    found.closes_on = until
    db.session.add(found)
    db.session.flush()
    keys = [scale.key for scale in survey_of(edition).scales]
    for person, mark in zip(people, MARKS, strict=False):
        school_id = _place_in(cohort, person).team.school_id
        marks = {key: max(1, mark - number % 2) for number, key in enumerate(keys)}
        db.session.add(Respondent(round_id=found.id, user_id=person.id))
        db.session.add(Reply(round_id=found.id, school_id=school_id, marks=marks))
    db.session.add_all(Words(round_id=found.id, text=text) for text in WORDS)
    db.session.commit()


def _sit(
    cohort: Cohort, moment: Moment, known: Iterable[tuple[User, int]], *, on: date
) -> None:
    edition_id = db.session.scalar(newest_edition())
    if edition_id is None:  # the course asks nothing
        return
    found = db.session.get(Round, cohort.id)
    found = found or Round(cohort=cohort, edition_id=edition_id)
    asks = diagnostics_of([edition_id])[edition_id]
    begins = datetime.combine(on, time(18), tzinfo=site_zone())
    for turn, (person, right) in enumerate(known):
        place = _place_in(cohort, person)
        form = form_for(person.id, cohort.id, moment)
        db.session.add(
            Sitting(
                user_id=person.id,
                round=found,
                team_id=place.team_id,
                position=place.position,
                moment=moment,
                form=form,
                answers=_answers(asks.form(form), right, turn),
                started_at=begins,
                finished_at=begins + timedelta(minutes=12),
            )
        )
    db.session.commit()


def _answers(items: Sequence[Item], right: int, turn: int) -> dict[str, int | None]:
    """Answer so many of ten right, each person others; the rest is «не знаю»."""
    many = right * len(items) // OUT_OF
    known = {(3 * number + turn) % len(items) for number in range(many)}
    return {
        item.key: item.correct if number in known else None
        for number, item in enumerate(items)
    }


def _place_in(cohort: Cohort, person: User) -> Membership:
    here = sa.select(Membership).filter_by(user_id=person.id, cohort_id=cohort.id)
    return db.session.scalars(here).one()
