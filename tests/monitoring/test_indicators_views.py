"""The pages of indicators: who sees which numbers, on the screen and in files."""

import io
import re

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from lms.core.assets import SCRIPTS
from lms.monitoring.indicators.asking import asked_of, waiting_for
from lms.monitoring.indicators.deadlines import asked_period
from tests.conftest import look_after, member_of
from tests.measurements import (
    measure,
    new_territory,
    school_in,
    settle,
    settle_offered,
)
from tests.partners import agree, new_partner

HEADING = re.compile(r'<h2 id="standings">([^<]+)')


def test_coordinator_sees_own_territory_and_no_other(
    school, territory, cohort, coordinator, parents, sign_in
):
    berdsk = new_territory("Бердск", territory.parent)
    school_in(berdsk, cohort, "Лицей № 3")
    browser = sign_in(coordinator)

    page = browser.get("/indicators/").text
    assert "Показатели: Новосибирск</h1>" in page
    assert "Лицей № 3" not in page
    assert browser.get(f"/indicators/?territory={berdsk.id}").status_code == 404


def test_coordinator_accepts_what_waits(school, parents, captain, coordinator, sign_in):
    sent = measure(school, parents, 12, 90, author=captain)
    browser = sign_in(coordinator)

    url = f"/indicators/schools/{school.id}/accept"
    answer = browser.post(url, data={"measurement": [sent.id]})

    assert "Принято: 1\u00a0показатель." in browser.get(answer.location).text
    assert "принято 1, с документом 0" in browser.get("/indicators/").text


def test_page_of_a_school_speaks_to_whoever_reads_it(
    school, parents, captain, coordinator, sign_in
):
    pages = [
        sign_in(one).get(f"/indicators/schools/{school.id}").text
        for one in (captain, coordinator)
    ]

    assert ["ваша команда" in page for page in pages] == [True, False]
    assert ["команда этой школы" in page for page in pages] == [False, True]
    assert "Пришлите числа" not in pages[1]


def test_indicator_of_which_nothing_is_known_has_no_empty_chart(
    school, parents, captain, coordinator, sign_in
):
    browser = sign_in(coordinator)
    before = browser.get(f"/indicators/{parents.id}/").text

    measure(school, parents, 1, 90, author=captain)
    measure(school, parents, 41, 90, author=captain)

    after = browser.get(f"/indicators/{parents.id}/").text
    assert ('class="chart"' in before, 'class="chart"' in after) == (False, True)
    assert "исходно</text>" not in after
    assert "родителей участвовали хотя бы раз за полугодие: 41" in after


def test_nobody_accepts_the_numbers_of_a_school_they_answer_for(
    school, parents, team, coordinator, admin, sign_in
):
    member_of(team, coordinator, captain=True)
    sent = measure(school, parents, 12, 90, author=coordinator)
    browser = sign_in(coordinator)

    url = f"/indicators/schools/{school.id}"
    answer = browser.post(f"{url}/accept", data={"measurement": [sent.id]})

    assert (answer.status_code, waiting_for(coordinator)) == (403, [])
    assert browser.get(f"/indicators/measurements/{sent.id}").status_code == 404
    assert "примет другой координатор" in browser.get(url).text
    taken = sign_in(admin).post(f"{url}/accept", data={"measurement": [sent.id]})
    assert taken.status_code == 302


def test_nobody_accepts_a_number_that_they_sent_themselves(
    school, parents, captain, coordinator, admin, sign_in
):
    partners = settle("partners")
    own = measure(school, parents, 12, 90, author=coordinator)
    told = measure(school, partners, 3, 7, author=captain)
    browser, url = sign_in(coordinator), f"/indicators/schools/{school.id}"

    page = browser.get(url).text
    [waiting] = waiting_for(coordinator)
    assert waiting.numbers == 1
    assert "То, что прислали вы сами, примет другой координатор" in page
    assert f"/indicators/measurements/{own.id}" not in page
    assert browser.get(f"/indicators/measurements/{own.id}").status_code == 404

    data = {"measurement": [own.id, told.id]}
    answer = browser.post(f"{url}/accept", data=data)
    assert "Принято: 1\u00a0показатель." in browser.get(answer.location).text
    assert (own.is_accepted, told.is_accepted) == (False, True)
    sign_in(admin).post(f"{url}/accept", data={"measurement": [own.id]})
    assert own.is_accepted


