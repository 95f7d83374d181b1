"""The typefaces of the site: the one in its package, subset for the web."""

import re
from pathlib import Path

import fontpkg_onest

from lms.core.config import ROOT

# What PDFs are set in. The two after Onest are a part of typst, on every machine.
FONTS = ["Onest", "Libertinus Serif", "DejaVu Sans Mono"]
WEB_FONT = ROOT / "static" / "fonts" / "onest-2.1-400-700.woff2"
# From plain to bold, as the style sheets use them: half of the file is other weights.
WEIGHTS = (400, 700)
# Basic Latin, Latin-1, Cyrillic with its supplement, punctuation, №, ₽, arrows.
LETTERS = [
    *range(0x20, 0x180),
    *range(0x400, 0x530),
    *range(0x2010, 0x2040),
    0x20BD,
    0x2116,
    *range(0x2190, 0x2194),
    0x2212,
]
_UNKNOWN_SIGN = re.compile(r"the text `\"(.+?)\"`")


def installed_font() -> Path:
    """Return the variable TTF with every weight and letter."""
    folder: Path = fontpkg_onest.ROOT / "files"
    return folder / "Onest[wght].ttf"


def sign_without_font(complaint: str) -> str:
    """Return the sign about which typst complains that no font has it, or nothing."""
    found = _UNKNOWN_SIGN.search(complaint)
    return found[1] if found else ""


def make_web_font() -> Path:
    """Write one small woff2 with Latin and Cyrillic, from plain to bold."""
    # Half a second to import, for something done once: at set-up.
    from fontTools.subset import Options, Subsetter, load_font, save_font
    from fontTools.varLib.instancer import instantiateVariableFont

    WEB_FONT.parent.mkdir(parents=True, exist_ok=True)
    options = Options(flavor="woff2")
    font = load_font(str(installed_font()), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    draft = WEB_FONT.with_suffix(".draft")
    save_font(instantiateVariableFont(font, {"wght": WEIGHTS}), str(draft), options)
    # Everybody's, whatever this process keeps to itself: a server may send it.
    WEB_FONT.parent.chmod(0o755)
    draft.chmod(0o644)
    return draft.replace(WEB_FONT)
