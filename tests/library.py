"""Documents of the library as editors put them there."""

from lms.network.library.exchange import take_document
from lms.network.library.models import DocumentKind
from lms.network.library.services import Edition, add_document, replace_document
from lms.schools.teams.permissions import active_membership

WORDS = {
    "kind": DocumentKind.RULES,
    "title": "Положение о наставничестве",
    "about": "Для школы, где пары складываются впервые.",
    "source": "Занятие 4 курса",
    "author_school_id": None,
}


def pdf(text):
    """A file whose bytes are its own."""
    return b"%PDF-1.4\n" + text.encode()


def put_in(editor, text="первый", **words):
    """A document with one edition."""
    edition = Edition("polozhenie.pdf", pdf(text))
    return add_document(WORDS | words, edition, editor=editor)


def renew(document, editor, text="второй", *, seen=None, form_key=None):
    """Put a new edition into the place of the present one."""
    edition = Edition("new.pdf", pdf(text), changes="Добавлен отбор.")
    seen = seen or document.number
    facts = {"seen": seen, "editor": editor, "form_key": form_key}
    replace_document(document, edition, **facts)


def take(document, user, said=""):
    """Take a document for the school of a member."""
    school = active_membership(user).team.school
    take_document(document, said, school=school, user=user)