def test_whoever_sent_a_number_reads_who_accepts_it(
    school, parents, captain, coordinator, sign_in
):
    url = f"/indicators/schools/{school.id}"
    data = {f"part_{parents.id}": "12", f"whole_{parents.id}": "90"}

    said = [
        sign_in(coordinator).post(url, data=data, follow_redirects=True).text,
        sign_in(captain)
        .post(url, data=data | {f"part_{parents.id}": "13"}, follow_redirects=True)
        .text,
    ]

    assert "Примет другой координатор или администратор." in said[0]
    assert "Координатор посмотрит и примет или спросит." in said[1]


def test_school_that_has_sent_everything_is_not_asked_to_send(
    school, parents, captain, sign_in
):
    browser, url = sign_in(captain), f"/indicators/schools/{school.id}"
    before = browser.get(url).text

    for one in asked_of(school, asked_period(), by_coordinator=False):
        measure(school, one, 12, 90 if one.denominator_text else None, author=captain)

    after = browser.get(url).text
    assert ["Пришлите числа до" in page for page in (before, after)] == [True, False]
    assert ["Всё прислано." in page for page in (before, after)] == [False, True]


def test_number_corrected_meanwhile_is_not_accepted_unseen(
    school, parents, captain, coordinator, sign_in
):
    seen = measure(school, parents, 12, 90, author=captain)
    measure(school, parents, 80, 90, author=captain)
    browser, url = sign_in(coordinator), f"/indicators/schools/{school.id}/accept"

    answer = browser.post(url, data={"measurement": [seen.id]})

    page = browser.get(answer.location).text
    assert "Остальное тем временем изменилось" in page
    assert "принято</span>" not in page


def test_coordinator_asks_and_the_school_sees_the_question(
    school, parents, captain, coordinator, sign_in
):
    sent = measure(school, parents, 12, 90, author=captain)
    data = {"question": "Это за всю школу?", "seen": "0"}

    sign_in(coordinator).post(f"/indicators/measurements/{sent.id}", data=data)

    page = sign_in(captain).get(f"/indicators/schools/{school.id}").text
    assert "Вопрос координатора: Это за всю школу?" in page


def test_coordinator_says_what_is_hers_to_say(school, admin, coordinator, sign_in):
    contests = settle_offered("contests", admin)
    url = f"/indicators/schools/{school.id}"

    sign_in(coordinator).post(url, data={f"part_{contests.id}": "1"})

    page = sign_in(coordinator).get(f"/indicators/{contests.id}/").text
    assert "100\u00a0%" in page


def test_silent_school_is_named_and_counted(school, parents, coordinator, sign_in):
    page = sign_in(coordinator).get("/indicators/").text

    assert "Ещё не прислали: 1\u00a0школа." in page
    assert "0 из 1" in page
    assert "нет данных" in page


def test_page_leads_from_its_top_to_the_schools_and_says_whose_they_are(
    cohort, territory, school, parents, coordinator, sign_in
):
    reader = sign_in(coordinator)
    one = reader.get("/indicators/").text
    look_after(coordinator, other := new_territory("Тогучин", territory.parent))
    school_in(other, cohort, "Лицей")

    every = reader.get("/indicators/").text
    chosen = reader.get(f"/indicators/?territory={other.id}").text

    assert one.index('href="#standings"') < one.index("<table")
    headings = [HEADING.search(page)[1] for page in (one, every, chosen)]
    assert headings == ["Школы", "Школы всех ваших территорий", "Школы"]


