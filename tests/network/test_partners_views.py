"""Pages of partners: what the school writes, what others see of it."""

import re
from io import BytesIO

import pytest
import sqlalchemy as sa
from docx import Document
from python_calamine import CalamineWorkbook

from lms.core.extensions import db
from lms.core.language import day
from lms.network.partners.models import Agreement, Partner, PartnerKind
from lms.network.partners.tables import COLUMNS
from tests import sample_course
from tests.conftest import member_of, person
from tests.partners import agree, agreement_words, new_partner

TYPED = {
    "name": "Библиотека № 4",
    "kind": "CULTURE",
    "gives": "Зал по средам",
    "wants": "Читателей",
    "person": "Ирина Львовна",
    "contact": "8 (383) 111-22-33",
    "keeper_id": "0",
    "member_id": "0",
    "version": "1",
}


@pytest.fixture
def depot(team, captain):
    partner = new_partner(team, captain)
    agree(partner, captain, days=20)
    return partner


@pytest.fixture
def register(team):
    return f"/partners/schools/{team.school_id}/"


def test_member_finds_the_way_from_the_team_to_the_register(sign_in, member, team):
    browser = sign_in(member)

    assert f"/partners/schools/{team.school_id}/" in browser.get("/teams/1/").text
    assert browser.get("/partners/").location == f"/partners/schools/{team.school_id}/"


@pytest.mark.parametrize(
    "page", ["", "projects/", "council/", "exchange/"], ids=lambda page: page or "all"
)
def test_pages_about_partners_stand_in_the_section_of_the_team(
    sign_in, captain, territory, team, page
):
    of_school = f"schools/{team.school_id}/" if page != "exchange/" else ""

    shown = sign_in(captain).get(f"/partners/{page}{of_school}").text

    current = re.search(r'<a[^>]*aria-current="true"[^>]*>\s*([^<]*)', shown)
    assert current
    assert current[1].strip() == "Команда"


def test_captain_adds_a_partner_and_keeps_in_touch(sign_in, captain, team, register):
    browser = sign_in(captain)
    url = f"{register}new"
    assert f'selected value="{captain.id}"' in browser.get(url).text

    browser.post(url, data=TYPED | {"keeper_id": captain.id})

    page = browser.get(register).text
    assert "Библиотека № 4" in page
    assert "Анна Седова" in page


def test_empty_cell_is_empty_so_that_a_card_leaves_it_out(
    sign_in, captain, team, register
):
    new_partner(team, captain, gives="", wants="", keeper_id=None)

    page = sign_in(captain).get(register).text

    for caption in ("Что даёт", "Что нужно ему", "Чем закреплено", "Вместе сделали"):
        assert f'data-label="{caption}"></td>' in page
    assert 'data-label="Кто держит связь"><span' in page


def test_name_that_is_known_leads_to_the_card(sign_in, captain, depot, register):
    typed = TYPED | {"name": "вагонное депо"}

    page = sign_in(captain).post(f"{register}new", data=typed).text

    assert "у школы уже есть" in page
    assert f'href="/partners/{depot.id}/"' in page
    assert "Зал по средам" in page


def test_phone_in_what_a_partner_gives_is_flagged(sign_in, captain, team, register):
    typed = TYPED | {"gives": "Зал, звонить +7 913 123-45-67"}

    page = sign_in(captain).post(f"{register}new", data=typed).text

    assert "Похоже на чей-то контакт: «+7 913 123-45-67»" in page
    assert db.session.query(Partner).count() == 0


def test_slower_colleague_sees_both_texts(sign_in, captain, member, depot):
    browser, url = sign_in(captain), f"/partners/{depot.id}/edit"
    sign_in(member).post(url, data=TYPED | {"name": depot.name, "gives": "Экскурсии"})

    page = browser.post(url, data=TYPED | {"name": depot.name, "gives": "Цех"}).text

    assert "Что сохранено сейчас" in page
    assert "Экскурсии" in page
    assert ">\nЦех</textarea>" in page.replace("\r", "")
    assert 'name="version" type="hidden" value="2"' in page


