"""The pages on which a team writes."""

import io

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.work.drafts import services as drafts
from lms.work.drafts.forms import fingerprint
from lms.work.drafts.history import history_of
from lms.work.drafts.models import DraftField
from lms.work.drafts.rivals import rivals_of
from lms.work.submissions import services
from lms.work.submissions.models import Attempt
from tests.photos import photo
from tests.sample_course import DOCUMENT
from tests.work.test_drafts_services import PNG, fill, keys

JSON = {"Accept": "application/json"}


@pytest.fixture
def work(module, team, captain):
    """The draft of «Опора» on the module, still empty."""
    return services.start_submission(module, user=captain, team=team)


@pytest.fixture
def url(work):
    return f"/drafts/{work.id}/"


def typed(work, **texts):
    """The form as the page showed it when everything was empty, and then `texts`."""
    form = {}
    for key in keys(work):
        form[f"text-{key}"] = texts.get(key, "")
        form[f"version-{key}"] = "0"
        form[f"seen-{key}"] = fingerprint("")
    return form


def stored(work, key):
    db.session.expire_all()
    field = db.session.get(DraftField, (work.id, key))
    return field and field.text


def test_work_begins_with_one_button(sign_in, captain, module):
    page = sign_in(captain).post("/submissions/start/nastavnichestvo")

    assert sign_in(captain).get(page.location).location.startswith("/drafts/")


def test_plain_button_saves_every_changed_field(sign_in, captain, work, url):
    first, second = keys(work)[:2]
    form = typed(work, **{first: "Один", second: "Два\r\nстроки"})

    sign_in(captain).post(url + "save", data=form)

    assert (stored(work, first), stored(work, second)) == ("Один", "Два\nстроки")


def test_signs_that_no_document_holds_never_reach_a_draft(sign_in, captain, work, url):
    first = keys(work)[0]
    form = typed(work, **{first: "Раз\x0bдва\x01\x1b\ufffe"})

    sign_in(captain).post(url + "save", data=form)

    assert stored(work, first) == "Раз\nдва"


def test_old_page_does_not_bring_back_what_a_colleague_changed(
    sign_in, captain, member, work, url
):
    first, second = keys(work)[:2]
    form = typed(work, **{second: "Олег"})
    drafts.save_field(work, first, "Анна", base_version=0, author=captain)

    sign_in(member).post(url + "save", data=form)

    assert stored(work, first) == "Анна"
    assert rivals_of(work) == {}


def test_page_shows_both_texts_side_by_side(sign_in, captain, member, work, url):
    key = keys(work)[0]
    drafts.save_field(work, key, "Слова Анны", base_version=0, author=captain)

    form = typed(work, **{key: "Слова Олега"})
    page = sign_in(member).post(url + "save", data=form, follow_redirects=True).text

    assert "Это поле меняли двое" in page
    assert page.index("Слова Анны") < page.index("Слова Олега")


def test_script_learns_that_the_field_has_a_rival(sign_in, captain, member, work, url):
    key = keys(work)[0]
    drafts.save_field(work, key, "Анна", base_version=0, author=captain)

    data = {"text": "Олег", "version": "0"}
    answer = sign_in(member).post(f"{url}fields/{key}", data=data, headers=JSON)

    assert answer.json["rival"] is True
    assert answer.json["by"] == "Анна Седова"


@pytest.mark.parametrize("keep", [None, "", "FIELD", "оба"])
def test_choice_between_texts_that_does_not_exist_is_refused(
    sign_in, captain, member, work, url, keep
):
    key = keys(work)[0]
    for author in (captain, member):
        text = author.full_name
        drafts.save_field(work, key, text, base_version=0, author=author)
    rival = rivals_of(work)[key][0]

    refused = sign_in(member).post(f"{url}rivals/{rival.id}", data={"keep": keep})

    assert refused.status_code == 400
    assert key in rivals_of(work)


def test_texts_come_back_when_the_work_was_sent_meanwhile(
    sign_in, captain, member, work, url
):
    fill(work, captain)
    browser = sign_in(member)
    form = typed(work, **{keys(work)[0]: "Не успел"})
    browser.post(url + "send", data=typed(work))

    page = browser.post(url + "save", data=form)

    assert page.status_code == 409
    assert "Не успел" in page.text


