"""A letter as a page: its text in paragraphs, with one button to the site."""

import re
from dataclasses import dataclass

from flask import current_app, render_template

FOOT = "\n--\n"


@dataclass(frozen=True)
class Paragraph:
    """Some lines of a letter, and the address to which the button under them leads."""

    lines: list[str]
    button: str = ""


def page_of(subject: str, text: str) -> str:
    """Return a letter as HTML; what people wrote in it stays text."""
    body, mark, foot = text.rpartition(FOOT)
    return render_template(
        "core/letter.html",
        subject=subject,
        paragraphs=_paragraphs(body if mark else text),
        foot=[line for line in foot.splitlines() if mark and line.strip()],
    )


def _paragraphs(body: str) -> list[Paragraph]:
    """Put the button under the paragraph that names the first page of the site."""
    found = [part.splitlines() for part in re.split(r"\n\s*\n", body.strip())]
    paragraphs = [Paragraph(lines) for lines in found]
    own = re.compile(re.escape(current_app.config["LMS_URL"]) + r"/[^\s<>«»\"]+")
    for place, lines in enumerate(found):
        if link := own.search("\n".join(lines)):
            rest = [line for line in lines if line.strip() != link[0]]
            paragraphs[place] = Paragraph(rest, link[0].rstrip(".,;:)"))
            break
    return paragraphs
