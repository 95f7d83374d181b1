"""«Одно письмо на команду»: the captain reads for all, others of what is theirs alone.

The choice holds while whoever made it leads the team and wants such letters; kinds that
the captain has switched off go to every member as before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.names import short_name
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.identity.letters.models import DAILY, Letter
from lms.identity.letters.services import switched_off
from lms.overview.agenda.entries import Entry, Kind
from lms.overview.digest.models import TeamLetter
from lms.overview.digest.naming import Names, lesson_of
from lms.review.reviews.models import Review, Verdict
from lms.schools.teams.models import Membership, Team
from lms.work.submissions.models import Attempt, Submission, stands

LETTERS = {
    Kind.OPENING: Letter.OPENING,
    Kind.DUE: Letter.REMINDER,
    Kind.MEETING: Letter.MEETING,
}
# What the letter of the day tells of teams; how many works wait is for tutors.
OF_TEAMS = DAILY - {Letter.QUEUE}
OUTCOMES = {Verdict.ACCEPTED: "зачли", Verdict.RETURNED: "вернули на доработку"}


@dataclass(frozen=True)
class Relief:
    """Which kinds about a team a member is spared, because its captain gets them."""

    # By the cohort of the team: in each cohort a person is in one.
    kinds: Mapping[int, frozenset[Letter]] = field(default_factory=dict)

    def spares(self, letter: Letter, work: Submission) -> bool:
        return self._covers(letter, work.cohort_id) and work.team_id is not None

    def left_of(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the days that the captain is not told of, or that are one's own."""
        return [
            entry
            for entry in entries
            if not self._covers(LETTERS[entry.kind], entry.cohort.id)
            or _is_own_work(entry)
        ]

    def _covers(self, letter: Letter, cohort_id: int) -> bool:
        return letter in self.kinds.get(cohort_id, ())


def letter_of(team: Team) -> TeamLetter | None:
    """Return the choice of the captain who leads the team now, if there is one."""
    return db.session.scalar(
        sa.select(TeamLetter)
        .join(TeamLetter.captain)
        .join(Membership, Membership.user_id == User.id)
        .where(TeamLetter.team_id == team.id, Membership.team_id == team.id)
        .where(Membership.is_captain, Membership.left_at.is_(None))
        .where(User.closed_at.is_(None))
        .options(joinedload(TeamLetter.captain))
    )


def relief_of(person: User, memberships: Sequence[Membership]) -> Relief:
    """Tell what a person need not be told, because a captain of theirs is."""
    kinds = {}
    for membership in memberships:
        letter = letter_of(membership.team)
        if letter is not None and letter.captain_id != person.id:
            told = DAILY - switched_off(letter.captain)
            kinds[membership.cohort_id] = frozenset(told)
    return Relief(kinds)


def teams_of_captain(person: User, memberships: Sequence[Membership]) -> list[Team]:
    """Return the teams for all of which a person gets the letter.

    Nobody gets it who has stopped the letter of the day by its link: «Команда» is no
    kind that could be switched off alone.
    """
    led = [one.team for one in memberships if one.is_captain]
    if not led or switched_off(person) >= OF_TEAMS:
        return []
    letters = ((team, letter_of(team)) for team in led)
    return [team for team, one in letters if one and one.captain_id == person.id]


def happened(
    team: Team, since: datetime, names: Names
) -> Iterator[tuple[str, Submission]]:
    """Say what the team has sent and what came back, with the work of each."""
    with_names = joinedload(Attempt.submission).options(
        joinedload(Submission.module).joinedload(Module.current_revision)
    )
    ours = sa.select(Submission.id).where(Submission.team_id == team.id)
    attempts = sa.select(Attempt).where(Attempt.submission_id.in_(ours))
    sent = attempts.where(Attempt.sent_at >= since, stands()).order_by(Attempt.id)
    for attempt in db.session.scalars(
        sent.options(with_names, joinedload(Attempt.sent_by))
    ):
        work = attempt.submission
        name = short_name(attempt.sent_by.full_name)
        yield f"отправлено: {lesson_of(work, names)} — {name}", work
    reviews = sa.select(Review).join(Review.attempt)
    back = reviews.where(Attempt.submission_id.in_(ours), Review.released_at >= since)
    named = joinedload(Review.attempt).options(with_names)
    for review in db.session.scalars(back.order_by(Review.id).options(named)):
        work = review.attempt.submission
        yield f"{OUTCOMES[review.verdict]}: {lesson_of(work, names)}", work


def choose_letter(team: Team, *, captain: User, is_one: bool) -> None:
    """Have one letter for the team, or a letter for everybody; twice is no mistake."""
    known = letter_of(team) is not None
    db.session.execute(sa.delete(TeamLetter).where(TeamLetter.team_id == team.id))
    if is_one:
        db.session.add(TeamLetter(team_id=team.id, captain_id=captain.id))
    if known is not is_one:
        record(captain.id, "одно письмо на команду", team, after={"включено": is_one})
    try:
        db.session.commit()
    except sa.exc.IntegrityError:  # the other of two clicks was faster
        db.session.rollback()


def _is_own_work(entry: Entry) -> bool:
    """Tell the day of a work that each person writes alone."""
    revision = entry.module.current_revision if entry.module else None
    is_alone = revision is not None and revision.assignment_by == "person"
    return entry.kind is Kind.DUE and is_alone
