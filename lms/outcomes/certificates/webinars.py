"""The webinar that the certificate asks for: being there, or the recording."""

from functools import partial

from lms.core.database import utcnow
from lms.core.language import moment
from lms.course.cohorts.rule import RuleModule
from lms.outcomes.certificates.condition import WEBINAR, Condition, Look, Place
from lms.schools.meetings.counting import Taken, Webinar, Webinars
from lms.work.credits.gradebook import Participant


def webinar_condition(
    person: Participant, lesson: RuleModule, found: Webinars, *, has_passed: bool
) -> Condition:
    """Tell how far a person is with the webinar of a module.

    `has_passed` tells of the self-check, which goes with a recording.
    """
    key = person.cohort_id, person.user_id, lesson.module_id
    taken = found.taken.get(key, Taken())
    called = found.called.get((person.team_id, lesson.module_id), [])
    condition = partial(Condition, WEBINAR, lesson)
    if met := _met(lesson, taken, has_passed=has_passed):
        return condition(met, Look.MET)
    needs = f"нужно {lesson.webinar_words}"
    if lesson.recording_counts and taken.has_watched:
        quiz = Place("quizzes.take", {"slug": lesson.slug})
        return condition("запись посмотрели, пройдите самопроверку", Look.TO_DO, quiz)
    return _next_step(condition, needs, lesson, called)


def _met(lesson: RuleModule, taken: Taken, *, has_passed: bool) -> str:
    """Say how the condition was met; nothing when it is not."""
    if taken.excuse:
        return f"засчитан тьютором: {taken.excuse}"
    if taken.percent >= lesson.webinar_percent:
        return "были"
    if not (lesson.recording_counts and taken.has_watched):
        return ""
    if not lesson.recording_asks_quiz:
        return "посмотрели запись"
    return "посмотрели запись и прошли самопроверку" if has_passed else ""


def _next_step(
    condition: "partial[Condition]",
    needs: str,
    lesson: RuleModule,
    called: list[Webinar],
) -> Condition:
    """Send a person to the recording, or say what they wait for."""
    recorded = [one for one in called if one.has_recording]
    ahead = [one for one in called if one.ends_at > utcnow()]
    if lesson.recording_counts and recorded:
        place = _page(recorded[-1], _anchor="recording")
        return condition(f"{needs}; запись уже есть", Look.TO_DO, place, place)
    if ahead:
        place = _page(ahead[0])
        state = f"{needs}; начало {moment(ahead[0].starts_at)}"
        return condition(state, Look.LATER, place, place)
    if not called:
        return condition(f"{needs}; вебинар ещё не назначен", Look.LATER)
    place = _page(called[-1])
    if not called[-1].is_attended:
        state = f"{needs}; явку ещё не отметили"
        return condition(state, Look.WAITING, place, place)
    state = f"{needs}; записи пока нет, засчитать может тьютор"
    return condition(state, Look.LATER, place, place)


def _page(webinar: Webinar, **values: str) -> Place:
    return Place("meetings.meeting", {"meeting_id": webinar.id} | values)
