"""Search finds every kind of text in any form of its words, for whoever may see it."""

from cProfile import Profile

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.monitoring.projects.services import remove_row
from lms.overview.search.index import refresh
from lms.overview.search.models import Kind, Passage
from lms.overview.search.results import find, snippet_of
from lms.overview.search.words import LONGEST, read_wanted
from tests.conftest import count
from tests.projects import plan_event
from tests.works import send, send_back

HOSTILE = [
    '"',
    "«",
    "' OR 1=1 --",
    "a:*&|!",
    "NEAR(",
    "\x00",
    "-школа",
    "^*",
    "%_",
    "()",
]


def kinds_found(user, typed):
    return set(find(user, read_wanted(typed)).kinds)


@pytest.mark.parametrize(
    "typed",
    ["наставник", "наставникам", "НАСТАВНИКАМИ", "наста", "«опытный наставник»"],
)
def test_work_is_found_by_any_form_of_its_words(module, captain, team, typed):
    send(module, captain, team, zaprosy="Опытные наставники помогают детям.")

    assert Kind.WORK in kinds_found(captain, typed)


def test_words_of_a_phrase_stand_side_by_side(module, captain, team):
    send(module, captain, team, zaprosy="Наставники, опытные люди, помогают.")

    assert Kind.WORK not in kinds_found(captain, "«опытный наставник»")


def test_phrase_is_looked_for_among_the_newest_texts_that_have_its_words(
    module, captain, team, tutor, monkeypatch
):
    attempt = send(module, captain, team, zaprosy="Опытные наставники помогают детям.")
    send_back(attempt, tutor, summary="Где опытные наставники?")
    again = send(module, captain, team, zaprosy="Наставников стало больше.")
    send_back(again, tutor, summary="Наставники, а они опытные?")
    monkeypatch.setattr("lms.overview.search.results.ENOUGH", 1)

    kinds = kinds_found(tutor, "«опытный наставник»")

    assert kinds == {Kind.WORK}


def test_e_and_yo_are_one_letter(module, captain, team):
    send(module, captain, team, zaprosy="Приём зелёных отчётов.")

    assert Kind.WORK in kinds_found(captain, "прием зеленый отчет")


def test_remark_is_found_once_it_is_released(module, captain, team, tutor):
    attempt = send(module, captain, team)
    assert not kinds_found(captain, "крокодил")

    send_back(attempt, tutor, summary="Здесь нужны крокодилы.")

    assert kinds_found(captain, "крокодил") == {Kind.REMARK}


def test_line_of_the_plan_is_found_until_it_is_removed(team, captain, other):
    event = plan_event(team, captain, what="Ярмарка профессий")
    assert kinds_found(captain, "ярмарку") == {Kind.ACTION}
    assert not kinds_found(other, "ярмарку")

    remove_row(event, author=captain)

    assert not kinds_found(captain, "ярмарку")


def test_person_is_found_by_those_of_the_team(member, captain, other, tutor):
    name = member.full_name.split()[0]

    def finds(user):
        return any(p == member for p, _ in find(user, read_wanted(name)).people)

    assert finds(captain)
    assert finds(tutor)
    assert not finds(other)


def test_rebuilding_finds_the_same(module, captain, team):
    send(module, captain, team)
    before = count(Passage)

    refresh(anew=True)

    assert count(Passage) == before
    assert refresh() == 0


def test_lesson_that_has_not_opened_is_not_found(module, other, captain, cohort):
    typed = module.current_revision.title
    assert Kind.LESSON in kinds_found(captain, typed)

    for row in cohort.rows:
        row.opens_on = today().replace(year=today().year + 1)
    db.session.commit()

    assert Kind.LESSON not in kinds_found(captain, typed)


@pytest.mark.parametrize("typed", [*HOSTILE, "я" * (LONGEST + 1), "а " * 60])
def test_hostile_words_are_answered_by_a_page(sign_in, member, typed):
    response = sign_in(member).get("/search/", query_string={"q": typed})

    assert response.status_code == 200


def test_words_without_letters_are_refused():
    with pytest.raises(RuleError):
        read_wanted("!!! ???")


def test_page_marks_what_was_found(sign_in, module, captain, team):
    send(module, captain, team, zaprosy="Опытные наставники <b>помогают</b>.")

    page = sign_in(captain).get("/search/?q=наставник").text

    assert '<mark class="snippet__hit">наставники</mark>' in page
    assert "<b>" not in page


def test_snippet_is_where_the_words_stand_together():
    text = "Наставники есть. " + "Слово за словом. " * 40 + "Опытные наставники учат."

    snippet = snippet_of(text, read_wanted("опытный наставник"))

    assert [word for word, is_hit in snippet if is_hit] == ["Опытные", "наставники"]


def test_snippet_of_a_word_repeated_thousands_of_times_costs_its_words_once():
    words = 6600
    steps = Profile()

    snippet = steps.runcall(snippet_of, "слово " * words, read_wanted("слово"))

    assert sum(is_hit for _, is_hit in snippet) == 15
    assert sum(entry.callcount for entry in steps.getstats()) < 12 * words


def test_page_says_that_nothing_was_found(sign_in, captain):
    assert "Ничего не нашлось" in sign_in(captain).get("/search/?q=абракадабра").text
