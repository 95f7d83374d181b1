"""Letters about certificates that waited while something else happened."""

import pytest

from lms.outcomes.certificates.services import (
    CORRECTED,
    replace_certificate,
    revoke_certificate,
)
from tests.conftest import letters


def subjects():
    return [letter["subject"].partition(":")[0] for letter in letters()]


def test_letter_about_a_certificate_goes_while_it_is_valid(certificate):
    assert subjects() == ["Ваш сертификат"]


def test_letter_about_a_certificate_revoked_meanwhile_goes_nowhere(certificate, admin):
    revoke_certificate(certificate, reason="Выдан по ошибке", actor=admin)

    assert subjects() == ["Сертификат отозван"]


@pytest.mark.parametrize("is_late", [True, False])
def test_letter_about_a_certificate_replaced_meanwhile_goes_nowhere(
    certificate, admin, is_late
):
    before = [] if is_late else subjects()
    words = {name: getattr(certificate, name) for name in CORRECTED}
    words["school_name"] = "Школа № 21"

    replace_certificate(certificate, corrected=words, actor=admin)

    assert subjects() == [*before, "Исправленный сертификат"]
