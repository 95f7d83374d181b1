"""A tutor issues certificates to a whole cohort and takes them away in one file."""

from zipfile import ZipFile

import pytest

from lms.core.extensions import db
from lms.work.submissions.models import Submission
from tests.achievements import finish
from tests.browser import journey, team
from tests.conftest import member_of, person

COUNT = 25


@pytest.fixture
def tutor(scripts, visit, site):
    """The tutor of a cohort in which everybody but the captain has done everything."""
    work_id = team.begin_work(site)
    with site.app_context():
        work = db.session.get_one(Submission, work_id)
        for number in range(COUNT):
            graduate = person(f"Имя Фамилия {number}", f"{number}@example.org")
            finish(member_of(work.team, graduate), work)
    return visit(scripts=scripts).sign_in(team.TUTOR)


def test_cohort_gets_its_certificates_and_one_archive(tutor):
    tutor.follow("Сертификаты")
    tutor.follow("Кому выдать")
    tutor.press(f"Выдать {COUNT} сертификатов")
    journey.wait_for_batch(tutor, COUNT)
    journey.says(tutor, "Чего не хватает остальным: 1 человек")
    journey.says(tutor, "Седова Анна Викторовна")

    tutor.follow("Архив и ведомость")
    journey.wait_for_archive(tutor)
    with tutor.page.expect_download() as download:
        tutor.follow("Скачать архив (.zip)")

    with ZipFile(download.value.path()) as archive:
        names = archive.namelist()
    assert len(names) == COUNT
    assert names[0].startswith("Имя Фамилия — № ТС-")
