"""Files that leave the site do no harm, and come back as they went."""

import pytest
from python_calamine import CalamineWorkbook

from lms.schools.enrolments.entries import Entry, read_entry
from lms.schools.enrolments.sheets import refused_lines, sample
from lms.schools.enrolments.tables import Line, read_table
from tests.lists import HEADINGS, as_csv, as_xlsx, line

FORMULAS = ['=HYPERLINK("http://x","y")', "+7 913", "-1", "@SUM(A1)"]
HOSTILE = [*FORMULAS, "<script>alert(1)</script>", "Робин'); DROP TABLE user;--"]


def lines_of(name):
    return [(Line(7, read_table(as_xlsx([HEADINGS, line(name)])).lines[0].cells), "х")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_sample_can_be_uploaded(kind):
    lines = read_table(sample(kind)).lines

    assert len(lines) == 2
    assert all(isinstance(read_entry(line), Entry) for line in lines)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", HOSTILE)
def test_refused_lines_come_back_as_they_went(kind, name):
    ((before, _),) = lines = (
        lines_of(name)
        if "=" not in name[:1]
        else [(Line(7, dict.fromkeys(["full_name", "email"], name)), "х")]
    )

    table = read_table(refused_lines(lines, kind))

    assert table.ignored == []
    assert table.lines[0].cells["full_name"] == before.cells["full_name"]


@pytest.mark.parametrize("name", FORMULAS)
def test_csv_holds_no_formula(name):
    lines = [(Line(7, {"full_name": name}), "нет почты")]

    content = refused_lines(lines, "csv").decode("utf-8-sig")

    assert "'" + name.replace('"', '""') in content
    assert f";{name}" not in content


@pytest.mark.parametrize("name", [*FORMULAS, "http://example.org", "12"])
def test_workbook_holds_texts_only(name, tmp_path):
    path = tmp_path / "refused.xlsx"
    path.write_bytes(refused_lines([(Line(7, {"full_name": name}), "х")], "xlsx"))

    row = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1]

    assert name in row


def test_guarding_sign_is_taken_off_again():
    content = as_csv([HEADINGS, line("'=Седова Анна")])

    assert read_table(content).lines[0].cells["full_name"] == "=Седова Анна"
