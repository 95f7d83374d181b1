"""The wording of the journal."""

import re

import pytest

from lms.identity.audit.models import AuditEvent
from lms.identity.audit.sentences import details_of, sentence_of


def test_what_has_no_wording_reads_as_it_was_stored():
    event = AuditEvent(action="сделано иначе")

    assert sentence_of(event, "Опора") == ("сделано иначе: ", "Опора", "")


def test_older_row_without_the_fact_reads_as_its_action():
    event = AuditEvent(action="проверка передана", after={})

    assert sentence_of(event, "X").before == "проверка передана: "


def test_only_what_differs_is_shown():
    event = AuditEvent(before={"а": 1, "б": 2}, after={"а": 1, "в": 3})

    assert details_of(event, {}) == [("б", "2", ""), ("в", "", "3")]


@pytest.mark.parametrize(
    "facts",
    [
        {"course_title": "К", "hours": 36, "signer": "И", "quiz_percent": 70},
        {"modules": [{"slug": "a", "module_id": 1, "by": "team", "title": "Т"}]},
        {"lesson": "2026-09-01 – без срока"},
        {
            "календарь": "intensive",
            "занятие": "lesson",
            "начало": "2026-09-01T17:00:00+03:00",
        },
    ],
)
def test_no_latin_word_reaches_the_details(app, facts):
    words = {"lesson": "4. Мост", "intensive": "Интенсив"}

    shown = details_of(AuditEvent(after=facts), words)

    assert shown
    assert not re.search("[A-Za-z]", " ".join(text for row in shown for text in row))
