"""Which team a line of the letter is about, for those who are in several."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lms.course.cohorts.programme import lesson_title
from lms.overview.agenda.entries import Entry
from lms.review.questions.models import Question
from lms.schools.teams.models import Membership
from lms.work.submissions.models import Submission

Names = Mapping[int, str]


def names_of_teams(memberships: Sequence[Membership]) -> Names:
    """Return what a line begins with, by its cohort; one team needs no name."""
    names: defaultdict[int, str] = defaultdict(str)
    if len(memberships) > 1:
        names |= {one.cohort_id: f"«{one.team.name}»: " for one in memberships}
    return names


def title_of(entry: Entry, names: Names) -> str:
    """Return the title of a day in the calendar with its team."""
    return f"{names[entry.cohort.id]}{entry.title}"


def lesson_of(work: Submission, names: Names) -> str:
    """Return the title of a work's lesson with its team."""
    return f"{names[work.cohort_id]}{lesson_title(work.module)}"


def asked_about(question: Question, names: Names) -> str:
    """Return the title of the lesson that a question is about, with its team."""
    team = names[question.team.cohort_id]
    return f"{team}{lesson_title(question.module)}"
