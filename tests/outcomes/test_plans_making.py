"""A long plan costs the site no more than it is known to cost beforehand."""

import pytest

from lms.core.errors import RuleError
from lms.outcomes.plans import making
from lms.outcomes.plans.making import document_of
from lms.outcomes.plans.paper import Paper, PaperParagraph, PaperSection

ROWS = "<tr><td>а</td></tr>"
BEGINNINGS = {"docx": b"PK", "pdf": b"%PDF-"}


def paper(rows=0, actions=0):
    """A plan of two paragraphs, one of them a table."""
    texts = {"Карта": f"<table>{ROWS * (rows + 1)}</table>", "Кто": "<p>Анна</p>"}
    paragraphs = [PaperParagraph(label, html) for label, html in texts.items()]
    section = PaperSection("4. Наставничество", "Источник", paragraphs)
    lines = [["Опрос", "Анна", "1 мая", "впереди"]] * actions
    return Paper("Школа", "Команда", "сегодня", [section], lines)


@pytest.fixture
def no_child(monkeypatch):
    """No time at all for a child."""
    monkeypatch.setattr(making, "SECONDS", 0)


@pytest.fixture
def patience(monkeypatch):
    """Wait however long a busy machine needs."""
    monkeypatch.setattr(making, "SECONDS", 300)


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_short_plan_needs_no_child(no_child, kind):
    assert document_of(paper(), kind).startswith(BEGINNINGS[kind])


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_long_plan_is_made_in_a_child(patience, kind):
    assert document_of(paper(rows=1000), kind).startswith(BEGINNINGS[kind])


@pytest.mark.parametrize("size", [{"rows": 1000}, {"actions": 500}])
def test_long_plan_waits_for_nobody_in_the_site_itself(no_child, size):
    with pytest.raises(RuleError, match="через минуту"):
        document_of(paper(**size), "docx")


def test_plan_that_is_too_long_names_its_longest_paragraph(patience, monkeypatch):
    monkeypatch.setattr(making, "MEMORY", 1)

    with pytest.raises(RuleError, match="в абзаце «Карта» раздела «4"):
        document_of(paper(rows=1000), "docx")


def test_refusal_of_a_child_is_that_of_the_site(patience):
    broken = PaperParagraph("Пусто", "<table></table>" + "<p>а</p>" * 2000)
    section = PaperSection("4. Наставничество", "Источник", [broken])
    plan = Paper("Школа", "Команда", "сегодня", [section], [])

    with pytest.raises(RuleError, match="из-за абзаца «Пусто»"):
        document_of(plan, "pdf")
