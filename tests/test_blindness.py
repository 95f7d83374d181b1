"""Worlds that differ in a first tutor's decision are one to a second reader."""

import re

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import Cohort
from lms.overview.progress.facts import read_facts
from lms.review.moderation.models import Reading
from lms.work.credits.services import owed_by
from tests.achievements import pass_quiz
from tests.conftest import count, save
from tests.works import accept, send

# What changes from minute to minute: when something was, what guards a form and what
# tells its sendings apart.
MOMENT = re.compile(
    r"<time.*?</time>|\d\d:\d\d|<input[^>]*(csrf_token|form_key)[^>]*>", re.DOTALL
)

# Nothing else in the project may change what was decided.
IN_THE_OTHER_WORLD = [
    "DELETE FROM credit WHERE submission_id = :work",
    "UPDATE review SET verdict = 'RETURNED' WHERE attempt_id IN"
    " (SELECT id FROM attempt WHERE submission_id = :work)",
    "UPDATE submission SET status = 'RETURNED', returned_by_id = :tutor,"
    " due_on = :day WHERE id = :work",
]


@pytest.fixture
def accepted_work(module, cohort, captain, team, tutor, tutor2):
    """A work that Громов accepted, which waits for a second reader, with all done."""
    cohort.second_share = 100
    review = accept(send(module, captain, team), tutor)
    pass_quiz(captain, module, 100)
    assert count(Reading) == 1
    return review.attempt.submission


@pytest.fixture
def return_it(accepted_work, tutor):
    """Return a function that makes the world in which the work was returned."""

    def change():
        ids = {"work": accepted_work.id, "tutor": tutor.id, "day": today()}
        for statement in IN_THE_OTHER_WORLD:
            db.session.execute(sa.text(statement), ids)
        db.session.commit()

    return change


@pytest.fixture
def pages(app, module, cohort, captain, team, accepted_work):
    """The address of every page that can be opened about these people."""
    known = {
        "cohort_id": cohort.id,
        "user_id": captain.id,
        "team_id": team.id,
        "submission_id": accepted_work.id,
        "slug": module.slug,
        "module_id": module.id,
        "reading_id": db.session.scalar(sa.select(Reading.id)),
        "review_id": 1,
        "number": 1,
    }
    rules = [r for r in app.url_map.iter_rules() if r.arguments <= set(known)]
    read = [rule for rule in rules if "GET" in rule.methods]
    with app.test_request_context():
        return {
            app.url_for(rule.endpoint, **{n: known[n] for n in rule.arguments})
            for rule in read
            if not rule.rule.startswith(("/static", "/metrics", "/healthz", "/readyz"))
        }


def look(browser, pages):
    """Read every page as it is shown; files are told by their status."""
    seen = {}
    for page in sorted(pages):
        with browser.get(page) as answer:
            text = answer.text if "html" in answer.content_type else ""
            seen[page] = answer.status_code, MOMENT.sub("", text)
    return seen


def test_second_reader_reads_nothing_of_the_decision(
    sign_in, tutor2, pages, cohort, captain, return_it
):
    browser = sign_in(tutor2)
    before = look(browser, pages)

    return_it()

    after = look(browser, pages)
    assert [page for page in pages if before[page] != after[page]] == []
    for page in ("eligible", f"remaining/{captain.id}"):
        assert before[f"/certificates/{page}"][0] == 200
    assert before[f"/credits/{cohort.id}/{captain.id}"][0] == 200


def test_second_reader_learns_nothing_by_trying(
    sign_in, tutor2, cohort, captain, module, return_it
):
    browser = sign_in(tutor2)
    tries = {
        f"/certificates/issue/{cohort.id}": {},
        f"/certificates/issue/{cohort.id}/people/{captain.id}": {},
        f"/credits/{cohort.id}/{captain.id}": {
            "module": module.id,
            "reason": "Работала с нами.",
        },
    }

    def answers():
        posts = [
            browser.post(p, data=d, follow_redirects=True) for p, d in tries.items()
        ]
        return [(post.status_code, MOMENT.sub("", post.text)) for post in posts]

    accepted = list(answers())
    return_it()

    assert list(answers()) == accepted
    assert "Выдан" not in accepted[0][1]


def test_those_who_may_know_see_the_decision(
    accepted_work, captain, tutor, tutor2, cohort
):
    known = {
        reader: read_facts([cohort.id], reader).gradebook.works
        for reader in (tutor, tutor2)
    }

    [mine], [theirs] = (works.values() for works in known.values())
    assert (mine.is_secret, theirs.is_secret) == (False, True)


def test_reading_in_one_cohort_keeps_nothing_in_another(
    accepted_work, cohort, captain, module, tutor2
):
    other = Cohort(name="Второй", calendar=cohort.calendar, starts_on=today())
    other.rule = cohort.rule
    save(other)

    owed = owed_by(captain, other, viewer=tutor2)

    assert module.id in {lesson.module_id for lesson in owed}
    assert owed_by(captain, cohort, viewer=tutor2) == []
