"""Which passwords are taken, and how they are stored."""

from types import SimpleNamespace

import pytest

from lms.core.errors import RuleError
from lms.identity.accounts import passwords
from lms.identity.accounts.passwords import check_strength, hash_password, is_password
from tests.conftest import PASSPHRASE


@pytest.mark.parametrize(
    "password",
    [
        PASSPHRASE,
        "Tochka2026-опора",
        "98 попугаев в школе",
        "xK9#mP2$vL5!",
        "три кота и самовар",
        "correct horse battery",
        "gjgeufq ujdjhbn 7",
    ],
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
        ("Summer2026!", "подбирают"),
        ("chocolate12", "подбирают"),
        ("2026-Chocolate-Chocolate", "подбирают"),
        ("1987basketball", "подбирают"),
        ("пароль2026год", "подбирают"),
        ("ghbdtnvbh2026", "подбирают"),
        ("зфыыцщкв2026", "подбирают"),
        ("Наташа-1990", "подбирают"),
        ("Мария.Сентябрь.2026", "подбирают"),
        ("1qaz2wsx3edc", "подбирают"),
        ("zaq12wsxcde3", "подбирают"),
        ("qwe asd zxc 123", "подбирают"),
        ("ЯчсмитьЯчсмить7", "подбирают"),
        ("poiuytrewq1!", "подбирают"),
        ("!@#$%^&*()_+", "подбирают"),
        ("19051980-2026", "подбирают"),
        ("123456789012a", "подбирают"),
        ("Abcdefgh-2026", "подбирают"),
        ("Лампа, берег, четверг", "подбирают"),
        ("tochka-sborki", "подбирают"),
        ("1z2x3c4v5b", "подбирают"),
        ("123qwe123qwe", "подбирают"),
        ("йцукен-привет-фывап", "подбирают"),
        ("ch0c0late31", "подбирают"),
        ("$ummer-2026", "подбирают"),
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


@pytest.mark.parametrize("sign", ["а", "\ufdfa", "a"])
def test_endless_password_is_refused_before_any_work(app, sign, monkeypatch):
    asked = []
    normalizer = SimpleNamespace(normalize=lambda *said: asked.append(said))
    monkeypatch.setattr(passwords, "unicodedata", normalizer)

    with pytest.raises(RuleError, match="длиннее"):
        check_strength(sign * 201)

    assert not is_password(sign * 201, "")
    assert asked == []


def test_longest_password_is_judged_at_once():
    with pytest.raises(RuleError, match="подбирают"):
        check_strength("парольпарольмаша"[:16] * 12)
