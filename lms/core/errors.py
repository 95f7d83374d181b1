"""How mistakes reach people."""

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    NotFound,
    RequestEntityTooLarge,
    Unauthorized,
)

from lms.core.bucket import BucketError
from lms.core.extensions import db
from lms.core.schema import cause
from lms.core.troubles import LostFileError, UnavailableError, of_database

logger = logging.getLogger(__name__)

# What a script says to the person; a page says more, in templates/errors.
SHORT = {
    403: "Это действие вам недоступно.",
    404: "Этого больше нет или оно видно не всем. Обновите страницу.",
    413: "Файл или текст слишком большой.",
}
# Tokens, dates and values of lists; people type words, links, other letters.
CHOSEN = re.compile(r"(?!\w+://)[\w./:+-]*", re.ASCII)
FILES_AWAY = (
    "Хранилище файлов сейчас не отвечает. Ничего не пропало: откройте файл ещё раз"
    " через несколько минут."
)
FILE_LOST = (
    "Этот файл на сервере не открывается: он потерян или повреждён. Напишите"
    " организатору курса: файл вернут из резервной копии."
)
EXPIRED = "Вход закончился. Войдите снова в другой вкладке."


class RuleError(Exception):
    """A rule of the course forbids the action; the text is shown as it is."""


def register_error_pages(app: Flask) -> None:
    """Give every error a page in the language of the site.

    A page that refuses a form hands back what was typed, ready to be copied.
    """
    app.jinja_env.tests["refusal"] = is_refusal
    for kinds, answer in ANSWERS.items():
        for kind in kinds:
            app.register_error_handler(kind, answer)


def is_refusal(page: str) -> bool:
    """Tell whether a page says what went wrong, for its title to begin with that."""
    return 'role="alert"' in page


def wants_json() -> bool:
    """Scripts of our own pages ask for JSON; a browser going to a page does not."""
    return request.accept_mimetypes.best == "application/json"


def _rule_broken(error: RuleError) -> ResponseReturnValue:
    return _answer(409, ["errors/rule.html"], str(error))


def _files_out_of_reach(error: BucketError) -> ResponseReturnValue:
    """The storage of files is silent; pages without files go on."""
    logger.error("files are out of reach: %s", error.strerror)
    return _answer(503, ["errors/rule.html"], FILES_AWAY)


def _file_lost(error: LostFileError) -> ResponseReturnValue:
    """Say so of one file; nobody hears that all is in its place."""
    logger.error("file %s is lost or damaged", str(error)[:12])
    return _answer(503, ["errors/rule.html"], FILE_LOST)


def _form_expired(error: HTTPException) -> ResponseReturnValue:
    """Nothing of the form was carried out: it could not be trusted."""
    return _answer(error.code or 400, ["errors/form_expired.html"], EXPIRED)


def _does_not_fit(error: Exception) -> ResponseReturnValue:
    """No column holds such a number or day, so a reader finds nothing by it.

    SQLite's driver says it with an OverflowError.
    """
    db.session.rollback()
    logger.warning("what was sent fits no column", exc_info=error)
    reads = request.method in {"GET", "HEAD"}
    return _http_error(NotFound() if reads else BadRequest())


def _takes_nothing(error: UnavailableError) -> ResponseReturnValue:
    return _answer_bare(503, str(error))


def _database_takes_nothing(error: sa.exc.DBAPIError) -> ResponseReturnValue:
    """Tell a full disk and a lost database from a mistake of ours."""
    words = of_database(error)
    if not words:
        raise error
    logger.error("the database takes nothing: %s", cause(error))
    return _answer_bare(503, words)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    code = error.code or 500
    if code >= 500 and not wants_json():
        return _answer_bare(500, "")
    phrase = SHORT.get(code, f"Не получилось (код {code}). Попробуйте ещё раз.")
    if code == 429:
        phrase = error.description or phrase
    return _answer(code, [f"errors/{code}.html", "errors/other.html"], phrase)


ANSWERS: dict[tuple[type[Exception], ...], Callable[..., ResponseReturnValue]] = {
    (RuleError,): _rule_broken,
    (BucketError,): _files_out_of_reach,
    (LostFileError,): _file_lost,
    (CSRFError, Unauthorized): _form_expired,
    (sa.exc.DataError, OverflowError): _does_not_fit,
    (UnavailableError,): _takes_nothing,
    (sa.exc.OperationalError, sa.exc.InternalError): _database_takes_nothing,
    (HTTPException,): _http_error,
}


def _answer_bare(code: int, message: str) -> ResponseReturnValue:
    """Answer with a page that asks the database for nothing."""
    if wants_json():
        return {"error": message}, code
    page = current_app.jinja_env.get_template(f"errors/{code}.html")
    return page.render(message=message, texts=_typed_texts()), code


def _answer(code: int, pages: list[str], message: str) -> ResponseReturnValue:
    if wants_json():
        return {"error": message}, code
    facts = {"texts": _typed_texts(), "back": _page_before()}
    return render_template([*pages], message=message, code=code, **facts), code


def _typed_texts() -> list[str]:
    """Return what a person typed into the form, without secrets and choices."""
    texts: list[str] = []
    with suppress(RequestEntityTooLarge):
        for name, text in request.form.items(multi=True):
            if "password" not in name and not CHOSEN.fullmatch(text):
                texts.append(text)
    return texts


def _page_before() -> str:
    """Return the page of ours from which the form came, if the browser tells."""
    try:
        before = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    if before.netloc != request.host or before.path == request.path:
        return ""
    return before.path + (f"?{before.query}" if before.query else "")
