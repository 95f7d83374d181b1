"""`python -m lms.demo`: make the demonstration ready; a second run changes nothing."""

import sys
from pathlib import Path

from flask_migrate import upgrade

from lms.core.config import ROOT, check_bind
from lms.course.modules.sync import sync
from lms.demo.cast import MOST, OPORA, PASSWORD
from lms.demo.fill import fill, is_filled
from lms.site import create_app


def main() -> None:
    """Migrate, import the course, fill the site and say who can sign in."""
    app = create_app()
    if not app.config["LMS_DEMO"]:
        sys.exit("demo accounts exist only in demo mode: set LMS_DEMO=1")
    check_bind(app.config["LMS_HOST"], demo=True, production=False)
    with app.app_context():
        upgrade()
        _import_course(ROOT / "content")
        if not is_filled():
            fill()
    _print_welcome(app.config["LMS_URL"])


def _import_course(root: Path) -> None:
    refused = [outcome for outcome in sync(root, live=True) if outcome.is_refused]
    for outcome in refused:
        print(outcome.name, outcome.result.value, *outcome.problems, sep="\n  ")
    if refused:
        sys.exit("the course in content/ has mistakes")


def _print_welcome(url: str) -> None:
    people = [
        ("администратор", "admin@example.org"),
        ("тьютор", "tutor@example.org"),
        ("второй тьютор", "tutor2@example.org"),
        (f"капитан команды «{OPORA.name}»", "captain@example.org"),
        (f"участник команды «{OPORA.name}»", "member@example.org"),
        (f"капитан команды «{MOST.name}»", "other@example.org"),
    ]
    print(f"\n  {url}\n\n  Пароль у всех: {PASSWORD}\n")
    for who, email in people:
        print(f"  {email:<22} {who}")
    print(flush=True)


if __name__ == "__main__":
    main()
