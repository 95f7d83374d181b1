"""The printed map of personal data says what the tables declare."""

import pytest
from markupsafe import escape

from lms.core.personal import OnErase, Purpose, Term, declarations
from lms.core.retention import terms
from lms.overview.dossier.entries import parts_of_map, term_of

MAP = "/accounts/data/map"


def test_guest_reads_everything_that_is_declared(guest):
    page = guest.get(MAP).text

    for table, one in declarations.items():
        assert str(escape(one.title)) in page, table


@pytest.mark.parametrize("purpose", list(Purpose))
def test_map_has_the_purposes_of_the_consent(guest, purpose):
    assert purpose.value in guest.get(MAP).text


def test_consent_leads_to_the_map_and_the_map_to_the_consent(guest):
    assert f'href="{MAP}"' in guest.get("/accounts/consent/text").text
    assert 'href="/accounts/consent/text"' in guest.get(MAP).text


def test_tables_of_one_title_are_one_entry(app):
    titles = [
        (part.purpose, kind, entry.title)
        for part in parts_of_map(of_staff=False)
        for kind, entries in part.groups.items()
        for entry in entries
    ]

    assert len(titles) == len(set(titles))


def test_sign_ins_are_kept_as_long_as_the_job_of_the_night_keeps_them(app):
    days = terms["sign_in.created_at"].lasts.days

    assert term_of("sign_in", Term.NIGHTLY).split() == [str(days), "дней"]


def test_certificate_stays_and_a_draft_of_ones_own_goes(app):
    assert declarations["certificate"].on_erase is OnErase.KEPT
    assert OnErase.DELETED in declarations["draft_field"].of.values()
