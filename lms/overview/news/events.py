"""What has happened to the works, lessons, meetings and certificate of a participant.

Nothing is written down for it: these are the facts of which letters are made. A verdict
that is held back is no fact yet, and a second reading never is.
"""

import enum
from typing import Any

import sqlalchemy as sa

from lms.core.database import moment_of_asking, written
from lms.core.language import day_of_asking
from lms.course.cohorts.models import CalendarRow
from lms.course.modules.models import Module, ReadMark
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.overview.news.models import Topic
from lms.review.appeals.models import Appeal, Decision, Ruling
from lms.review.deferrals.models import Deferral, DeferralState
from lms.review.reviews.models import Reversal, Review
from lms.review.threads.models import Message, SeenMark, Thread
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.permissions import is_called
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import shown_id
from lms.work.submissions.models import Attempt, Status, Submission

# A kind, or a column that holds its name.
Named = Any
TRUE, NOTHING = sa.true(), sa.literal_column("''", sa.String)
USER_ID: sa.BindParameter[int] = sa.bindparam("user_id", type_=sa.Integer())


class Kind(enum.Enum):
    """What happened; what was decided is called as where it is stored."""

    RETURNED = "вернули на доработку"
    ACCEPTED = "зачли"
    REVERSED = "зачли после пересмотра"
    KEPT = "пересмотрели, решение оставили"
    ANSWERED = "вам написали"
    GRANTED = "срок продлён"
    DECLINED = "срок остался прежним"
    CHANGED = "занятие обновили"
    MEETING = "назначена встреча"
    MOVED = "встреча изменилась"
    CANCELLED = "встреча отменена"
    ISSUED = "сертификат выдан"
    REVOKED = "сертификат отозван"


# Where the person takes part (the team that is shown), and since when something is
# new to them.
MINE = (
    sa.select(
        Membership.team_id,
        Team.cohort_id,
        Membership.joined_at,
        sa.func.coalesce(Membership.news_seen_at, Membership.joined_at).label("since"),
    )
    .join(Membership.team)
    .where(Membership.id == shown_id(USER_ID))
    .cte("mine")
)
_OF_WORK = sa.select(
    Submission.id, Submission.module_id, Submission.status, Submission.created_at
)
WORKS = sa.union_all(
    _OF_WORK.join(MINE, Submission.team_id == MINE.c.team_id),
    _OF_WORK.join(MINE, Submission.cohort_id == MINE.c.cohort_id).where(
        Submission.user_id == USER_ID
    ),
).cte("works")


def events() -> sa.Subquery:
    """Return all that happened, however long ago."""
    return sa.union_all(
        _reviews(), _requests(), _answers(), _lessons(), _meetings(), *_certificates()
    ).subquery("events")


def _about(
    kind: Named, at: Any, topic: Topic, thing_id: Any, words: Any
) -> list[sa.ColumnElement[Any]]:
    """Name what every event says, in one order."""
    name = _word(kind) if isinstance(kind, Kind) else kind
    return [
        sa.type_coerce(name, sa.String).label("kind"),
        at.label("at"),
        _word(topic).label("topic"),
        thing_id.label("thing_id"),
        words.label("words"),
    ]


def _word(one: enum.Enum) -> sa.ColumnElement[str]:
    """Write a name into the statement: it is no value that could change."""
    return sa.literal_column(f"'{one.name}'", sa.String)


def _of_work(
    kind: Named,
    at: Any,
    words: Any,
    *,
    is_unread: sa.ColumnElement[bool] = TRUE,
) -> sa.Select[Any]:
    about = _about(kind, at, Topic.WORK, WORKS.c.id, words)
    return sa.select(*about, is_unread.label("is_unread")).select_from(WORKS)


def _reviews() -> sa.Select[Any]:
    """What was decided, or what became of it when somebody looked again."""
    is_reversed, is_kept = Reversal.decided_at, Ruling.decided_at
    kind = sa.case(
        (is_reversed.is_not(None), _word(Kind.REVERSED)),
        (is_kept.is_not(None), _word(Kind.KEPT)),
        else_=sa.type_coerce(Review.verdict, sa.String),
    )
    at = sa.func.coalesce(is_reversed, is_kept, Review.released_at)
    words = sa.func.coalesce(Reversal.words, Ruling.words, Review.summary)
    kept = Ruling.appeal_id == Appeal.id, Ruling.decision == Decision.KEPT
    return (
        _of_work(kind, at, words)
        .join(Attempt, Attempt.submission_id == WORKS.c.id)
        .join(Review, Review.attempt_id == Attempt.id)
        .outerjoin(Reversal, Reversal.review_id == Review.id)
        .outerjoin(Appeal, Appeal.review_id == Review.id)
        .outerjoin(Ruling, sa.and_(*kept))
    )


