"""What a holder sees of a certificate: the picture, the paper, the link for others."""

import struct

import pytest

from lms.core.extensions import db
from lms.course.cohorts.models import CohortState
from lms.outcomes.certificates import services
from lms.outcomes.holders import pictures
from tests.conftest import person
from tests.years import join_another_cohort

MINE = "/certificates/mine"
MENU = ">Мой сертификат</a>"


@pytest.fixture
def holder(sign_in, graduate, certificate):
    """The browser of somebody with a certificate."""
    return sign_in(graduate)


@pytest.fixture
def revoked(certificate, admin):
    """The certificate, void."""
    services.revoke_certificate(certificate, reason="Выдан по ошибке.", actor=admin)
    return certificate


def picture_of(certificate):
    return f"/certificates/{certificate.address}.png"


def test_start_page_shows_the_certificate_with_paper_and_link(holder, certificate):
    page = holder.get("/home/").text

    assert "Курс пройден" in page
    assert f'src="{picture_of(certificate)}"' in page
    assert f"/certificates/{certificate.address}.pdf" in page
    assert f'data-share="http://127.0.0.1:8000/verify/{certificate.code}"' in page


def test_certificate_stands_in_the_menu_once_there_is_one(
    sign_in, graduate, member, certificate
):
    assert MENU in sign_in(graduate).get("/teams/mine", follow_redirects=True).text
    assert MENU not in sign_in(member).get("/home/").text


def test_picture_is_a_sheet_of_the_certificate(holder, certificate):
    answer = holder.get(picture_of(certificate))
    width, height = struct.unpack(">II", answer.data[16:24])

    assert answer.mimetype == "image/png"
    assert width / height == pytest.approx(297 / 210, rel=0.01)
    assert "no-store" in answer.headers["Cache-Control"]


def test_picture_is_drawn_once(holder, certificate):
    for _ in range(2):
        holder.get(picture_of(certificate))

    assert pictures._draw.cache_info().currsize == 1


@pytest.fixture(autouse=True)
def nothing_drawn():
    pictures._draw.cache_clear()


def test_page_of_a_revoked_certificate_says_so_and_why(holder, revoked):
    for address in ("/home/", MINE):
        page = holder.get(address).text

        assert f"Сертификат {revoked.number} отозван" in page
        assert "Причина: Выдан по ошибке." in page
        assert MENU not in page
        assert "data-share" not in page


def test_revoked_certificate_has_no_picture(holder, revoked):
    assert holder.get(picture_of(revoked)).status_code == 404


def test_corrected_certificate_takes_the_place_of_the_former(
    holder, certificate, admin
):
    words = {name: getattr(certificate, name) for name in services.CORRECTED}
    corrected = words | {"holder_name": "Седова Алла"}
    new = services.replace_certificate(certificate, corrected=corrected, actor=admin)

    page = holder.get(MINE).text

    assert new.number in page
    assert certificate.number not in page


def test_start_page_of_a_finished_course_costs_at_most_eleven_statements(
    holder, cohort, count_statements
):
    cohort.state = CohortState.CLOSED
    db.session.commit()
    with count_statements() as statements:
        page = holder.get("/home/").text

    assert "Поток завершён" in page
    assert len(statements) <= 11


def test_certificate_is_told_as_news_until_it_is_seen(holder, certificate):
    first = holder.get(MINE).text

    assert ", новое:" not in first
    assert "Новое:" not in holder.get("/home/").text


def test_who_has_none_learns_when_it_comes(sign_in, app):
    page = sign_in(person("Новый Человек", "new@example.org")).get(MINE)

    assert "Сертификата пока нет" in page.text


def test_certificate_of_the_cohort_that_is_shown_comes_first(
    sign_in, certificate, graduate, admin, tutor
):
    place = join_another_cohort(graduate.email, is_shown=False)
    newer = services.issue_certificate(graduate, place.team.cohort, actor=admin)
    browser = sign_in(graduate)

    as_first = browser.get(MINE).text
    browser.post(f"/members/{place.id}/choose")
    as_second = browser.get(MINE).text

    assert certificate.number in as_first
    assert newer.number in as_second
