"""Pages of the bank: what a visitor, a captain, an author and an editor find there."""

from io import BytesIO

import pytest
from docx import Document

from lms.core.extensions import db
from lms.network.practices.models import Practice, PracticeState, PracticeUse
from lms.network.practices.publishing import withdraw
from lms.network.practices.writing import ask_team
from lms.schools.teams.models import School
from lms.work.submissions.models import Attempt
from tests.conftest import count, save
from tests.practices import PAIRS, WORDS, agree

# Each test has one card.
URL = "/practices/1/"


def typed(**changes):
    """A card as its form sends it."""
    facts = {n: v if isinstance(v, str) else v.name for n, v in WORDS.items()}
    return facts | {"contact_kind": "QUESTIONS"} | changes


def test_captain_offers_an_accepted_work(sign_in, accepted, captain):
    browser = sign_in(captain)
    page = browser.get(f"/submissions/{accepted.id}/").text

    answer = browser.post(f"/practices/offer/{accepted.id}")

    assert "Предложить в банк" in page
    assert answer.location.endswith("/edit")
    assert PAIRS in browser.get(answer.location).text


def test_member_is_not_offered_what_captains_do(sign_in, accepted, member):
    page = sign_in(member).get(f"/submissions/{accepted.id}/").text

    assert "Предложить в банк" not in page


def test_second_press_leads_to_the_card(sign_in, card, accepted, captain):
    page = sign_in(captain).get(f"/submissions/{accepted.id}/").text

    assert "Карточка из этой работы: черновик" in page
    assert f'href="/practices/{card.id}/"' in page


def test_refused_card_keeps_what_was_typed(sign_in, card, captain):
    data = typed(title="", how="Долгий текст")
    answer = sign_in(captain).post(f"{URL}edit", data=data)

    assert "Назовите практику" in answer.text
    assert "Долгий текст" in answer.text


def test_words_that_look_like_names_are_confirmed_on_the_page(sign_in, card, captain):
    browser = sign_in(captain)
    browser.post(f"{URL}edit", data=typed(result="Пётр и Нина шьют сами."))
    before = browser.get(URL).text

    browser.post(f"{URL}words", data={"words": ["нина"]})

    after = browser.get(URL).text
    assert ('value="нина"' in before, 'value="петр"' in before) == (True, True)
    assert ('value="нина"' in after, 'value="петр"' in after) == (False, True)


def test_author_reads_and_answers(sign_in, card, captain, member):
    ask_team(card, captain=captain)
    browser = sign_in(member)
    page = browser.get(URL).text

    data = {"version": 1, "agrees": "yes", "shows_name": "y"}
    browser.post(f"{URL}answer", data=data)

    assert "Можно ли показать ваши слова" in page
    assert card.state is PracticeState.EDITOR


def test_name_stands_on_the_card_only_when_the_author_ticked_it(
    sign_in, guest, card, captain, member, admin
):
    ask_team(card, captain=captain)
    data = {"version": 1, "agrees": "yes", "shows_name": "y"}
    sign_in(member).post(f"{URL}answer", data=data)

    sign_in(admin).post(f"{URL}publish", data={"version": 1})

    page = guest.get(URL).text
    assert "Рассказали: Олег Орлов" in page
    assert "Анна Седова" not in page


def test_editor_gives_back_with_a_reason(sign_in, card, captain, member, admin):
    ask_team(card, captain=captain)
    agree(card, member)
    browser = sign_in(admin)

    refused = browser.post(f"{URL}give-back", data={"version": 1, "note": ""})
    browser.post(f"{URL}give-back", data={"version": 1, "note": "Кто спросил?"})

    assert "Напишите, что исправить" in refused.text
    assert "Кто спросил?" in sign_in(captain).get(URL).text


def test_card_on_its_way_does_not_exist_for_others(sign_in, guest, card, other):
    answers = [browser.get(URL).status_code for browser in (guest, sign_in(other))]

    assert answers == [404, 404]


def test_withdrawn_card_says_so_and_its_file_is_gone(guest, published, captain):
    before = guest.get(f"{URL}practice.docx").status_code

    withdraw(published, captain=captain)

    page = guest.get(URL)
    assert (before, page.status_code) == (200, 410)
    assert "Карточка отозвана" in page.text
    assert "Швея" not in page.text
    assert guest.get(f"{URL}practice.docx").status_code == 404


def test_word_document_has_the_words_of_the_page(guest, published):
    answer = guest.get(f"{URL}practice.docx")

    lines = [line.text for line in Document(BytesIO(answer.data)).paragraphs]
    assert lines[:2] == ["Пары по запросу", "Школа № 12, Новосибирск"]
    assert "Что не получилось" in lines


def test_visitor_finds_a_practice(guest, published):
    found = guest.get("/practices/?q=швеями&size=MIDDLE&module=4").text
    nothing = guest.get("/practices/?q=хор&size=неизвестный&page=9").text

    assert "Пары по запросу" in found
    assert "Ничего не нашлось" in nothing


