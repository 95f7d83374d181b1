"""`python -m tests.browser.pictures`: the pictures of the README, made anew.

Those of the first version stay in `docs/images/before`, to be compared with.

The demonstration is filled into a folder that is thrown away, so the pictures show
what `make run` shows.
"""

import shutil
import tempfile
from pathlib import Path

import sqlalchemy as sa
from flask_migrate import upgrade
from playwright.sync_api import sync_playwright

from lms.core.config import ROOT
from lms.core.extensions import db
from lms.course.modules.sync import sync
from lms.demo.fill import fill
from lms.identity.accounts.models import User
from lms.outcomes.certificates.models import Certificate
from lms.outcomes.certificates.paper import draw_picture
from lms.review.reviews.models import Lease
from lms.site import create_app
from tests.browser.stage import DESKTOP, Visitor, browser_settings, serving

PICTURES = ROOT / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
# A4 across becomes as wide as the screen.
PAPER_PPI = 118


def main():
    """Fill a demonstration, serve it and look at it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        site = create_app(browser_settings(instance / "lms.sqlite3", instance))
        with site.app_context():
            upgrade()
            list(sync(ROOT / "content", live=True))
            fill()
            paper_of_certificate()
            desk = desk_of("tutor2@example.org")
            db.session.remove()
        with serving(site) as url, sync_playwright() as playwright:
            program = shutil.which("chromium")
            chromium = playwright.chromium.launch(
                executable_path=program, args=ARGUMENTS
            )
            picture(chromium, url, "path", "captain@example.org", "/home/")
            lesson = "/modules/nastavnichestvo/"
            picture(chromium, url, "lesson", "captain@example.org", lesson)
            picture(chromium, url, "review", "tutor2@example.org", desk)
            picture(chromium, url, "progress", "tutor@example.org", "/progress/")
            picture(chromium, url, "studio", "admin@example.org", "/modules/")
            chromium.close()
        with site.app_context():
            db.engine.dispose()


def picture(chromium, url, name, email, address):
    """Keep what a person sees at an address, as a screen shows it."""
    visitor = Visitor(chromium, url, size=DESKTOP).sign_in(email)
    visitor.page.goto(address)
    visitor.page.screenshot(path=PICTURES / f"{name}.png")
    visitor.context.close()


def desk_of(email):
    """Return the address of the work that a tutor holds."""
    held = sa.select(Lease).join(User, User.id == Lease.tutor_id).filter_by(email=email)
    return f"/reviews/{db.session.scalars(held).first().submission_id}/"


def paper_of_certificate():
    """Draw the first page of a certificate."""
    paper = db.session.scalars(sa.select(Certificate).order_by(Certificate.id)).first()
    (PICTURES / "certificate.png").write_bytes(draw_picture(paper, ppi=PAPER_PPI))


if __name__ == "__main__":
    main()
