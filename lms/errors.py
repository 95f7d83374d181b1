"""How mistakes reach people."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, Unauthorized


class RuleError(Exception):
    """A rule of the course forbids the action; the text is shown as it is."""


def register_error_pages(app: Flask) -> None:
    """Give every error a page in the language of the site."""

    @app.errorhandler(RuleError)
    def rule_broken(error: RuleError) -> ResponseReturnValue:
        if wants_json():
            return {"error": str(error)}, 409
        return render_template("errors/rule.html", message=str(error)), 409

    @app.errorhandler(CSRFError)
    @app.errorhandler(Unauthorized)
    def form_expired(error: HTTPException) -> ResponseReturnValue:
        """Hand back what was typed: the texts are on the page, ready to be copied.

        The form could not be trusted, so nothing of it was carried out.
        """
        code = error.code or 400
        if wants_json():
            return {"error": "Вход закончился. Войдите снова в другой вкладке."}, code
        page = "errors/form_expired.html"
        return render_template(page, texts=typed_texts()), code

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        code = error.code or 500
        if wants_json():
            return {"error": error.description}, code
        if code >= 500:
            return app.jinja_env.get_template("errors/500.html").render(), code
        pages = [f"errors/{code}.html", "errors/other.html"]
        return render_template(pages, error=error), code


def typed_texts() -> list[tuple[str, str]]:
    """Return what a person typed into the form, without what is secret or chosen."""
    return [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name != "csrf_token" and "password" not in name and len(text) > 1
    ]


def wants_json() -> bool:
    """Scripts of our own pages ask for JSON; a browser going to a page does not."""
    return request.accept_mimetypes.best == "application/json"