def sheets_of(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_files_hide_what_the_page_hides(
    school, territory, cohort, parents, captain, admin, sign_in
):
    other = school_in(territory, cohort, "Школа № 7")
    third = school_in(territory, cohort, "Школа № 9")
    for one, part in ((school, 2), (other, 41), (third, 77)):
        measure(one, parents, part, 300, author=captain)
    browser, query = sign_in(admin), f"?territory={territory.id}"

    page = browser.get(f"/indicators/{parents.id}/{query}").text
    book = browser.get(f"/indicators/{parents.id}/schools.xlsx{query}")
    whole = sheets_of(browser.get(f"/indicators/indicators.xlsx{query}"))

    shown = sheets_of(book)
    cells = {row[0]: row[2] for row in shown["По школам"]}
    assert cells["Школа № 12"] == "<3"
    assert cells["Школа № 7"] == "скрыто"
    assert cells["Школа № 9"] == 77
    for sheets in (shown, whole):
        sent = {row[0]: row[4] for row in sheets["Присланное"] if len(row) > 4}
        assert sent["Школа № 7"] == "скрыто"
    assert not re.search(r"\b41\b", re.sub(r"<[^>]*>", " ", page))


def test_document_has_a_heading_and_the_table_of_the_page(
    school, parents, captain, coordinator, sign_in
):
    measure(school, parents, 12, 90, author=captain)

    made = sign_in(coordinator).get("/indicators/indicators.docx").data

    document = Document(io.BytesIO(made))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "Показатели"
    ]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    line = next(row for row in rows if row[0] == parents.title)
    assert line[3] == "13,3\u00a0%"
    assert line[7] == "1 из 1"


def test_target_stands_on_the_page_and_on_the_chart(
    school, parents, captain, coordinator, sign_in, territory
):
    measure(school, parents, 12, 90, author=captain)
    browser, url = sign_in(coordinator), f"/indicators/{parents.id}/target"
    values = {"baseline": "8", "baseline_on": "01.09.2026"}
    aim = {"target": "15", "due_on": "31.08.2027", "version": "0"}

    answer = browser.post(f"{url}?territory={territory.id}", data=values | aim)

    page = browser.get(answer.location).text
    assert "8\u00a0% на 01.09.2026" in page
    assert page.count("chart__bar") == 2
    assert "chart__line" in page


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"baseline": "101", "baseline_on": "01.09.2026"}, "от 0 до 100"),
        ({"baseline": "восемь", "baseline_on": "01.09.2026"}, "от 0 до 100"),
        ({"target": "15"}, "без дня ни о чём не говорит"),
    ],
)
def test_wrong_target_is_refused(typed, refusal, school, parents, coordinator, sign_in):
    url = f"/indicators/{parents.id}/target"

    page = sign_in(coordinator).post(url, data=typed | {"version": "0"}).text

    assert refusal in page


def test_statements_of_a_territory_do_not_grow_with_its_schools(
    school, territory, cohort, parents, captain, admin, sign_in, count_statements
):
    browser, counted = sign_in(admin), []
    for more in (1, 6):
        for number in range(more):
            other = school_in(territory, cohort, f"Школа № 1{more}{number}")
            measure(other, parents, 20 + number, 300, author=captain)
        for url in ("/indicators/", f"/indicators/{parents.id}/"):
            with count_statements() as statements:
                browser.get(f"{url}?territory={territory.id}")
            counted.append(len(statements))

    assert counted[:2] == counted[2:]


def test_admin_chooses_what_is_counted(parents, admin, sign_in):
    browser = sign_in(admin)

    browser.post("/indicators/choice/quality/begin")
    refused = browser.post("/indicators/choice/clubs/begin", follow_redirects=True)
    browser.post(f"/indicators/{parents.id}/end")
    page = browser.get("/indicators/choice").text

    assert "а больше 7 никто не заполнит" in refused.text
    assert "Школу спрашивают о 5\u00a0числах" in page


def test_form_names_what_the_register_of_partners_knows(school, team, captain, sign_in):
    settle("partners")
    browser, url = sign_in(captain), f"/indicators/schools/{school.id}"
    assert "таблице партнёров школы" not in browser.get(url).text
    new_partner(team, captain, name="Клуб")
    agree(new_partner(team, captain), captain)

    page = browser.get(url).text

    assert f'href="/partners/schools/{school.id}/"' in page
    assert "таблице партнёров школы</a>: 1 из 2." in page


def test_numbers_are_kept_in_the_browser_until_they_are_sent(
    school, parents, captain, sign_in
):
    page = sign_in(captain).get(f"/indicators/schools/{school.id}").text

    form = page.partition("data-keep=")[0].rpartition("<form")[2]
    assert "data-unsaved" in form
    assert f'data-keep="numbers {captain.id} {school.id} ' in page
    assert page.count("data-kept=") == 1
    assert "kept" in SCRIPTS["numbers"]
