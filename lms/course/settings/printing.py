"""What certificates could not print: found before it is saved and frozen.

A certificate is an archive PDF and refuses a sign that no font has, or a picture that
is not whole. Frozen with a cohort, either would stop every issue.
"""

import json

from lms.core.config import ROOT
from lms.core.fonts import FONTS, installed_font, sign_without_font

PAGE = ROOT / "templates" / "course" / "settings" / "printed.typ"


def unprintable_sign(text: str) -> str:
    """Return what of a text has no letter in the fonts of certificates, or nothing."""
    complaint = _complaint(text=text)
    return sign_without_font(complaint) or complaint


def can_be_printed(picture: bytes) -> bool:
    """Tell whether a picture is whole and of a kind that an archive PDF takes."""
    return not _complaint(picture=picture)


def _complaint(*, text: str = "", picture: bytes = b"") -> str:
    printed = {"fonts": FONTS, "text": text, "picture": list(picture)}
    import typst

    try:
        typst.Compiler(
            str(PAGE),
            font_paths=[str(installed_font().parent)],
            ignore_system_fonts=True,
            sys_inputs={"printed": json.dumps(printed)},
        ).compile(format="pdf", pdf_standards=["a-2a", "ua-1"])
    except typst.TypstError as error:
        return str(error)
    return ""
