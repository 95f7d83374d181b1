"""Everything that can happen to the people of a team."""

import logging
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before, go_one_by_one
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.signals import cohort_closed, cohort_reopened
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.identity.erasures.signals import access_ended, person_erased
from lms.identity.erasures.ties import Tie, ties_people
from lms.schools.teams.models import Membership, Position, Team
from lms.schools.teams.permissions import active_membership, active_memberships
from lms.schools.teams.signals import roster_changed

logger = logging.getLogger(__name__)


def add_member(
    team: Team, *, user: User, position: Position, is_captain: bool
) -> Membership:
    """Put a person into a team in the caller's transaction; one team of a cohort."""
    membership = Membership(
        user=user, team=team, position=position, is_captain=is_captain
    )
    db.session.add(membership)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError("Вы уже состоите в команде этого потока.") from None
    roster_changed.send(team.id)
    return membership


def joined_before(form_key: str | None) -> Membership | None:
    """Return the place of the person whom the same sending has registered already.

    The key holds the password that was typed, so nobody else gets here.
    """
    known = added_before(User, form_key)
    return active_membership(known) if known else None


def make_room_for_captain(team_id: int) -> None:
    """Let the captain of a team be a member like the others; the caller commits."""
    db.session.execute(
        sa.update(Membership)
        .where(Membership.team_id == team_id, Membership.is_captain)
        .where(Membership.left_at.is_(None))
        .values(is_captain=False)
    )


def make_captain(membership: Membership, *, actor: User) -> None:
    """Hand the team over: whoever was the captain stays as a member.

    Two people may choose at once. The unique index leaves one captain, and the
    other one hears that the choice has been made. A second press changes nothing.
    """
    if _leads(membership):
        db.session.rollback()
        return
    make_room_for_captain(membership.team_id)
    try:
        chosen = db.session.scalar(
            _active(membership).values(is_captain=True).returning(Membership.id)
        )
    except IntegrityError:
        db.session.rollback()
        raise RuleError("Капитана только что сменил кто-то ещё.") from None
    if chosen is None:
        db.session.rollback()
        raise RuleError("Этого человека уже нет в команде.")
    roster_changed.send(membership.team_id)
    record(actor.id, "назначен капитан", membership, after=_who(membership))
    db.session.commit()


def must_hand_over(membership: Membership) -> bool:
    """Tell whether a captain would leave others behind without one."""
    others = sa.select(Membership.id).where(
        Membership.team_id == membership.team_id,
        Membership.left_at.is_(None),
        Membership.id != membership.id,
    )
    return membership.is_captain and db.session.scalar(others.limit(1)) is not None


def leave_team(membership: Membership, *, actor: User) -> None:
    """End a membership; the row stays, because the work that was done stays.

    A captain hands the team over first, or nobody could invite or remove people.
    """
    if actor.id == membership.user_id and must_hand_over(membership):
        raise RuleError("Вы капитан: сначала передайте команду другому участнику.")
    left = db.session.scalar(
        _active(membership).values(left_at=utcnow()).returning(Membership.id)
    )
    if left is None:
        db.session.rollback()
        raise RuleError("Этого человека уже нет в команде.")
    roster_changed.send(membership.team_id)
    record(actor.id, "участник вышел из команды", membership, after=_who(membership))
    db.session.commit()
    logger.info("membership %s: ended by user %s", membership.id, actor.id)


def return_to_team(membership: Membership, *, actor: User) -> Membership:
    """Begin a new membership of somebody who has left; the old one stays as it was."""
    if membership.user.erased_at:
        raise RuleError("Этот человек удалил сведения о себе, вернуть его нельзя.")
    again = Membership(
        user_id=membership.user_id,
        team_id=membership.team_id,
        position=membership.position,
        graduated_at=membership.graduated_at,
    )
    db.session.add(again)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(
            "Этот человек уже состоит в команде этого потока: в вашей или в другой."
        ) from None
    roster_changed.send(membership.team_id)
    record(actor.id, "участник вернулся в команду", again, after=_who(again))
    db.session.commit()
    return again


def choose_team(membership: Membership) -> None:
    """Make a team the one that pages show its member, of several."""
    db.session.execute(_active(membership).values(chosen_at=utcnow()))
    db.session.commit()


@cohort_closed.connect
def graduate(cohort: Cohort) -> None:
    """Make graduates of the people who are in the teams when a cohort ends."""
    here = sa.update(Membership).where(Membership.cohort_id == cohort.id)
    present = here.where(Membership.left_at.is_(None))
    db.session.execute(present.values(graduated_at=utcnow()))


@cohort_reopened.connect
def take_graduation_back(cohort: Cohort) -> None:
    """Let the people of a cohort that goes on be members again."""
    here = sa.update(Membership).where(Membership.cohort_id == cohort.id)
    db.session.execute(here.values(graduated_at=None))


@ties_people
def tied_by_team(person: User) -> Iterator[Tie]:
    """A captain hands the team over first; others leave by themselves."""
    for membership in active_memberships(person):
        team = f"«{membership.team.name}»"
        if must_hand_over(membership):
            yield Tie(f"Вы капитан команды {team}: сначала передайте её другому.")
        else:
            yield Tie(f"Вы в команде {team}: вы из неё выйдете.", is_binding=False)


@access_ended.connect
def say_of_teams(person: User) -> None:
    """Say to others that a member may be reached no more, or again."""
    for membership in active_memberships(person):
        roster_changed.send(membership.team_id)


@person_erased.connect
def end_memberships(person: User) -> None:
    """Take a person out of all teams; what they did there stays."""
    for membership in active_memberships(person):
        db.session.execute(_active(membership).values(left_at=utcnow()))
        roster_changed.send(membership.team_id)


def change_position(membership: Membership, *, position: Position) -> None:
    """Correct who a member is for the school."""
    membership.position = position
    db.session.commit()


def _leads(membership: Membership) -> bool:
    """Tell whether this is the captain already; another press waits here its turn."""
    go_one_by_one(f"captain of {membership.team_id}")
    return bool(
        db.session.scalar(
            sa.select(Membership.is_captain).where(
                Membership.id == membership.id, Membership.left_at.is_(None)
            )
        )
    )


def _active(membership: Membership) -> sa.Update:
    return sa.update(Membership).where(
        Membership.id == membership.id, Membership.left_at.is_(None)
    )


def _who(membership: Membership) -> dict[str, str]:
    return {"участник": membership.user.full_name, "команда": membership.team.name}
