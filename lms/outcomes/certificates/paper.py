"""The PDF of a certificate; made once, at the issue, and stored for good."""

import json
import logging
import re
import unicodedata
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit

import typst
from fontTools.ttLib import TTFont

from lms.core.config import ROOT
from lms.core.errors import RuleError
from lms.core.fonts import FONTS, installed_font, sign_without_font
from lms.core.language import full_day
from lms.core.links import site_link
from lms.core.qr import draw_qr
from lms.core.storage import open_stored
from lms.outcomes.certificates import wording
from lms.outcomes.certificates.models import Certificate

logger = logging.getLogger(__name__)

TEMPLATE = ROOT / "templates" / "outcomes" / "certificates" / "certificate.typ"
_LONG_WORD = re.compile(r"[^\s\-]{30,}")


def make_pdf(certificate: Certificate) -> bytes:
    """Set a certificate that is about to be stored; only its own facts are used.

    PDF/A refuses a sign that no font has. Then the fonts of the machine may help;
    then a picture in the name of a team is left out. A letter is never left out.
    """
    facts = _facts(certificate)
    moment = int(certificate.issued_at.timestamp())
    try:
        return _compile(facts, moment)
    except typst.TypstError:
        logger.warning("certificate %s: fonts of the machine", certificate.number)
    facts |= {key: _without_pictures(facts[key]) for key in ("name", "team_line")}
    try:
        return _compile(facts, moment, machine_fonts=True)
    except typst.TypstError as error:
        logger.warning("certificate %s: %s", certificate.number, error)
        sign = sign_without_font(str(error))
        what = f"знак «{sign}»" if sign else f"имя «{certificate.holder_name}»"
        raise RuleError(
            f"В шрифтах сайта нет, чем написать {what}. Сертификат не выдан."
            " Исправьте имя или название и выдайте его снова."
        ) from None


def draw_picture(certificate: Certificate, *, ppi: float) -> bytes:
    """Return what the paper looks like as a PNG, for a page of its holder."""
    return _draw(_facts(certificate), ppi)


def draw_specimen(certificate: Certificate, *, ppi: float) -> bytes:
    """Return a certificate that nobody holds as a PNG; its code leads nowhere."""
    nothing = draw_qr("Образец", border=0, dark="#1c2430", xmldecl=False).decode()
    where = {"qr": nothing, "address": "Проверка: на сайте курса"}
    return _draw(_facts(certificate) | where, ppi)


def _draw(facts: dict[str, Any], ppi: float) -> bytes:
    return cast(bytes, _compiler(facts).compile(format="png", ppi=ppi))


def _compile(
    facts: dict[str, Any], moment: int, *, machine_fonts: bool = False
) -> bytes:
    """Run typst for a PDF that is stored for good."""
    pdf = _compiler(facts, machine_fonts=machine_fonts).compile(
        format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=moment
    )
    return cast(bytes, pdf)


def _compiler(facts: dict[str, Any], *, machine_fonts: bool = False) -> typst.Compiler:
    """Make a compiler of one's own, because a shared one refuses to work."""
    return typst.Compiler(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(installed_font().parent)],
        ignore_system_fonts=not machine_fonts,
        sys_inputs={"certificate": json.dumps(facts, ensure_ascii=False)},
    )


def _facts(certificate: Certificate) -> dict[str, Any]:
    """Everything that is printed, as text."""
    link = site_link("certificates.verify", code=certificate.code)
    site, day = urlsplit(link), certificate.issued_on
    works = [m for m in certificate.modules if m["work"] == "accepted"]
    name = _printable(certificate.holder_name)
    team_line = _printable(
        wording.team_line(
            certificate.team_name, certificate.school_name, certificate.municipality
        )
    )
    return {
        "number": certificate.number,
        "publisher": "Точка сборки",
        "community": _printable(certificate.issuer or "методическое сообщество"),
        "fonts": FONTS,
        "name": name,
        "name_fonts": _fonts_for(name),
        "team_line": team_line,
        "team_fonts": _fonts_for(team_line),
        "course": _printable(wording.quoted(certificate.course_title)),
        "outcome": wording.outcome(
            certificate.hours,
            lessons=sum(bool(m["position"]) for m in certificate.modules),
            works=len(works),
            has_plan=any(m["by"] == "team" for m in works),
        ),
        "points": _points(certificate),
        "signer": _printable(certificate.signer),
        "position": _printable(certificate.signer_position or ""),
        "signature": _picture(certificate.signature_sha256),
        "date": full_day(day),
        "day": [day.year, day.month, day.day],
        "qr": draw_qr(link, border=0, dark="#1c2430", xmldecl=False).decode(),
        "address": f"Проверка: {site.netloc}{site.path.rpartition('/')[0]}",
        "code": certificate.code,
    }


def _points(certificate: Certificate) -> list[dict[str, Any]]:
    """Return the lessons that have a number, each with whether its work counted."""
    return [
        {
            "label": str(module["position"]),
            "title": _printable(module["title"]),
            "done": module["work"] == "accepted",
        }
        for module in certificate.modules
        if module["position"]
    ]


def _picture(sha256: str | None) -> list[int]:
    """Return the bytes of a stored picture, as numbers: so JSON takes them."""
    if not sha256:
        return []
    with open_stored(sha256) as stored:
        return list(stored.read())


def _printable(text: str) -> str:
    """Compose letters from their parts, and let an endless word be broken."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    zero_width_space = "\N{ZERO WIDTH SPACE}"
    return _LONG_WORD.sub(lambda word: zero_width_space.join(word[0]), composed)


def _without_pictures(text: str) -> str:
    pictures = {"So", "Sk", "Cf", "Cn", "Co"}
    kept = [
        sign
        for sign in text.replace("\N{VARIATION SELECTOR-16}", "")
        if ord(sign) in _letters() or unicodedata.category(sign) not in pictures
    ]
    return " ".join("".join(kept).split()).replace(" »", "»")


def _fonts_for(text: str) -> list[str]:
    """Set a whole text in one hand: a strange letter takes its neighbours along."""
    onest, *others = FONTS
    missing = {ord(letter) for letter in text if letter.isalpha()} - _letters()
    return [*others, onest] if missing else FONTS


@cache
def _letters() -> frozenset[int]:
    with TTFont(installed_font(), lazy=True) as font:
        return frozenset(font.getBestCmap())
