"""Narrowing the journal to a person, a cohort, a period and words."""

from collections.abc import Sequence
from datetime import date, datetime, time

import sqlalchemy as sa

from lms.core.database import row_number
from lms.core.extensions import db
from lms.core.language import site_zone
from lms.core.search import mentions
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from lms.outcomes.certificates.models import Certificate
from lms.overview.mailings.models import Mailing
from lms.schools.enrolments.models import Enrolment
from lms.schools.meetings.models import Meeting
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, Team
from lms.work.submissions.models import Submission

# So many people of one name are looked for at once.
MOST_PEOPLE = 50
# More events of one word, and works of more teams, are met soon among the latest.
MOST_EVENTS, MOST_TEAMS = 1_000, 300


def find_people(words: str) -> Sequence[int]:
    """Return the ids of those whom the words name: a number, a name or an address.

    Of more than `MOST_PEOPLE` one is returned too many.
    """
    number = row_number(words)
    named = mentions(words, User.full_name, User.email)
    if number is not None:
        named = User.id == number
    found = sa.select(User.id).where(named).order_by(User.full_name, User.id)
    return db.session.scalars(found.limit(MOST_PEOPLE + 1)).all()


def about_people(ids: Sequence[int]) -> list[sa.ColumnElement[bool]]:
    """Find what people did, or what was done with them, their place or their work.

    Somebody may have done half of the journal, so that is asked for apart.
    """
    did = AuditEvent.actor_id.in_(ids)
    return [
        did if len(ids) != 1 else AuditEvent.actor_id == ids[0],
        _one_of(
            _is_about("User", sa.select(User.id).where(User.id.in_(ids))),
            *(
                _is_about(
                    model.__name__, sa.select(model.id).where(model.user_id.in_(ids))
                )
                for model in (Membership, Certificate, Submission)
            ),
        ),
    ]


def about_cohort(cohort_id: int) -> sa.ColumnElement[bool]:
    """Find what was done with a cohort and everything that belongs to it."""
    teams = sa.select(Team.id).where(Team.cohort_id == cohort_id)
    return _one_of(
        _is_about("Cohort", sa.select(Cohort.id).where(Cohort.id == cohort_id)),
        *(
            _is_about(
                model.__name__, sa.select(model.id).where(model.cohort_id == cohort_id)
            )
            for model in (Team, Submission, Certificate, Meeting, Mailing, Enrolment)
        ),
        *(
            _is_about(
                model.__name__, sa.select(model.id).where(model.team_id.in_(teams))
            )
            for model in (Membership, Newcomer)
        ),
    )


def with_words(words: str) -> list[sa.ColumnElement[bool]]:
    """Find events by their action, the thing's name, or the team of a work.

    One of the two is enough. What is rare is found by the words first, or the way to
    it may be the whole journal; a common word is met soon among the latest events, and
    each way is asked for as many as a page shows (`Listing.ways`).
    """
    said = mentions(words, AuditEvent.action, AuditEvent.object_title)
    named = mentions(words, Team.name)
    events = _ids_of_few(sa.select(AuditEvent.id).where(said), MOST_EVENTS)
    teams = _ids_of_few(sa.select(Team.id).where(named), MOST_TEAMS)
    works = sa.select(Submission.id).where(Submission.team_id.in_(teams or ()))
    return [
        said if events is None else AuditEvent.id.in_(events),
        _is_of_team(named)
        if teams is None
        else _one_of(_is_about("Submission", works)),
    ]


def _ids_of_few(found: sa.Select[int], most: int) -> Sequence[int] | None:
    """Return what is found, in no order; None if that is more than `most`."""
    ids = db.session.scalars(found.limit(most + 1)).all()
    return ids if len(ids) <= most else None


def _is_of_team(named: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Tell of one event whether it is about the work of a team that is named so."""
    is_work = AuditEvent.object_type == "Submission"
    work_id = sa.case((is_work, sa.cast(AuditEvent.object_id, sa.Integer)))
    team = sa.select(named).select_from(Submission).join(Submission.team)
    return team.where(Submission.id == work_id).correlate(AuditEvent).scalar_subquery()


def within(since: date | None, until: date | None) -> sa.ColumnElement[bool]:
    """Find what happened from one day to another, both included."""
    zone = site_zone()
    return sa.and_(
        sa.true(),
        *([AuditEvent.at >= datetime.combine(since, time.min, zone)] if since else []),
        *([AuditEvent.at <= datetime.combine(until, time.max, zone)] if until else []),
    )


def _is_about(kind: str, ids: sa.Select[int]) -> sa.Select[int]:
    texts = sa.select(sa.cast(ids.subquery().c.id, sa.String))
    about = AuditEvent.object_type == kind, AuditEvent.object_id.in_(texts)
    return sa.select(AuditEvent.id).where(*about)


def _one_of(*events: sa.Select[int]) -> sa.ColumnElement[bool]:
    """Unite what different indexes find; OR would use none of them."""
    return AuditEvent.id.in_(sa.union(*events))
