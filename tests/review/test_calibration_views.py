"""Calibration: two samples before the first work of a module, once."""

import pytest

from lms.core.extensions import db
from lms.course.modules.services import publish
from lms.identity.accounts.models import Role
from lms.review.calibration.models import Calibration
from lms.review.reviews import leases
from tests import sample_course
from tests.calibrations import calibrate
from tests.conftest import copies_of, count, person
from tests.works import accept, crowd, send, send_back

STRICT = sample_course.ASSIGNMENT.replace("pass_points: 3", "pass_points: 4")
AUTHOR = {
    "level-svyaz-0": "3",
    "level-pary-0": "2",
    "level-svyaz-1": "0",
    "level-pary-1": "0",
}


@pytest.fixture
def novice(module, cohort):
    """A tutor of the cohort who has judged nothing yet."""
    user = person("Яшин Лев Ильич", "novice@example.org", Role.TUTOR)
    cohort.tutors.append(user)
    db.session.commit()
    return user


@pytest.fixture
def browser(sign_in, novice):
    return sign_in(novice)


@pytest.fixture
def work(module, captain, team):
    return send(module, captain, team).submission


@pytest.fixture
def score(module):
    return f"/calibration/{module.slug}/1/score"


@pytest.fixture
def result(module):
    return f"/calibration/{module.slug}/1/"


def test_next_leads_to_the_samples_first(browser, work, score):
    response = browser.post("/reviews/next")

    assert response.location == f"{score}?next=1"
    assert leases.lease_of(work) is None


def test_desk_leads_to_the_samples_first(browser, work, cohort, score):
    desk = browser.get(f"/reviews/{work.id}/?cohort={cohort.id}")
    take = browser.post(f"/reviews/{work.id}/take?cohort={cohort.id}")

    assert desk.location == take.location
    assert desk.location == f"{score}?work={work.id}&cohort={cohort.id}"
    assert leases.lease_of(work) is None


def test_from_the_samples_to_the_work(browser, work, score, result):
    answer = browser.post(f"{score}?work={work.id}", data=AUTHOR)
    page = browser.get(answer.location).text

    assert answer.location == f"{result}?work={work.id}"
    assert f'action="/reviews/{work.id}/take"' in page
    taken = browser.post(f"/reviews/{work.id}/take")
    assert taken.location == f"/reviews/{work.id}/"


def test_samples_lead_on_to_the_next_work_with_its_filters(browser, work, score):
    answer = browser.post(f"{score}?next=1&module=7", data=AUTHOR)

    assert 'action="/reviews/next?module=7"' in browser.get(answer.location).text


def test_author_is_shown_only_afterwards(browser, score, result):
    before = browser.get(score).text
    browser.post(score, data=AUTHOR | {"level-svyaz-0": "2", "level-pary-1": "2"})
    after = browser.get(result).text

    assert "Пары есть." not in before
    assert "Пары есть." in after
    assert "строже на 1\N{NO-BREAK SPACE}балл<" in after
    assert "мягче на 2\N{NO-BREAK SPACE}балла<" in after
    assert "Разошлись 2\N{NO-BREAK SPACE}уровня из 4" in after


def test_other_verdict_is_said(browser, score, result):
    browser.post(score, data=AUTHOR | {"level-svyaz-1": "3"})

    assert "решения разошлись" in browser.get(result).text


def test_result_comes_after_the_scores(browser, score, result):
    assert browser.get(f"{result}?next=1").location == f"{score}?next=1"


@pytest.mark.parametrize("level", ["", "1", "x", "²"])
def test_missing_level_gives_everything_back(browser, score, level):
    answer = browser.post(score, data=AUTHOR | {"level-pary-1": level})

    assert answer.status_code == 422
    assert "Всё выбранное на месте." in answer.text
    assert answer.text.count("checked>") + answer.text.count("checked ") == 3
    assert count(Calibration) == 0