def test_unfinished_work_is_not_sent_and_nothing_is_lost(sign_in, captain, work, url):
    key = keys(work)[-1]

    page = sign_in(captain).post(url + "send", data=typed(work, **{key: "Начало"}))

    assert page.status_code == 422
    assert "Работа не отправлена" in page.text
    missing = f"text-{keys(work)[0]}"
    assert f'href="#{missing}"' in page.text
    assert f"{missing}-error" in page.text
    assert stored(work, key) == "Начало"


def test_sent_work_is_read_and_not_written(sign_in, captain, work, url):
    browser = sign_in(captain)
    form = typed(work, **{key: f"**{key}**" for key in keys(work)})

    sent = browser.post(url + "send", data=form)
    page = browser.get(f"/submissions/{work.id}/")

    assert sent.status_code == 302
    assert f"<strong>{keys(work)[0]}</strong>" in page.text
    assert 'name="text-' not in page.text


def test_hostile_answer_is_inert(sign_in, captain, work, url):
    text = (
        "<script>alert(1)</script> [ссылка](javascript:alert(1)) <img src=x onerror=a>"
    )
    form = typed(work, **dict.fromkeys(keys(work), text))

    sign_in(captain).post(url + "send", data=form)

    html = db.session.scalars(sa.select(Attempt)).one().fields[0]["html"]
    assert "<script" not in html
    assert "<img" not in html
    assert "href=" not in html


def test_preview_for_a_script(sign_in, captain, work, url):
    answer = sign_in(captain).post(
        url + "preview", data={"text": "**Да**"}, headers=JSON
    )

    assert answer.json == {"html": "<p><strong>Да</strong></p>"}


def test_preview_by_a_plain_button_saves_first(sign_in, captain, work, url):
    form = typed(work, **{keys(work)[0]: "*Почти*"})

    page = sign_in(captain).post(url + "preview", data=form, follow_redirects=True)

    assert "<em>Почти</em>" in page.text


def test_file_is_added_together_with_the_texts(sign_in, captain, work, url):
    form = typed(work, **{keys(work)[0]: "Текст"})
    form["file"] = (io.BytesIO(PNG), "карта.png")

    page = sign_in(captain).post(url + "files", data=form, follow_redirects=True).text

    assert "карта.png" in page
    assert stored(work, keys(work)[0]) == "Текст"


def test_picture_that_cannot_be_read_loses_nothing_typed(sign_in, captain, work, url):
    form = typed(work, **{keys(work)[0]: "Текст"})
    form["file"] = (io.BytesIO(photo()[:700]), "зал.jpg")

    page = sign_in(captain).post(url + "files", data=form, follow_redirects=True).text

    assert "картинка не читается" in page
    assert stored(work, keys(work)[0]) == "Текст"


def test_phone_may_take_a_photo_without_scripts(sign_in, captain, url):
    page = sign_in(captain).get(url).text

    assert 'name="file" accept="image/*" capture="environment"' in page


def test_file_is_a_download(sign_in, captain, work, url):
    browser = sign_in(captain)
    browser.post(url + "files", data={"file": (io.BytesIO(DOCUMENT), "a.pdf")})

    with browser.get(url + "files/1") as file:
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert file.data == DOCUMENT


def test_earlier_text_is_put_back(sign_in, captain, member, work, url):
    key = keys(work)[0]
    drafts.save_field(work, key, "Первый", base_version=0, author=captain)
    drafts.save_field(work, key, "Второй", base_version=1, author=member)
    entry = history_of(work, key)[-1].id

    form = {"entry": entry, "version": 2}
    sign_in(captain).post(f"{url}fields/{key}/restore", data=form)

    assert stored(work, key) == "Первый"


def test_strangers_see_no_draft(sign_in, other, tutor, work, url):
    assert sign_in(other).get(url).status_code == 404
    assert sign_in(tutor).get(url).status_code == 404


def test_number_of_statements_does_not_depend_on_the_form(
    sign_in, captain, work, url, count_statements
):
    browser = sign_in(captain)
    with count_statements() as empty:
        browser.get(url)
    fill(work, captain)

    with count_statements() as full:
        browser.get(url)

    assert len(full) <= len(empty)


def test_refused_file_leaves_the_page_and_its_texts(sign_in, captain, work, url):
    form = typed(work, **{keys(work)[0]: "Пятеро."})
    form["file"] = (io.BytesIO(b"MZ"), "a.exe")

    page = sign_in(captain).post(url + "files", data=form, follow_redirects=True).text

    assert "такие файлы не принимаются" in page
    assert "Пятеро.</textarea>" in page
