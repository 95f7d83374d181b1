"""Letters to groups: writing one, and reading what went out."""

import email
from email.policy import default
from functools import partial

import pytest

from lms.core.job_tries import run_next
from lms.overview.mailings.addressees import addressees_of, group_of
from lms.overview.mailings.services import Draft, write_to_group
from lms.overview.progress.matrix import matrix_of


@pytest.fixture
def group(module, cohort):
    """Those who owe the work of the module."""
    return group_of(f"work-{module.slug}", matrix_of(cohort))


@pytest.fixture
def write(cohort, group, captain, member, tutor):
    """Return a function that writes to everybody who owes the work."""

    def write_to_all(key="k1", group=group, **said):
        people = [one.user.id for one in addressees_of(matrix_of(cohort), group)]
        words = {"subject": "Ждём работу", "text": "{имя}, {ссылка}"} | said
        draft = Draft(people=people, form_key=key, **words)
        return write_to_group(cohort, group, draft, author=tutor)

    return write_to_all


@pytest.fixture
def inbox(app):
    """Return a function that does the jobs and reads what went out, by address."""

    def open_letters():
        while run_next():
            pass
        files = (app.config["INSTANCE"] / "mail").glob("*.eml")
        read = partial(email.message_from_bytes, policy=default)
        letters = [read(file.read_bytes()) for file in files]
        return sorted(letters, key=lambda letter: letter["To"])

    return open_letters
