"""The pages of certificates: who sees what, and what comes back on refusal."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.core.storage import open_stored
from lms.course.cohorts.models import Cohort
from lms.outcomes.certificates import services
from lms.outcomes.certificates.models import Certificate
from tests.achievements import finish
from tests.conftest import member_of, person


@pytest.fixture
def revoked(certificate, admin):
    """The certificate, void."""
    services.revoke_certificate(certificate, reason="Выдан по ошибке", actor=admin)
    return certificate


def pdf_of(certificate):
    return f"/certificates/{certificate.address}.pdf"


def statuses(sign_in, people, url):
    answers = []
    for user in people:
        with sign_in(user).get(url) as answer:
            answers.append(answer.status_code)
    return answers


def test_paper_is_served_byte_for_byte(sign_in, graduate, certificate):
    with open_stored(certificate.pdf_sha256) as file:
        stored = file.read()

    with sign_in(graduate).get(pdf_of(certificate)) as answer:
        assert answer.data == stored
        assert answer.headers["ETag"] == f'"{certificate.pdf_sha256}"'
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_paper_that_did_not_change_is_not_sent_again(sign_in, graduate, certificate):
    browser = sign_in(graduate)
    etag = {"If-None-Match": f'"{certificate.pdf_sha256}"'}

    with browser.get(pdf_of(certificate), headers=etag) as answer:
        assert answer.status_code == 304


def test_paper_is_for_holder_tutors_and_admins(
    sign_in, certificate, graduate, tutor, tutor2, admin, member, other_tutor
):
    insiders = statuses(sign_in, [graduate, tutor, tutor2, admin], pdf_of(certificate))
    outsiders = statuses(sign_in, [member, other_tutor], pdf_of(certificate))

    assert insiders == [200] * 4
    assert outsiders == [404] * 2


def test_way_is_for_oneself_and_staff(
    sign_in, module, member, captain, tutor, admin, other, other_tutor
):
    url = f"/certificates/remaining/{member.id}"

    assert statuses(sign_in, [member, tutor, admin], url) == [200] * 3
    assert statuses(sign_in, [captain, other, other_tutor], url) == [404] * 3


def test_way_is_the_same_list_for_everybody(sign_in, accepted, member, tutor, admin):
    url = f"/certificates/remaining/{member.id}"

    pages = [sign_in(user).get(url).text for user in (member, tutor, admin)]

    lists = [re.findall(r'condition__state">(.*?)<', page) for page in pages]
    assert lists[0] == lists[1] == lists[2]
    assert len(lists[0]) == 2


def test_participant_takes_the_certificate_from_the_way(sign_in, graduate, certificate):
    page = sign_in(graduate).get(f"/certificates/remaining/{graduate.id}").text

    assert pdf_of(certificate) in page
    assert "Выдать сертификат" not in page


def test_tutor_issues_from_the_way_of_a_person(sign_in, tutor, graduate, cohort):
    page = sign_in(tutor).get(f"/certificates/remaining/{graduate.id}").text

    assert f'action="/certificates/issue/{cohort.id}/people/{graduate.id}"' in page


def test_after_a_revocation_only_an_admin_is_offered_to_issue(
    sign_in, tutor, admin, graduate, revoked
):
    url = f"/certificates/remaining/{graduate.id}"

    pages = [sign_in(user).get(url).text for user in (tutor, admin, graduate)]

    assert ["Выдать сертификат" in page for page in pages] == [False, True, False]
    assert all("Выдан по ошибке" in page for page in pages)


def test_closed_lesson_says_so_once(sign_in, module, cohort, member):
    cohort.rows[0].opens_on = today() + timedelta(days=10)
    db.session.commit()

    page = sign_in(member).get(f"/certificates/remaining/{member.id}").text

    assert "Работа и самопроверка: " in page
    assert page.count("занятие откроется") == 1


def test_tutor_issues_to_one_person(sign_in, tutor, graduate, cohort):
    url = f"/certificates/issue/{cohort.id}/people/{graduate.id}"

    page = sign_in(tutor).post(url, follow_redirects=True).text

    assert "Выдан сертификат ТС-" in page
    assert db.session.scalar(sa.select(Certificate)).user_id == graduate.id


def test_refused_issue_says_why(sign_in, tutor, member, module, cohort):
    url = f"/certificates/issue/{cohort.id}/people/{member.id}"

    page = sign_in(tutor).post(url, follow_redirects=True).text

    assert "Выполнено ещё не всё" in page


def test_tutor_issues_to_all_of_a_team_who_are_ready(
    sign_in, tutor, graduate, member, accepted, cohort, team
):
    finish(member, accepted)
    url = f"/certificates/issue/{cohort.id}/teams/{team.id}"

    page = sign_in(tutor).post(url, follow_redirects=True).text

    assert "Выдано: 2\N{NO-BREAK SPACE}сертификата" in page


def test_team_gets_only_its_own(sign_in, tutor, graduate, cohort, other_team, other):
    url = f"/certificates/issue/{cohort.id}/teams/{other_team.id}"

    page = sign_in(tutor).post(url, follow_redirects=True).text

    assert "Выдавать некому" in page
    assert db.session.scalars(sa.select(Certificate)).all() == []


def test_eligible_page_tells_how_far_everybody_is(
    sign_in, tutor, certificate, member, accepted, team
):
    newcomer = person("Яковлев Ян", "new@example.org")
    finish(member_of(team, newcomer), accepted)

    page = sign_in(tutor).get("/certificates/eligible").text

    assert certificate.number in page
    assert "осталось 2" in page
    assert "всё выполнено" in page


def test_eligible_page_costs_the_same_for_many(
    sign_in, tutor, accepted, team, count_statements
):
    browser = sign_in(tutor)

    def cost():
        with count_statements() as statements:
            assert browser.get("/certificates/eligible").status_code == 200
        return len(statements)

    before = cost()
    for n in range(5):
        finish(member_of(team, person(f"Имя {n}", f"{n}@example.org")), accepted)

    assert cost() == before


def test_cohort_of_others_is_not_there(sign_in, other_tutor, cohort, graduate):
    browser = sign_in(other_tutor)

    page = browser.get(f"/certificates/eligible?cohort={cohort.id}")
    issue = browser.post(f"/certificates/issue/{cohort.id}")

    assert (page.status_code, issue.status_code) == (404, 404)


@pytest.mark.parametrize(
    "query",
    [
        "words=седова",
        "words=викторовна+опора",
        "words=школа+12",
        "words=новосиб",
        "words=000001",
        "words=ts-",
        "state=VALID",
    ],
)
def test_registry_finds(sign_in, admin, certificate, query):
    assert certificate.number in sign_in(admin).get(f"/certificates/?{query}").text


@pytest.mark.parametrize("query", ["words=петров", "state=REVOKED", "words=%25"])
def test_registry_leaves_out(sign_in, admin, certificate, query):
    page = sign_in(admin).get(f"/certificates/?{query}").text

    assert certificate.number not in page
    assert "Ничего не нашлось" in page


def test_registry_costs_the_same_for_many(
    sign_in, admin, tutor, certificate, accepted, team, cohort, count_statements
):
    browser = sign_in(admin)

    def cost():
        with count_statements() as statements:
            assert browser.get("/certificates/").status_code == 200
        return len(statements)

    before = cost()
    for n in range(3):
        user = member_of(team, person(f"Имя {n}", f"{n}@example.org"))
        services.issue_certificate(finish(user, accepted), cohort, actor=tutor)

    assert cost() == before


def test_registry_reads_yo_as_ye(sign_in, admin, graduate, cohort, tutor):
    graduate.full_name = "Семёнова Алёна"
    services.issue_certificate(graduate, cohort, actor=tutor)

    assert "Семёнова Алёна" in sign_in(admin).get("/certificates/?words=семенова").text


def test_registry_ignores_a_filter_that_does_not_exist(sign_in, admin, certificate):
    page = sign_in(admin).get("/certificates/?state=-&year=x&cohort=999")

    assert certificate.number in page.text


def test_tutor_of_other_cohorts_sees_an_empty_registry(
    sign_in, other_tutor, certificate
):
    assert certificate.number not in sign_in(other_tutor).get("/certificates/").text


def test_admin_revokes_with_a_reason(sign_in, admin, certificate):
    url = f"/certificates/{certificate.address}/revoke"

    page = sign_in(admin).post(
        url, data={"reason": "Чужие работы"}, follow_redirects=True
    )

    assert "Чужие работы" in page.text
    assert db.session.scalar(sa.select(Certificate)).is_revoked


def test_reason_is_required(sign_in, admin, certificate):
    url = f"/certificates/{certificate.address}/revoke"

    page = sign_in(admin).post(url, data={"reason": "   "}).text

    assert "Напишите причину" in page
    assert db.session.scalar(sa.select(Certificate)).is_valid


def test_refused_revocation_keeps_the_text(sign_in, admin, revoked):
    url = f"/certificates/{revoked.address}/revoke"

    page = sign_in(admin).post(url, data={"reason": "Длинное объяснение"}).text

    assert "уже отозван" in page
    assert "Длинное объяснение" in page


def test_admin_replaces_a_misspelled_name(sign_in, admin, certificate):
    url = f"/certificates/{certificate.address}/replace"
    form = {name: getattr(certificate, name) for name in services.CORRECTED}
    browser = sign_in(admin)

    page = browser.post(url, data=form | {"holder_name": "Седова Яна"}).location
    newest = db.session.scalars(sa.select(Certificate).order_by(Certificate.id)).all()[
        -1
    ]

    assert page.endswith(newest.address)
    assert newest.holder_name == "Седова Яна"


@pytest.mark.parametrize("name", services.CORRECTED)
def test_every_word_of_a_replacement_is_required(sign_in, admin, certificate, name):
    url = f"/certificates/{certificate.address}/replace"
    form = {name: getattr(certificate, name) for name in services.CORRECTED}

    page = sign_in(admin).post(url, data=form | {name: " "}).text

    assert 'class="field__error"' in page


def test_closed_cohort_is_still_served(sign_in, tutor, graduate, cohort):
    db.session.execute(sa.update(Cohort).values(state="CLOSED"))
    url = f"/certificates/issue/{cohort.id}"

    assert "Готово 0 из 1" in sign_in(tutor).post(url, follow_redirects=True).text
