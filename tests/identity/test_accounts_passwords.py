"""Which passwords are taken, and how they are stored."""

import pytest

from lms.core.errors import RuleError
from lms.identity.accounts.passwords import check_strength, hash_password, is_password
from tests.conftest import PASSPHRASE


@pytest.mark.parametrize(
    "password", [PASSPHRASE, "Tochka2026-опора", "98 попугаев в школе"]
)
def test_good_password_is_taken(password):
    check_strength(password, "oleg@school.ru", "Орлов Олег")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("коротко", "10 знаков"),
        ("а б в" * 60, "длиннее"),
        ("1234567890", "подбирают"),
        ("йцукенгшщз", "подбирают"),
        ("Qwerty123456", "подбирают"),
        ("P@ssw0rd2026", "подбирают"),
        ("Пароль-12345", "подбирают"),
        ("аааааааааааа", "подбирают"),
        ("Лампа, берег, четверг", "подбирают"),
        ("tochka-sborki", "подбирают"),
        ("Олег-Орлов-1980", "имя или почту"),
        ("petrov.oleg@school.ru", "имя или почту"),
    ],
)
def test_easy_password_is_refused(password, why):
    with pytest.raises(RuleError, match=why):
        check_strength(password, "petrov.oleg@school.ru", "Орлов Олег")


def test_same_password_from_another_keyboard_is_the_same(app):
    stored = hash_password("ёжик в тумане йод")

    assert is_password("е\u0308жик в тумане и\u0306од", stored)
