"""Two sides of a request who set the day of their meeting at the same time."""

from datetime import timedelta

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.models import User
from lms.network.mentors.answering import arrange
from lms.network.mentors.models import MentorRequest
from lms.network.mentors.moves import MOVED_ON


def typed(days, seen):
    return {
        "meeting-day": (today() + timedelta(days=days)).isoformat(),
        "meeting-clock": "17:00",
        "meeting-minutes": "60",
        "meeting-place": f"Кабинет {days}",
        "meeting-seen": seen,
    }


def test_of_two_days_set_at_once_one_is_first(promised, captain, mentor, race):
    asked_id, sides = promised.id, (captain.id, mentor.user_id)
    moments = [utcnow() + timedelta(days=days) for days in (3, 4)]

    def set_day(who, moment):
        asked = db.session.get_one(MentorRequest, asked_id)
        facts = {"meets_at": moment, "minutes": 60, "place": "Школа", "seen": 0}
        arrange(asked, **facts, actor=db.session.get_one(User, who))

    ended = race(
        *(
            lambda who=who, moment=moment: set_day(who, moment)
            for who, moment in zip(sides, moments, strict=True)
        )
    )

    assert sorted(type(one) for one in ended if one) == [RuleError]
    db.session.expire_all()
    assert promised.sequence == 1


def test_slower_side_sees_both_days_and_may_set_its_own(
    promised, captain, mentor, sign_in
):
    url = f"/mentors/requests/{promised.id}/"
    sign_in(mentor.user).post(f"{url}meeting", data=typed(3, "0"))
    browser = sign_in(captain)

    page = browser.post(f"{url}meeting", data=typed(4, "0")).text

    assert MOVED_ON in page
    assert "Кабинет 3" in page
    assert 'value="Кабинет 4"' in page
    browser.post(f"{url}meeting", data=typed(4, "1"))
    assert promised.place == "Кабинет 4"
