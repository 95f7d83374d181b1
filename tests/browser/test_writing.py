"""Nothing that a person typed is lost, whatever happens to the line or the site."""

import sqlalchemy as sa
from playwright.sync_api import expect

from lms.core.extensions import db
from lms.identity.accounts.models import SignIn
from lms.work.drafts.models import DraftField
from tests.browser import journey, team
from tests.browser.demo import only
from tests.browser.stage import Visitor, process_of

NO_LINE = "Нет связи. Текст сохранён в этом браузере"
SIGNED_OUT = "Вход закончился. Текст сохранён в этом браузере"
WORDS = "Пятеро хотят шить."


def field(writer):
    return journey.answer_field(writer).get_by_role("textbox")


def stored(site):
    """Return what the site has of the first field."""
    with site.app_context():
        return only(DraftField, key="zaprosy").text


def put_back(writer):
    """Take what this browser has kept."""
    journey.says(writer, "остался текст, который не успел сохраниться")
    writer.press("Вернуть в поле")
    journey.is_saved(writer)


def test_typed_without_a_line_is_sent_when_it_is_back(writer, site):
    writer.context.set_offline(True)
    field(writer).fill(WORDS)
    journey.says(writer, NO_LINE)

    writer.context.set_offline(False)
    journey.is_saved(writer)

    assert stored(site) == WORDS
    writer.errors.clear()  # the browser itself tells that the line was lost


def test_typed_without_a_line_outlives_the_page(writer, site, draft):
    writer.context.set_offline(True)
    field(writer).fill(WORDS)
    journey.says(writer, NO_LINE)
    writer.page.goto("about:blank")

    writer.context.set_offline(False)
    writer.page.goto(draft)
    if field(writer).input_value() != WORDS:  # a last try may have come through
        put_back(writer)

    assert stored(site) == WORDS
    writer.errors.clear()  # the browser itself tells that the line was lost


def test_typed_after_the_sign_in_ended_is_offered_again(writer, site, draft):
    with site.app_context():
        db.session.execute(sa.delete(SignIn))
        db.session.commit()
    field(writer).fill(WORDS)
    journey.says(writer, SIGNED_OUT)

    writer.sign_in(team.CAPTAIN)
    writer.page.goto(draft)
    put_back(writer)

    assert stored(site) == WORDS
    writer.errors.clear()  # the browser itself tells of the answer 401


def test_what_was_saved_outlives_a_killed_site(chromium, own_site):
    draft = f"/drafts/{team.begin_work(own_site)}/"
    writer = Visitor(chromium, own_site.config["LMS_URL"])
    with process_of(own_site):
        writer.sign_in(team.CAPTAIN).page.goto(draft)
        journey.write(writer, WORDS)
    field(writer).fill(f"{WORDS} Трое паяют.")
    journey.says(writer, NO_LINE)
    assert stored(own_site) == WORDS

    with process_of(own_site):
        journey.is_saved(writer)
        writer.page.reload()
        expect(field(writer)).to_have_value(f"{WORDS} Трое паяют.")
    writer.context.close()
