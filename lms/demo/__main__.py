"""`python -m lms.demo`: make the demonstration ready; a second run changes nothing."""

import os
import sys
from pathlib import Path

import sqlalchemy as sa
from flask_migrate import upgrade

from lms.core.config import ROOT, check_bind
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.schema import check_schema, read_schema
from lms.course.modules.sync import sync
from lms.demo.cast import MOST, OPORA, PASSWORD
from lms.demo.fill import fill
from lms.demo.models import Demonstration
from lms.identity.accounts.models import User
from lms.setup.pictures import make_pictures
from lms.site import create_app


def main() -> None:
    """Migrate, import the course, fill the site and say who can sign in."""
    os.umask(0o077)
    try:
        app = create_app()
        if not app.config["LMS_DEMO"]:
            raise StartError("Пример бывает только с LMS_DEMO=1: make run")
        check_bind(app.config["LMS_HOST"], demo=True, production=False)
        with app.app_context():
            _make_ready()
    except StartError as refusal:
        sys.exit(str(refusal))
    _print_welcome(app.config["LMS_URL"])


def _make_ready() -> None:
    """Fill an empty database; one in which real people live stays as it is."""
    before = read_schema(db.engine)
    if before.is_newer:
        raise StartError(before.problem)
    if before.revision and _is_real():
        raise StartError(
            "В этой базе настоящий сайт: пример живёт в другой, INSTANCE=…"
        )
    upgrade()
    check_schema(db.engine)
    mark = db.session.scalar(sa.select(Demonstration))
    if mark and mark.filled_at is None:
        raise StartError("Пример наполнен не до конца: удалите его папку и повторите.")
    db.session.rollback()
    _import_course(ROOT / "content")
    make_pictures(ROOT)
    if mark is None:
        fill()


def _is_real() -> bool:
    """Tell whether there are people, and no mark that they are invented."""
    marks = Demonstration.__tablename__
    with db.engine.connect() as connection:
        if sa.inspect(connection).has_table(marks) and connection.scalar(
            sa.select(Demonstration.id)
        ):
            return False
        return connection.scalar(sa.select(User.id).limit(1)) is not None


def _import_course(root: Path) -> None:
    """Bring what is new in the folder, also to a lesson that was edited on the site."""
    slugs = [folder.name.partition("-")[2] for folder in root.iterdir()]
    outcomes = sync(root, live=True, overwrite=slugs)
    refused = [outcome for outcome in outcomes if outcome.is_refused]
    for outcome in refused:
        print(outcome.name, outcome.result.value, *outcome.problems, sep="\n  ")
    if refused:
        raise StartError(f"В папке {root} есть ошибки.")


def _print_welcome(url: str) -> None:
    people = [
        ("администратор", "admin@example.org"),
        ("тьютор", "tutor@example.org"),
        ("второй тьютор", "tutor2@example.org"),
        ("координатор трёх городов", "coordinator@example.org"),
        (f"капитан команды «{OPORA.name}»", "captain@example.org"),
        (f"участник команды «{OPORA.name}»", "member@example.org"),
        (f"капитан команды «{MOST.name}»", "other@example.org"),
        ("капитан, только что вошла", "ilyina@example.org"),
        ("участник, только что вошёл", "drozdov@example.org"),
        ("получила сертификат", "akhmetova@example.org"),
        ("чей сертификат отозван", "zuev@example.org"),
    ]
    print(f"\n  {url}\n\n  Пароль у всех: {PASSWORD}\n")
    for who, email in people:
        print(f"  {email:<22} {who}")
    print(flush=True)


if __name__ == "__main__":
    main()