def _answers() -> sa.Select[Any]:
    """The newest answer in each thread; who has read so far has read it."""
    mark = SeenMark.submission_id == WORKS.c.id, SeenMark.user_id == USER_ID
    is_unread = Message.id > sa.func.coalesce(SeenMark.up_to, 0)
    answer = _of_work(
        Kind.ANSWERED, Message.written_at, Message.text, is_unread=is_unread
    )
    return (
        answer.join(Thread, Thread.submission_id == WORKS.c.id)
        .join(Message, Message.id == Thread.answer_id)
        .outerjoin(SeenMark, sa.and_(*mark))
    )


def _requests() -> sa.Select[Any]:
    """What was answered to those who asked for more days."""
    granted = Deferral.state == written(DeferralState.GRANTED)
    answered = sa.or_(granted, Deferral.state == written(DeferralState.DECLINED))
    event = _of_work(Deferral.state, Deferral.decided_at, Deferral.answer)
    return event.join(Deferral, Deferral.submission_id == WORKS.c.id).where(answered)


def _lessons() -> sa.Select[Any]:
    """Lessons with another text, for who has read the former or is at work by it."""
    at = Module.published_at
    is_at_work = sa.exists().where(
        WORKS.c.module_id == Module.id,
        sa.or_(WORKS.c.status == Status.DRAFT, WORKS.c.status == Status.RETURNED),
        WORKS.c.created_at < at,
    )
    mark = ReadMark.module_id == Module.id, ReadMark.user_id == USER_ID
    return (
        _other(Kind.CHANGED, at, Topic.LESSON, Module.id)
        .join(CalendarRow, CalendarRow.cohort_id == MINE.c.cohort_id)
        .join(Module, Module.id == CalendarRow.module_id)
        .outerjoin(ReadMark, sa.and_(*mark))
        .where(CalendarRow.opens_on <= day_of_asking())
        .where(Module.current_revision_id.is_not(None))
        .where(sa.or_(ReadMark.read_at < at, is_at_work))
    )


def _meetings() -> sa.Select[Any]:
    """Meetings before the team, with the last that was said of each."""
    is_off = Meeting.cancelled_at.is_not(None)
    is_moved = Meeting.sequence > 0
    kind = sa.case(
        (is_off, _word(Kind.CANCELLED)),
        (is_moved, _word(Kind.MOVED)),
        else_=_word(Kind.MEETING),
    )
    at = last_said()
    for_all, for_mine = Meeting.team_id.is_(None), Meeting.team_id == MINE.c.team_id
    school = sa.select(Team.school_id).where(Team.id == MINE.c.team_id).correlate(MINE)
    return (
        _other(kind, at, Topic.MEETING, Meeting.id, Meeting.title)
        .join(Meeting, Meeting.cohort_id == MINE.c.cohort_id)
        .where(sa.or_(for_all, for_mine), is_called(school))
        .where(Meeting.starts_at > moment_of_asking())
    )


def last_said() -> sa.ColumnElement[Any]:
    """Return when a meeting was arranged, moved or cancelled last."""
    return sa.func.coalesce(Meeting.cancelled_at, Meeting.changed_at)


def _certificates() -> list[sa.Select[Any]]:
    """The certificate of the course: given, or taken back with a reason."""
    topic, one = Topic.CERTIFICATE, Certificate.id
    issued = _other(Kind.ISSUED, Certificate.issued_at, topic, one)
    at, reason = Certificate.revoked_at, Certificate.revoked_reason
    revoked = _other(Kind.REVOKED, at, topic, one, reason)
    here = sa.and_(
        Certificate.cohort_id == MINE.c.cohort_id, Certificate.user_id == USER_ID
    )
    return [
        event.join(Certificate, here).where(Certificate.state == written(state))
        for event, state in (
            (issued, CertificateState.VALID),
            (revoked, CertificateState.REVOKED),
        )
    ]


def _other(
    kind: Named,
    at: Any,
    topic: Topic,
    thing_id: Any,
    words: Any = NOTHING,
) -> sa.Select[Any]:
    """Begin an event that is about no work."""
    about = _about(kind, at, topic, thing_id, words)
    return sa.select(*about, TRUE.label("is_unread")).select_from(MINE)