def test_first_scores_stay(browser, score):
    browser.post(score, data=AUTHOR)
    browser.post(score, data=AUTHOR | {"level-svyaz-0": "0"})

    kept = db.session.scalars(db.select(Calibration)).one()
    assert kept.scores[0]["svyaz"] == 3


def test_nobody_is_asked_twice(browser, novice, work, module):
    calibrate(module.current_revision, novice)

    assert browser.post("/reviews/next").location == f"/reviews/{work.id}/"


def test_who_has_judged_is_not_asked(browser, novice, module, work):
    accept(work.attempts[0], novice)

    publish(sample_course.import_module(note="-"), actor=None)
    other = crowd(module, work.cohort, work.attempts[0].sent_by, 1)[0]
    assert browser.get(f"/reviews/{other.id}/").status_code == 200


def test_same_rubric_asks_nothing_again(browser, novice, module, captain, team):
    calibrate(module.current_revision, novice)
    lesson = sample_course.LESSON.replace("minutes: 25", "minutes: 30")
    publish(
        sample_course.import_module(files=sample_course.files_without(lesson=lesson)),
        actor=None,
    )
    work = send(module, captain, team).submission

    assert browser.get(f"/reviews/{work.id}/").status_code == 200


def test_new_rubric_has_samples_of_its_own(browser, novice, module, captain, team):
    calibrate(module.current_revision, novice)
    files = sample_course.files_without(assignment=STRICT)
    publish(sample_course.import_module(files=files), actor=None)
    work = send(module, captain, team).submission

    desk = browser.get(f"/reviews/{work.id}/")

    assert desk.location == f"/calibration/{module.slug}/2/score?work={work.id}"


def test_module_without_samples_asks_nothing(browser, module, captain, team):
    publish(
        sample_course.import_module(files=sample_course.files_without("tutor.md")),
        actor=None,
    )
    work = send(module, captain, team).submission

    assert browser.post("/reviews/next").location == f"/reviews/{work.id}/"


def test_work_of_a_colleague_is_read_without_samples(browser, work, tutor):
    leases.take(work, tutor=tutor)

    assert browser.get(f"/reviews/{work.id}/").status_code == 200


def test_judged_work_is_read_without_samples(browser, work, tutor):
    send_back(work.attempts[0], tutor)

    assert browser.get(f"/reviews/{work.id}/").status_code == 200


def test_draft_revision_is_nobodys_to_score(browser, module):
    sample_course.import_module(files=sample_course.files_without(assignment=STRICT))

    assert browser.get(f"/calibration/{module.slug}/2/score").status_code == 404


def test_two_tabs_leave_one_calibration(race, module, novice):
    revision, scorer = copies_of(module.current_revision), copies_of(novice)

    race(*[lambda: calibrate(revision(), scorer())] * 3)

    assert count(Calibration) == 1


def test_admin_sees_who_differs(sign_in, admin, browser, score, module, tutor):
    browser.post(score, data=AUTHOR | {"level-svyaz-0": "2"})
    person("Белов Павел Ильич", "belov@example.org", Role.TUTOR)

    page = sign_in(admin).get(f"/modules/{module.slug}/guide").text

    assert "«Школа посёлка»: Связь с запросами — строже на 1" in page
    assert "Тьюторы и автор задания" in page
    assert "Все уровни — как у автора." in page
    assert "Ещё не сравнивали: Павел Белов." in page


def test_lead_tutor_sees_the_colleagues_of_the_cohort(sign_in, novice, tutor, cohort):
    cohort.lead = tutor
    db.session.commit()
    person("Белов Павел Ильич", "belov@example.org", Role.TUTOR)

    page = sign_in(tutor).get("/modules/nastavnichestvo/guide").text

    assert "Громов Илья Петрович" in page
    assert "Ещё не сравнивали: Лев Яшин." in page


def test_tutor_sees_nobody_elses_scores(browser, module, tutor):
    page = browser.get(f"/modules/{module.slug}/guide").text

    assert "Тьюторы и автор задания" not in page
    assert "оцените оба ответа сами" in page
