"""Who reads which card, who leads it, who edits the bank."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_run_cohorts, sees_everything
from lms.network.practices.models import (
    Practice,
    PracticeConsent,
    PracticeQuote,
    PracticeState,
)
from lms.review.reviews.models import Review
from lms.review.reviews.permissions import works_to_read_blind
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import is_captain, own_teams
from lms.work.submissions.models import Attempt, Submission

IS_PUBLIC = Practice.state == PracticeState.PUBLISHED


def public_practices(viewer: User | None = None) -> sa.Select[Practice]:
    """Return the bank, which anybody reads, but what is kept from a second reader."""
    query = sa.select(Practice).where(IS_PUBLIC)
    if viewer is None or not viewer.is_authenticated:
        return query
    return query.where(~_is_kept_from(viewer))


def known_practices() -> sa.Select[Practice]:
    """Return what has an address that anybody may know: of the rest nobody is told."""
    return sa.select(Practice).where(Practice.published_at.is_not(None))


def visible_practices(user: User) -> sa.Select[Practice]:
    """Besides the bank, a team has its own cards, an author those that quote them.

    A second reader does not learn from a card that a work was accepted.
    """
    ways = (
        Practice.published_at.is_not(None),
        sees_everything(user),
        Practice.team_id.in_(own_teams(user)),
        is_quoted(user),
        _has_said(user),
        is_edited_by(user),
    )
    return sa.select(Practice).where(sa.or_(*ways), ~_is_kept_from(user))


def _is_kept_from(user: User) -> sa.ColumnElement[bool]:
    """Tell of a card whether its work awaits a second reader who may be this person."""
    if not can_run_cohorts(user):
        return sa.false()
    works = works_to_read_blind(user)
    attempts = sa.select(Attempt.id).where(Attempt.submission_id.in_(works))
    return Practice.attempt_id.in_(attempts)


def is_quoted(user: User) -> sa.ColumnElement[bool]:
    """Tell of a card whether its present version quotes a person."""
    return sa.exists().where(
        PracticeQuote.practice_id == Practice.id,
        PracticeQuote.version == Practice.version,
        PracticeQuote.user_id == user.id,
    )


def _has_said(user: User) -> sa.ColumnElement[bool]:
    """Tell of a card whether a person has answered for its present version.

    A captain who has left the team may still take the own consent back.
    """
    return sa.exists().where(
        PracticeConsent.practice_id == Practice.id,
        PracticeConsent.version == Practice.version,
        PracticeConsent.user_id == user.id,
    )


def is_edited_by(user: User) -> sa.ColumnElement[bool]:
    """Tell of a card whether it waits for an editor who may be this person.

    Whoever has judged the team, or follows it as its tutor, is no editor of its card.
    """
    if not can_run_cohorts(user):
        return sa.false()
    judged = (
        sa.select(Submission.team_id)
        .join(Attempt, Attempt.submission_id == Submission.id)
        .join(Review, Review.attempt_id == Attempt.id)
        .where(Review.tutor_id == user.id, Submission.team_id.is_not(None))
    )
    follows = sa.select(Team.id).where(Team.tutor_id == user.id)
    belonged = sa.select(Membership.team_id).where(Membership.user_id == user.id)
    return sa.and_(
        Practice.state == PracticeState.EDITOR,
        *(Practice.team_id.not_in(teams) for teams in (judged, follows, belonged)),
    )


def can_lead_card(user: User, practice: Practice) -> bool:
    """The captain of the team writes the card, asks the authors, takes it back."""
    return is_captain(user, practice.team)


def can_edit_bank(user: User, practice: Practice) -> bool:
    """Tell who may put this card into the bank or give it back."""
    mine = sa.select(Practice.id).where(Practice.id == practice.id, is_edited_by(user))
    return db.session.scalar(mine) is not None


def belongs_to(user: User, practice: Practice) -> bool:
    """Tell the present members of the team, who answer questions about the card."""
    own = own_teams(user).where(Membership.team_id == practice.team_id)
    return bool(db.session.scalar(sa.select(own.exists())))
