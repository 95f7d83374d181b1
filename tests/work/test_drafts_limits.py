"""What long texts of a team may cost, and what becomes of them."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.work.submissions import services
from lms.work.submissions.models import Attempt
from tests.conftest import PASSWORD
from tests.work.test_drafts_services import keys
from tests.work.test_drafts_views import JSON, typed

LONG = "*слово* " * 100


@pytest.fixture
def work(module, team, captain):
    """The draft of «Опора» on the module, still empty."""
    return services.start_submission(module, user=captain, team=team)


@pytest.fixture
def limited(site_with, captain):
    """The captain's browser on a site that counts, as the real one does."""
    browser = site_with(RATELIMIT_ENABLED=True).test_client()
    form = {"email": captain.email, "password": PASSWORD}
    browser.post("/accounts/sign-in", data=form)
    return browser


def test_preview_is_the_text_as_typed_while_no_child_is_free(
    sign_in, captain, work, all_busy
):
    browser, address = sign_in(captain), f"/drafts/{work.id}/preview"

    answer = browser.post(address, data={"text": LONG}, headers=JSON)

    assert answer.json == {"html": f"<p>{LONG.strip()}</p>"}


def test_work_is_sent_as_typed_while_no_child_is_free(sign_in, captain, work, all_busy):
    form = typed(work, **dict.fromkeys(keys(work), LONG))

    sign_in(captain).post(f"/drafts/{work.id}/send", data=form)

    fields = db.session.scalars(sa.select(Attempt)).one().fields
    assert {field["html"] for field in fields} == {f"<p>{LONG.strip()}</p>"}


def test_one_person_has_so_many_texts_rendered_in_a_minute(limited, work):
    address = f"/drafts/{work.id}/preview"
    for _ in range(30):
        limited.post(address, data={"text": "Да"}, headers=JSON)

    refused = limited.post(address, data={"text": "Да"}, headers=JSON)

    assert refused.status_code == 429
    assert "Подождите минуту" in refused.json["error"]


def test_work_that_comes_too_often_is_given_back_to_its_writer(limited, work):
    for _ in range(30):
        limited.post(f"/drafts/{work.id}/preview", headers=JSON)

    form = typed(work, **{keys(work)[0]: "Наш ответ"})
    refused = limited.post(f"/drafts/{work.id}/send", data=form)

    assert refused.status_code == 429
    assert "Наш ответ" in refused.text
    assert "пароль" not in refused.text