def test_school_says_once_what_it_is_like(sign_in, published, other):
    browser = sign_in(other)

    answer = browser.post("/practices/school", data={"place": "CITY", "size": "SMALL"})

    assert answer.location == "/practices/?place=CITY&size=SMALL"
    assert "Похожие на нас" in browser.get("/practices/").text


def test_school_takes_a_practice_on_the_page(sign_in, guest, published, other):
    said = {"said": "Сложились три пары."}
    sign_in(other).post(f"{URL}take", data=said)

    assert "Сложились три пары." in guest.get(URL).text
    assert "взяли: 1" in guest.get("/practices/").text


def test_question_is_read_by_the_team_and_whoever_asked(
    sign_in, guest, published, other, member
):
    sign_in(other).post(f"{URL}questions", data={"text": "Где ключ?"})
    sign_in(member).post(f"{URL}questions/1", data={"text": "У завхоза."})

    read = [browser.get(URL).text for browser in (guest, sign_in(other))]

    assert ["Где ключ?" in page for page in read] == [False, True]
    assert "У завхоза." in read[1]


def test_bank_asks_no_more_of_the_database_when_it_is_full(
    guest, published, count_statements
):
    def statements():
        with count_statements() as asked:
            guest.get("/practices/")
            guest.get(f"/practices/{published.id}/")
        return len(asked)

    before = statements()
    facts = {c.key: getattr(published, c.key) for c in Practice.__table__.columns}
    for number in range(3):
        school = save(School(name=f"Школа № {number}", municipality="Бердск"))
        use = {"practice_id": published.id, "user_id": published.asked_by_id}
        save(PracticeUse(**use, school=school, said="Взяли."))
    copies(published.attempt, facts)

    assert (statements(), count(Practice)) == (before, 4)


def copies(attempt, facts):
    """Store three more cards in the bank, of attempts that follow."""
    for number in (2, 3, 4):
        later = Attempt(
            submission_id=attempt.submission_id,
            number=number,
            revision_id=attempt.revision_id,
            fields=[],
            sent_by_id=attempt.sent_by_id,
        )
        save(later)
        save(Practice(**facts | {"id": None, "attempt_id": later.id}))
    db.session.expire_all()


def test_lesson_shows_practices_and_is_kept_until_they_change(
    sign_in, published, captain, other, module
):
    browser = sign_in(other)
    first = browser.get(f"/modules/{module.slug}/")
    again = {"If-None-Match": first.headers["ETag"]}
    kept = browser.get(f"/modules/{module.slug}/", headers=again).status_code

    withdraw(published, captain=captain)

    after = browser.get(f"/modules/{module.slug}/", headers=again)
    assert ("Как это сделали школы" in first.text, kept) == (True, 304)
    assert (after.status_code, "Пары по запросу" in after.text) == (200, False)


@pytest.mark.parametrize(
    ("action", "typed"),
    [
        ("questions", {"text": "Кто открывал зал?"}),
        ("questions", {"text": "Кто открывал зал?" * 100}),
        ("take", {"said": "Кто открывал зал?"}),
    ],
    ids=["question", "too long", "take"],
)
def test_words_about_a_card_withdrawn_meanwhile_are_handed_back(
    sign_in, published, captain, other, action, typed
):
    withdraw(published, captain=captain)

    answer = sign_in(other).post(f"{URL}{action}", data=typed)

    assert answer.status_code == 409
    assert "Карточку отозвали" in answer.text
    assert "Кто открывал зал?" in answer.text


def test_name_in_what_came_of_a_card_is_refused_at_its_field(sign_in, published, other):
    typed = {"said": "Помогла Седова Анна."}

    page = sign_in(other).post(f"{URL}take", data=typed).text

    assert "Уберите имена и контакты" in page
    assert 'value="Помогла Седова Анна."' in page


def test_search_of_the_site_leads_to_the_bank(sign_in, published, other):
    page = sign_in(other).get("/search/?q=швея").text

    assert "В банке практик: 1" in page
    assert 'href="/practices/?q=%D1%88%D0%B2%D0%B5%D1%8F"' in page


def test_refused_answer_stands_at_its_own_question(sign_in, published, other, member):
    browser = sign_in(other)
    for text in ("Где ключ?", "Кто вёл?"):
        browser.post(f"{URL}questions", data={"text": text})

    page = sign_in(member).post(f"{URL}questions/2", data={"text": "ы" * 2001}).text

    _, first, second = page.split("<textarea")[:3]
    assert ("ыы" in first, "ыы" in second) == (False, True)


def test_nobody_agrees_without_choosing_an_answer(sign_in, card, captain, member):
    ask_team(card, captain=captain)

    data = {"version": 1, "agrees": ""}
    page = sign_in(member).post(f"{URL}answer", data=data).text

    assert "за вас сайт не отвечает" in page
    assert card.state is PracticeState.CONSENT
