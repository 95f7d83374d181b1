"""The browser's side of being signed in: one secret in the session cookie.

The database knows the secret's SHA-256, so removing a row there signs the browser
out at its next request, wherever it is.
"""

import sqlalchemy as sa
from flask import (
    Flask,
    Request,
    Response,
    after_this_request,
    current_app,
    request,
    session,
    url_for,
)
from flask.sessions import (
    SecureCookieSession,
    SecureCookieSessionInterface,
    SessionMixin,
)
from itsdangerous import BadSignature

from lms.core.access import PUBLIC, rule_of
from lms.core.database import utcnow
from lms.core.errors import wants_json
from lms.core.extensions import db, login_manager
from lms.identity.accounts.models import SignIn, User
from lms.identity.accounts.sign_ins import (
    find_signed_in,
    needs_code,
    open_sign_in,
    sign_out,
)

SECRET = "sign_in"  # noqa: S105 – a name, not a secret
HALF, HALF_LASTS = "half_sign_in", 10 * 60


class PersonalSessions(SecureCookieSessionInterface):
    """Keep cookies out of answers that are the same for everybody.

    Flask-Login looks into the session at every request, and Flask then says
    `Vary: Cookie`: no shared cache would keep a style sheet.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie, whatever the clock of the server says.

        How long a sign-in lasts, the database knows; a signature made tomorrow, by a
        clock that has been set back since, would be refused.
        """
        serializer = self.get_signing_serializer(app)
        cookie = request.cookies.get(self.get_cookie_name(app))
        if serializer is None or not cookie:
            return self.session_class() if serializer else None
        try:
            return self.session_class(serializer.loads(cookie))
        except BadSignature:
            return self.session_class()

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Send the cookie, if it changed, with an answer to one person."""
        if not response.cache_control.public:
            super().save_session(app, session, response)


def register_sessions(app: Flask) -> None:
    """Tell Flask-Login who looks at the page."""
    app.session_interface = PersonalSessions()
    # Its own protection ties a session to an address, and phones change theirs.
    app.config["SESSION_PROTECTION"] = None

    @login_manager.request_loader
    def load(_request: Request) -> User | None:
        secret = browser_secret()
        return find_signed_in(secret, is_used=_is_used()) if secret else None


def _is_used() -> bool:
    """Tell a person's own request from a page that asks by itself.

    On pages for everybody it is not known when somebody is first asked for.
    """
    by_itself = request.method == "GET" and wants_json()
    is_public = rule_of(current_app, request.endpoint or "static") == PUBLIC
    return not by_itself and not is_public


def browser_secret() -> str:
    """Return the secret that this browser holds, or nothing."""
    return str(session.get(SECRET, ""))


def this_browser() -> str:
    """Return the token hash by which the database knows this browser."""
    return SignIn.digest(browser_secret())


def begin_session(secret: str) -> None:
    """Keep the secret of a new sign-in; whatever this browser held before goes."""
    session.clear()
    session.permanent = True
    session[SECRET] = secret


def begin_session_of(user_id: int) -> None:
    """Sign a person in who just proved by a link who they are.

    Who has a second factor is asked for it first.
    """
    if needs_code(user_id):
        begin_half(user_id)
    else:
        begin_session(open_sign_in(user_id, user_agent=request.user_agent.string))


def begin_half(user_id: int) -> None:
    """Keep for a while that the password was right, until the code is."""
    session.clear()
    session[HALF] = [user_id, utcnow().timestamp(), _mark_of_password(user_id)]


def half_signed_in() -> int:
    """Return the number of the person whose code is still to come, or 0.

    The cookie knows which password was right: with another one it is worth nothing.
    """
    user_id, since, mark = session.get(HALF, (0, 0, ""))
    if abs(utcnow().timestamp() - since) >= HALF_LASTS:
        return 0
    return int(user_id) if _mark_of_password(user_id) == mark else 0


def _mark_of_password(user_id: int) -> str:
    stored = sa.select(User.password_hash).where(User.id == user_id)
    return SignIn.digest(db.session.scalar(stored) or "")


def end_session() -> None:
    """Sign this browser out."""
    after_this_request(_forget_pages)
    sign_out(browser_secret())
    session.clear()


def next_page() -> str:
    """Return where the person was going: `next` of the address, if it is ours.

    Browsers read `//host` and `/\\host` as another site, and drop line breaks.
    """
    path = request.args.get("next", "")
    ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if ours and path.isprintable() else url_for("home.start")


def _forget_pages(response: Response) -> Response:
    """Leave nothing of a person's pages to whoever presses «Назад» after them."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
