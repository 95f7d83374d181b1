"""The page of a batch: progress, refusals, and what the others lack."""

import io
from zipfile import ZipFile

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.outcomes.batches.models import Batch
from lms.outcomes.batches.services import start_batch
from lms.outcomes.certificates.services import issue_certificate
from tests.achievements import credit, finish

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def press(sign_in, tutor, cohort):
    """Return a function that presses the button and gives the page that follows."""
    browser = sign_in(tutor)

    def issue_to_cohort():
        url = f"/certificates/issue/{cohort.id}"
        return browser.post(url, follow_redirects=True).text

    return issue_to_cohort


def test_page_counts_while_the_job_issues(press, class_of, sign_in, tutor):
    class_of(21)

    before = press()
    run_next()
    between = press()

    assert "Готово 0 из 21" in before
    assert 'data-refresh="2"' in before
    assert "Готово 20 из 21" in between


def test_finished_batch_names_everybody(press, graduate, sign_in, tutor):
    press()
    while run_next():
        pass

    page = sign_in(tutor).get(f"/certificates/batches/{only_batch().id}").text

    assert "Выдано 1 из 1" in page
    assert graduate.full_name in page
    assert "data-refresh" not in page


def test_others_are_listed_with_what_they_lack(
    press, graduate, member, accepted, sign_in, tutor
):
    credit(member, accepted)
    press()
    run_next()

    page = sign_in(tutor).get(f"/certificates/batches/{only_batch().id}").text

    assert f"Чего не хватает остальным: 1{NBSP}человек" in page
    assert "Самопроверка: не пройдена, нужно от 70" in page


def test_refused_person_is_told_why(sign_in, graduate, member, accepted, cohort, tutor):
    finish(member, accepted)
    batch = start_batch(cohort, actor=tutor)
    number = issue_certificate(member, cohort, actor=tutor).number
    run_next()

    page = sign_in(tutor).get(f"/certificates/batches/{batch.id}").text

    assert f"Сертификат уже выдан: {number}." in page
    assert "Выдано 1 из 2" in page


def test_nobody_ready_is_said_in_words(press, accepted, member):
    assert "Выдавать некому" in press()


def test_archive_is_asked_for_made_and_taken(sign_in, tutor, certificate, cohort):
    browser, url = sign_in(tutor), f"/certificates/archives/{cohort.id}"

    being_made = browser.post(url, follow_redirects=True).text
    while run_next():
        pass
    ready = browser.get(url).text
    with browser.get(f"{url}.zip") as answer:
        names = ZipFile(io.BytesIO(answer.data)).namelist()

    assert "Архив собирается" in being_made
    assert "Скачать архив (.zip)" in ready
    assert names == [f"Седова Анна — № {certificate.number}.pdf"]


def test_archive_that_was_not_made_does_not_exist(sign_in, tutor, certificate, cohort):
    url = f"/certificates/archives/{cohort.id}.zip"

    assert sign_in(tutor).get(url).status_code == 404


def test_page_of_a_batch_costs_the_same_for_many(
    press, class_of, sign_in, tutor, count_statements
):
    class_of(12)
    press()
    assert run_next()
    browser, url = sign_in(tutor), f"/certificates/batches/{only_batch().id}"

    with count_statements() as statements:
        browser.get(url)

    assert len(statements) < 16


def only_batch():
    return db.session.scalar(sa.select(Batch).order_by(Batch.id.desc()).limit(1))
