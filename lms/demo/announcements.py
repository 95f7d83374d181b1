"""What tutors of the demonstration have announced."""

from datetime import timedelta

from lms.core.language import day, today
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.overview.announcements.reading import mark_opened
from lms.overview.announcements.services import Words, announce


def announce_webinar(cohort: Cohort, tutor: User, *, reader: User) -> None:
    """Tell the whole cohort of a webinar; one person has read it."""
    when = today() + timedelta(days=6)
    words = Words(
        "Вебинар о первых парах наставников",
        f"{day(when)} в 17:00 разберём, как начать: запросы ребят, первая встреча,"
        " безопасность. Приходите командой и возьмите с собой один вопрос.\n\nНе"
        " получается — запись появится на следующий день.",
        when,
    )
    announcement = announce(cohort, None, words, author=tutor)
    mark_opened(announcement, seen=announcement.edition, reader=reader)
