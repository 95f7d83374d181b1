"""A card as a Word document, of the same words as its page."""

from collections.abc import Sequence

from lms.core.documents import bytes_of, new_document
from lms.core.fields import printable
from lms.network.practices.consents import Consents


def word_card(consents: Consents, *, about: Sequence[str]) -> bytes:
    """Return the card with a heading for each field, and where it comes from."""
    practice = consents.practice
    document = new_document(practice.title)
    document.add_paragraph(printable(practice.title), style="Title")
    for line in about:
        document.add_paragraph(printable(line))
    for part in consents.shown:
        document.add_heading(part.value, level=1)
        for line in practice.text_of(part).splitlines():
            if line.strip():
                document.add_paragraph(printable(line))
    return bytes_of(document)
