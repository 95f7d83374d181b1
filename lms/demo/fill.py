"""Filling an empty site with the demonstration."""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import month, site_zone, today
from lms.course.cohorts import services as cohorts
from lms.course.cohorts.calendar import calendar_rows
from lms.course.cohorts.models import Cohort
from lms.course.modules.models import Module
from lms.course.modules.services import current_course
from lms.course.settings.services import current_settings, save_settings
from lms.demo.announcements import announce_webinar
from lms.demo.arrivals import come_by_letter, gather, invite_by_list
from lms.demo.cast import (
    FIRST,
    ISTOK,
    KLYUCH,
    LAD,
    MOST,
    OPORA,
    ORGANISER,
    PASSWORD,
    RODNIK,
    STAFF,
    SchoolTeam,
)
from lms.demo.erasures import ask_to_be_erased
from lms.demo.exchange import show_one_another
from lms.demo.fairness import calibrations, second_readings
from lms.demo.graduates import certificates
from lms.demo.indicators import count_indicators
from lms.demo.letters import letters_on_their_way
from lms.demo.library import fill_library
from lms.demo.measures import measure, measure_entry, measure_finished
from lms.demo.meetings import meetings
from lms.demo.mentors import help_one_another
from lms.demo.models import Demonstration
from lms.demo.neighbours import go_ahead, take_time
from lms.demo.news import look_away
from lms.demo.opora import tell
from lms.demo.own_copy import take_copy
from lms.demo.pairs import pair_schools
from lms.demo.practices import fill_bank
from lms.demo.releases import begin_with_earlier_text, plan, renew
from lms.demo.reports import close_last_year
from lms.demo.story import TeamStory
from lms.demo.stuck import captain_left, fell_silent
from lms.demo.talks import appeal, talk
from lms.demo.territories import coordinate
from lms.demo.webinars import all_came, nine_came
from lms.demo.years import first_october, first_year
from lms.identity.accounts.consents import accept_consent, current_consent_document
from lms.identity.accounts.models import User
from lms.identity.accounts.passwords import hash_password
from lms.overview.progress.stuck import recount_all
from lms.schools.invitations.services import invite
from lms.schools.teams.models import Membership, School, Team
from lms.schools.teams.services import create_team
from lms.schools.teams.tutors import assign_tutors


def fill() -> None:
    """Make the people, the cohorts and what they have done so far."""
    mark = Demonstration()
    db.session.add(mark)
    db.session.commit()
    staff = _staff()
    admin, tutor, tutor2, coordinator = (staff[email] for email in STAFF)
    _settings(admin)
    for person in staff.values():
        _consent(person)
    modules = {
        module.position: module for module in db.session.scalars(sa.select(Module))
    }
    begin_with_earlier_text(modules[2], admin)
    gather(admin)
    first = _finished_cohort(admin, tutor2, modules)
    opora, most = _present_cohort(admin, tutor, tutor2, modules)
    start = first_october()
    earlier = _open_cohort(f"Осень {start.year}", "intensive", start, admin, [tutor2])
    first_year(earlier, opora, modules, tutor=tutor2, admin=admin)
    fill_bank(first, most, opora, modules, editor=admin)
    fill_library(modules, most, admin=admin, tutor=tutor)
    coordinate(coordinator, admin)
    help_one_another()
    pair_schools(admin)
    measure_finished(opora.members[:2], earlier, modules[4])
    count_indicators(coordinator, admin)
    close_last_year(admin)
    take_copy(opora.members[1])
    ask_to_be_erased(opora.members[-1])
    recount_all()
    mark.filled_at = utcnow()
    db.session.commit()


def _staff() -> dict[str, User]:
    hashed = hash_password(PASSWORD)
    return {
        email: _person(name, email, hashed, roles=frozenset(roles))
        for email, (name, roles) in STAFF.items()
    }


def _person(name: str, email: str, hashed: str, **facts: object) -> User:
    user = User(full_name=name, email=email, password_hash=hashed, **facts)
    db.session.add(user)
    db.session.commit()
    _consent(user)
    return user


def _consent(user: User) -> None:
    if document := current_consent_document():
        accept_consent(user, document.version)


def _settings(admin: User) -> None:
    """Say who runs the course, whom people write to, who signs certificates."""
    now = current_settings()
    if now is None:
        raise LookupError("the course was not imported")
    ours = now.settings.model_copy(update=ORGANISER)
    save_settings(ours, seen=now.number, actor=admin)