def test_slower_colleague_sees_the_new_name_and_kind(sign_in, captain, member, depot):
    url = f"/partners/{depot.id}/edit"
    sign_in(member).post(url, data=TYPED | {"name": "Депо № 2", "kind": "COLLEGE"})

    page = sign_in(captain).post(url, data=TYPED).text

    _, stored = page.split("Что сохранено сейчас")
    assert "Депо № 2" in stored
    assert "колледж" in stored


def test_coordinator_reads_without_contacts(sign_in, coordinator, depot, register):
    browser = sign_in(coordinator)

    pages = browser.get(register).text + browser.get(f"/partners/{depot.id}/").text

    assert "Наставников по электрике" in pages
    assert "Котов" not in pages
    assert "200-30-40" not in pages


def test_capital_letters_of_a_kind_and_a_number_stay(sign_in, captain, team):
    veterans = new_partner(team, captain, kind=PartnerKind.CHARITY)
    agree(veterans, captain, number="7-А/ДК")

    page = sign_in(captain).get(f"/partners/{veterans.id}/").text

    assert "НКО" in page
    assert "№ 7-А/ДК" in page.replace("\xa0", " ")


def test_agreement_that_ends_soon_is_marked(sign_in, member, depot, register):
    page = sign_in(member).get(register).text

    ends_on = agreement_words(20)["ends_on"]
    assert f"договор № 12 до {day(ends_on)}" in page
    assert "скоро закончится" in page


def test_end_before_the_beginning_comes_back_with_what_was_typed(
    sign_in, captain, depot
):
    typed = {"kind": "LETTER", "signed_on": "2026-10-02", "ends_on": "2026-10-01"}

    page = sign_in(captain).post(f"/partners/{depot.id}/agreements/new", data=typed)

    assert "Окончание раньше начала." in page.text
    assert 'value="2026-10-01"' in page.text


def test_scan_is_read_by_the_school_alone(sign_in, captain, member, coordinator, depot):
    agreement = db.session.query(Agreement).one()
    url = f"/partners/agreements/{agreement.id}/files"
    file = {"file": (BytesIO(sample_course.DOCUMENT), "договор.pdf")}
    sign_in(captain).post(url, data=file)

    assert sign_in(member).get(f"{url}/1").data == sample_course.DOCUMENT
    assert sign_in(coordinator).get(f"{url}/1").status_code == 403


def test_file_of_another_kind_is_refused_in_words(sign_in, captain, depot):
    file = {"file": (BytesIO(b"MZ"), "договор.exe")}

    page = sign_in(captain).post("/partners/agreements/1/files", data=file).text

    assert "подойдут pdf" in page


def test_partner_whose_keeper_left_is_named_to_the_school(
    sign_in, captain, team, register
):
    gone = person("Зорин Пётр Ильич", "zorin@example.org")
    member_of(team, gone)
    new_partner(team, captain, keeper_id=gone.id)
    gone_from = db.session.query(type(team.memberships[0])).filter_by(user_id=gone.id)
    gone_from.one().left_at = team.memberships[0].joined_at
    db.session.commit()

    page = sign_in(captain).get(register).text

    assert "никто не держит связь" in page
    assert "ушёл из команды" in page


def test_register_is_downloaded_for_word_and_excel(sign_in, member, depot, register):
    browser = sign_in(member)

    word = Document(BytesIO(browser.get(f"{register}partners.docx").data))
    made = browser.get(f"{register}partners.xlsx").data

    assert [cell.text for cell in word.tables[0].rows[0].cells] == list(COLUMNS)
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    _, row = book.get_sheet_by_name("Партнёры").to_python()
    assert row[0] == "Вагонное депо\nпредприятие"
    assert "200-30-40" not in str(row)


def test_kind_that_nobody_has_chosen_is_asked_for(sign_in, captain, team):
    browser, url = sign_in(captain), f"/partners/schools/{team.school_id}/new"
    assert '<option value="">выберите' in browser.get(url).text

    page = browser.post(url, data={"name": "Депо", "kind": "", "version": "1"}).text

    assert "Выберите, кто это." in page
    assert db.session.scalar(sa.select(Partner)) is None


def test_kind_of_an_agreement_is_asked_for(sign_in, captain, depot):
    url = f"/partners/{depot.id}/agreements/new"

    page = sign_in(captain).post(url, data={"kind": "", "number": "7"}).text

    assert "Выберите, чем закреплено." in page
    assert len(depot.agreements) == 1
