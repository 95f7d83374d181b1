"""The library: six documents made of the course's own downloads."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.modules.files import files_of
from lms.course.modules.models import Module
from lms.demo.story import TeamStory, backdate
from lms.identity.accounts.models import User
from lms.network.library.exchange import take_document
from lms.network.library.models import (
    DocumentKind,
    DocumentUse,
    LibraryDocument,
    LibraryEdition,
)
from lms.network.library.services import (
    Edition,
    add_document,
    replace_document,
    withdraw_document,
)


class _Download(NamedTuple):
    """A file of a module, as a document of the library."""

    module: int
    file: str
    kind: DocumentKind
    title: str
    about: str


MAP = _Download(
    4,
    "karta-zaprosov.docx",
    DocumentKind.FORM,
    "Карта запросов: анкета, свод и карточка пары",
    "Классу и координатору наставников: от листков под знаком до пары с датой.",
)
RULES = _Download(
    5,
    "pravila-soobshestva.docx",
    DocumentKind.RULES,
    "Положение о сообществе школы в сети",
    "Семь правил, карточка модератора и проверка снимка перед публикацией.",
)
FUND = _Download(
    9,
    "pravila-i-otchet.docx",
    DocumentKind.RULES,
    "Правила сбора пожертвований и отчёт о них",
    "Совету школы: обсудить раньше, чем просить, и отчитаться через полгода.",
)
TALK = _Download(
    8,
    "razgovor-o-roste.docx",
    DocumentKind.METHOD,
    "Разговор о росте и нагрузке",
    "Завучу и учителю: ход разговора, после которого остаются запрос, пара и дата.",
)
PAGE = _Download(
    7,
    "strategiya-na-stranice.docx",
    DocumentKind.PLAN,
    "Стратегия школы на одной странице",
    "Лист для учительской и советов: что решили, кто ведёт, по чему видно.",
)
START = _Download(
    0,
    "list-starta-komandy.docx",
    DocumentKind.FORM,
    "Лист старта команды",
    "Четыре решения, о которых договариваются с директором до начала.",
)


def fill_library(
    modules: dict[int, Module], most: TeamStory, *, admin: User, tutor: User
) -> None:
    """Put six documents in; one is replaced, one withdrawn, one taken by a school."""
    chart = _added(MAP, modules, tutor, days_ago=60)
    _taken_by_most(chart, most)
    rules = _added(RULES, modules, admin, days_ago=52, valid_for=50)
    for number, one in enumerate((FUND, TALK, PAGE)):
        _added(one, modules, admin, days_ago=40 - 3 * number)
    start = _added(START, modules, tutor, days_ago=45)
    _replaced(rules, modules[5], tutor)
    note = "Лист изменился вместе с вебинаром: возьмите новый в занятии 0."
    withdraw_document(start, note, editor=admin)
    moment = utcnow() - timedelta(days=12)
    backdate(LibraryDocument, "id", start.id, withdrawn_at=moment)


def _added(
    one: _Download,
    modules: dict[int, Module],
    editor: User,
    *,
    days_ago: int,
    valid_for: int | None = None,
) -> LibraryDocument:
    module = modules[one.module]
    valid_from = today() - timedelta(days=valid_for) if valid_for else None
    words = {
        "kind": one.kind,
        "title": one.title,
        "about": one.about,
        "source": f"Заготовка из занятия {one.module} курса",
        "author_school_id": None,
    }
    edition = Edition(one.file, _content(module, one.file), valid_from)
    document = add_document(words, edition, editor=editor)
    _backdate_edition(document, moment=utcnow() - timedelta(days=days_ago))
    return document


def _replaced(rules: LibraryDocument, module: Module, editor: User) -> None:
    """A rule that schools asked for is added at the end of the document."""
    from docx import Document

    document = Document(BytesIO(_content(module, RULES.file)))
    document.add_heading("Если человек ушёл из сообщества", level=1)
    document.add_paragraph(
        "Модератор убирает его из списков в тот же день. Снимки, на которых он один,"
        " снимаем по первой просьбе, о снимках с другими спрашиваем всех."
    )
    changed = BytesIO()
    document.save(changed)
    edition = Edition(
        RULES.file,
        changed.getvalue(),
        today() - timedelta(days=5),
        "Добавлено правило: что делаем, когда человек ушёл.",
    )
    replace_document(rules, edition, seen=rules.number, editor=editor)
    _backdate_edition(rules, moment=utcnow() - timedelta(days=6))


def _backdate_edition(document: LibraryDocument, *, moment: datetime) -> None:
    """Let the present edition have come at a moment of the past."""
    newest = sa.select(LibraryEdition.id).filter_by(
        document_id=document.id, number=document.number
    )
    edition_id = db.session.scalars(newest).one()
    backdate(LibraryEdition, "id", edition_id, added_at=moment)
    backdate(LibraryDocument, "id", document.id, renewed_at=moment)


def _content(module: Module, name: str) -> bytes:
    if module.current_revision is None:
        raise LookupError("the course was not imported")
    return files_of(module.current_revision)[f"media/{name}"]


def _taken_by_most(chart: LibraryDocument, most: TeamStory) -> None:
    said = "Провели анкету в двух параллелях: 31 запрос за два вечера."
    school, captain = most.team.school, most.members[0]
    take_document(chart, said, school=school, user=captain)
    moments = {
        "taken_at": utcnow() - timedelta(days=31),
        "told_at": utcnow() - timedelta(days=9),
    }
    backdate(DocumentUse, "document_id", chart.id, **moments)
