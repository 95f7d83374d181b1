"""What forms make of the text that people type."""

import io

import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectChoice
from wtforms.validators import InputRequired

from lms.core.choices import TicksField
from lms.core.documents import add_table, bytes_of, new_document
from lms.core.fields import LineField, TextField, one_line, printable
from lms.core.tables import Table
from lms.core.workbooks import new_sheet, new_workbook


def test_breaks_of_word_become_line_breaks_and_other_signs_vanish():
    assert printable("Раз\x0bдва\x0cтри\x00\x08\x0e\x1f\ufffe\uffff\t.") == (
        "Раз\nдва\nтри\t."
    )


def test_workbook_holds_no_sign_that_xml_forbids():
    file = io.BytesIO()
    with new_workbook(file) as book:
        new_sheet(book, "Лист").write_row(0, 0, ["Опрос\x0bродителей\x01", 7])

    file.seek(0)
    (row,) = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).iter_rows()
    assert row == ["Опрос\nродителей", 7]


def test_table_of_a_word_document_holds_no_sign_that_xml_forbids():
    document = new_document("Отчёт")
    add_table(document, Table("", {"Что\x0b": 1}, [["Опрос\x0bродителей\x01"]]))

    (table,) = Document(io.BytesIO(bytes_of(document))).tables

    assert table.rows[1].cells[0].text == "Опрос\nродителей"


HIDDEN = [
    "\u202e",
    "\u2066",
    "\u061c",
    "\u200b",
    "\u00ad",
    "\u3164",
    "\u034f",
    "\ue000",
]


@pytest.mark.parametrize("sign", HIDDEN)
def test_name_with_a_hidden_sign_is_the_name_that_is_seen(sign):
    assert one_line(f"Ма{sign}як \u2028 Клин{sign}") == "Маяк Клин"


class NameForm(Form):
    """A form that asks for a name."""

    name = LineField("Имя", 20, InputRequired("Назовите."))


@pytest.mark.parametrize("typed", ["", "  ", "\u202e\u3164"])
def test_name_of_which_nothing_is_seen_is_none(typed):
    form = NameForm(MultiDict([("name", typed)]))

    assert not form.validate()
    assert form.name.errors == ["Назовите."]


def test_letters_of_two_signs_become_one():
    assert one_line("Бои\u0306ко Е\u0308лка") == "Бойко Ёлка"


class NoteForm(Form):
    line = LineField("Строка", 5)
    text = TextField("Слова", 5)


def test_what_is_pasted_is_refused_whole_and_cut_off_by_no_browser():
    form = NoteForm(MultiDict({"line": "Длинное", "text": "Длинное"}))

    assert not form.validate()

    assert form.line.errors == ["Не больше 5 знаков."]
    assert form.text.errors == ["Не больше 5 знаков: сократите текст."]
    for shown in (form.line(), form.text()):
        assert "Длинное" in shown
        assert "maxlength" not in shown


class TopicsForm(Form):
    topics = TicksField("Темы", choices=[SelectChoice(1, "Пары")], coerce=int)


def test_ticked_line_that_is_offered_no_more_is_refused_in_russian():
    form = TopicsForm(MultiDict([("topics", "1"), ("topics", "7")]))

    assert not form.validate()

    assert form.topics.errors == [TicksField.GONE]
