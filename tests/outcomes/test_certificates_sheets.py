"""The registry as a workbook: the rows of the page, and a sheet to sign."""

import io
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from lms.core.language import today
from lms.course.cohorts.models import Cohort
from lms.outcomes.certificates import services
from lms.outcomes.certificates.sheets import RECEIPTS, REGISTRY, workbook_of
from lms.outcomes.certificates.views import registry
from tests.achievements import finish
from tests.conftest import save


@pytest.fixture
def sheets(sign_in, admin):
    """Return a function that downloads the workbook: its sheets as lists of rows."""
    browser = sign_in(admin)

    def download(query=""):
        with browser.get(f"/certificates/registry.xlsx?{query}") as answer:
            book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    return download


def test_workbook_holds_the_registry_and_a_sheet_to_sign(sheets, certificate):
    (head, line), (receipts, receipt) = sheets()

    assert (head, receipts) == ([*REGISTRY], [*RECEIPTS])
    assert line[1] == receipt[3] == certificate.number
    assert line[2] == receipt[4] == certificate.issued_on
    assert line[3] == receipt[1] == certificate.holder_name
    assert (line[8], receipt[2], receipt[5]) == ("действителен", "сертификат", "")


def test_both_sheets_print_their_head_and_title_on_every_page(certificate):
    with ZipFile(io.BytesIO(workbook_of([certificate]))) as book:
        titles = book.read("xl/workbook.xml").decode()
        pages = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]

    assert titles.count("_xlnm.Print_Titles") == 2
    assert ["&amp;BРеестр" in pages[0], "&amp;BВедомость" in pages[1]] == [True, True]
    assert "Выдал(а)" in pages[1]


@pytest.mark.parametrize("asked", ["state=REVOKED", "cohort={other}"])
def test_each_filter_of_the_page_holds_for_the_workbook(sheets, certificate, asked):
    other = save(Cohort(name="Другой", calendar="two_years", starts_on=today())).id

    assert len(sheets(asked.format(other=other))[0]) == 1


def test_void_certificate_is_told_and_not_signed_for(sheets, certificate, admin):
    reason = "Выдан по ошибке"
    services.revoke_certificate(certificate, reason=reason, actor=admin)

    (_, line), receipts = sheets()

    assert line[8:] == ["отозван", reason]
    assert receipts == [[*RECEIPTS]]


def test_filters_of_the_page_hold_for_the_workbook(sheets, certificate):
    school = certificate.school_name.split()[0]

    assert len(sheets(f"words={school}")[0]) == 2
    assert len(sheets("words=Нетакой")[0]) == 1


def test_workbook_of_too_many_asks_to_choose(
    sign_in, admin, certificate, member, accepted, cohort, monkeypatch
):
    services.issue_certificate(finish(member, accepted), cohort, actor=admin)
    monkeypatch.setattr(registry, "MOST_ROWS", 1)

    page = sign_in(admin).get("/certificates/registry.xlsx", follow_redirects=True)

    assert "Выберите поток, год или школу." in page.text
