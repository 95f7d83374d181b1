"""What must be true before anybody is served."""

import sqlalchemy as sa
from flask import Flask

from lms.core.bucket import BucketError
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.file_store import file_store
from lms.core.schema import check_schema
from lms.course.settings.loading import my_settings
from lms.demo.cast import PASSWORD
from lms.demo.models import Demonstration
from lms.identity.accounts.models import User
from lms.identity.accounts.passwords import is_password
from lms.identity.accounts.permissions import ADMINS, among
from lms.setup.naming import refuse_nameless

# A domain in which nobody has a mailbox: the people of the demonstration live there.
INVENTED = "@example.org"


def check_foreign_server(app: Flask) -> None:
    """Refuse the demonstration to any server but the own one, then check the rest."""
    if app.config["LMS_DEMO"]:
        raise StartError("LMS_DEMO=1: пример показывает только python app.py.")
    check_start(app)


def check_start(app: Flask) -> None:
    """Refuse a database that is not that of this code and of this kind of site."""
    with app.app_context():
        check_schema(db.engine)
        if app.config["LMS_FILES"]:
            check_files()
        if app.config["LMS_PRODUCTION"]:
            refuse_demonstration()
            refuse_nameless()
        if app.config["LMS_DEMO"] and not is_demonstration():
            raise StartError(
                "LMS_DEMO=1, а в базе не пример: уберите LMS_DEMO или выполните"
                " make run, у примера своя папка."
            )
        my_settings()  # a page that fails first of all knows whom to write to
        db.session.rollback()


def check_files() -> None:
    """Refuse a storage of files that does not let the site write."""
    try:
        file_store().check()
    except BucketError as error:
        raise StartError(f"LMS_FILES_URL: {error.strerror}.") from None


def is_demonstration() -> bool:
    """Tell whether the database has the mark."""
    return db.session.scalar(sa.select(Demonstration.id).limit(1)) is not None


def refuse_demonstration() -> None:
    """Refuse a real site in which anybody can sign in with what we have printed."""
    if is_demonstration():
        raise StartError(
            "В этой базе пример, его пароли знают все. Возьмите для сайта пустую"
            " папку INSTANCE или другую DATABASE_URL и выполните: flask setup"
        )
    if email := _published_account():
        raise StartError(
            f"У {email} пароль из примера, его знают все. Смените его на своей машине:"
            " LMS_ENV=development python app.py и ссылка из"
            f" flask accounts password-link {email}"
        )


def _published_account() -> str | None:
    """Return somebody whose password is the one of the demonstration.

    A check takes a moment, so only those are asked who can have it: the invented
    people, each hash once, and administrators. Others choose their own password,
    and this one is refused there.
    """
    suspects = sa.select(sa.func.min(User.email), User.password_hash).where(
        User.email.endswith(INVENTED) | among(ADMINS)
    )
    for email, password_hash in db.session.execute(
        suspects.group_by(User.password_hash)
    ):
        if is_password(PASSWORD, password_hash):
            return str(email)
    return None