def _open_cohort(
    name: str, calendar: str, starts_on: date, admin: User, tutors: list[User]
) -> Cohort:
    cohort = cohorts.create_cohort(
        name=name,
        calendar=calendar,
        starts_on=starts_on,
        past_holidays=True,
        actor=admin,
    )
    assign_tutors(cohort, tutors=tutors, lead=tutors[0], actor=admin)
    rule = cohorts.planned_rule(cohort)
    if rule is None:
        raise LookupError("the course was not imported")
    cohorts.open_cohort(cohort, seen=rule.fingerprint, actor=admin)
    cohort.opened_at = _evening(starts_on)
    db.session.commit()
    return cohort


def _opening(calendar: str, starts_on: date, module: Module) -> date:
    """Return when a module opens: holidays on the way ask for an earlier start."""
    course = current_course()
    if course is None:
        raise LookupError("the course was not imported")
    plan = course.calendars[calendar]
    rows = calendar_rows(plan, starts_on, course.breaks, past_holidays=True)
    return next(row.opens_on for row in rows if row.slug == module.slug)


def _team(cohort: Cohort, cast: SchoolTeam, *, tutor: User, admin: User) -> TeamStory:
    school = db.session.scalar(
        sa.select(School).filter_by(name=cast.school, municipality=cast.municipality)
    ) or School(name=cast.school, municipality=cast.municipality, region=cast.region)
    team: Team = create_team(
        cohort=cohort, school=school, name=cast.name, tutor=tutor, actor=admin
    )
    hashed = hash_password(PASSWORD)
    members = [_person(name, email, hashed) for name, email, _ in cast.members]
    for number, (member, (_, _, position)) in enumerate(
        zip(members, cast.members, strict=True)
    ):
        db.session.add(
            Membership(
                user=member,
                team=team,
                position=position,
                is_captain=number == 0,
                joined_at=_evening(cohort.starts_on),
            )
        )
    db.session.commit()
    return TeamStory(team, members, tutor)


def _evening(day: date) -> datetime:
    """Return five in the afternoon of a day of the course."""
    return datetime.combine(day, time(17), tzinfo=site_zone())


def _present_cohort(
    admin: User, tutor: User, tutor2: User, modules: dict[int, Module]
) -> tuple[TeamStory, TeamStory]:
    """Seven months in: module 4 is under way, three works wait, one was returned."""
    start = today().replace(day=1) - relativedelta(months=7)
    while _opening("two_years", start, modules[4]) > today():
        start -= relativedelta(months=1)
    name = f"Два года, {month(start)}"
    cohort = _open_cohort(name, "two_years", start, admin, [tutor, tutor2])
    calibrations(tutor, tutor2, modules)
    opora = _team(cohort, OPORA, tutor=tutor, admin=admin)
    most = _team(cohort, MOST, tutor=tutor, admin=admin)
    rodnik = _team(cohort, RODNIK, tutor=tutor2, admin=admin)
    tell(opora, modules)
    invite(opora.team, actor=opora.members[0])
    meetings(opora)
    go_ahead(most, modules)
    show_one_another(opora, most)
    take_time(rodnik, modules, tutor2)
    istok = _team(cohort, ISTOK, tutor=tutor2, admin=admin)
    captain_left(istok, modules)
    fell_silent(_team(cohort, LAD, tutor=tutor2, admin=admin), modules)
    nine_came(cohort, tutor, modules[0])
    talk(opora, most, modules)
    appeal(istok, modules)
    second_readings(most, rodnik, modules, admin)
    letters_on_their_way(most.members)
    measure_entry(cohort)
    renew(modules[2], opora.members, admin)
    plan(modules[3], admin)
    invite_by_list(cohort, admin)
    come_by_letter()
    look_away(opora, modules, days=5)
    announce_webinar(cohort, tutor, reader=opora.members[1])
    return opora, most


def _finished_cohort(admin: User, tutor: User, modules: dict[int, Module]) -> TeamStory:
    """A team that has done everything: certificates issued, revoked, and due."""
    start = today() - timedelta(weeks=20)
    while _opening("intensive", start, modules[9]) > today() - timedelta(weeks=10):
        start -= timedelta(weeks=1)
    name = f"Интенсив, {month(start)}"
    cohort = _open_cohort(name, "intensive", start, admin, [tutor])
    first = _team(cohort, FIRST, tutor=tutor, admin=admin)
    counted = [modules[n] for n in (1, 2, 3, 4, 5, 6, 7, 9)]
    second = _team(cohort, KLYUCH, tutor=tutor, admin=admin)
    for number, module in enumerate(counted):
        for team in (first, second):
            team.accept(module, days_ago=130 - 7 * number)
    *others, last = first.members
    first.check_themselves(counted, 100, people=others)
    first.check_themselves(counted[:-2], 80, people=[last])
    all_came(cohort, tutor, modules[0])
    certificates(cohort, tutor=tutor, admin=admin)
    measure([*first.members, *second.members], cohort, modules[4], admin)
    return first
