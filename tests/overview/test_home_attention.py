"""What an admin should look at today."""

import pytest

from lms.core.jobs import Job
from lms.core.language import NBSP
from lms.overview.home.attention import TRIES, concerns
from tests.conftest import save


@pytest.fixture
def sentences(admin):
    """Return a function that stores stuck jobs and reads what the admin is told."""

    def read(*kinds):
        for kind in kinds:
            save(Job(kind=kind, payload={}, tries=TRIES, error="нет связи"))
        return [one.sentence.replace(NBSP, " ") for one in concerns(admin)]

    return read


def test_letters_that_do_not_leave_are_told_as_letters(sentences):
    [sentence] = sentences("mail", "mailing_copy")

    assert sentence.startswith("2 письма не уходят")


def test_other_jobs_that_fail_are_told_as_jobs(sentences):
    [sentence] = sentences("digests", "sweep_uploads", "excerpts")

    assert sentence.startswith("3 фоновые задачи стоят")


def test_letters_and_jobs_are_told_apart(sentences):
    mail, jobs = sentences("mail", "digests")

    assert mail.startswith("1 письмо не уходит")
    assert jobs.startswith("1 фоновая задача стоит")
