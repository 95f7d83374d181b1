"""The checklist on the pages of the team and of the tutor."""

import pytest

from lms.core.extensions import db
from lms.course.modules.services import publish
from lms.work.drafts.forms import fingerprint
from lms.work.drafts.models import DraftField
from lms.work.ticks.services import tick, ticks_of
from tests import sample_course
from tests.work.test_ticks_services import release
from tests.works import judged, send, send_back

JSON = {"Accept": "application/json"}


@pytest.fixture
def returned(module, captain, team, tutor):
    attempt = send(module, captain, team)
    release(attempt, tutor, judged(svyaz=0, remark="Чьи это слова?"))
    return attempt


@pytest.fixture
def page(returned):
    return f"/drafts/{returned.submission_id}/"


@pytest.fixture
def line(returned):
    return f"/checklists/{returned.submission_id}/1/svyaz/"


def test_returned_work_opens_with_what_is_asked(sign_in, captain, page):
    html = sign_in(captain).get(page).text

    assert html.index("Что доработать") < html.index('id="field-zaprosy"')
    assert "Чьи это слова?" in html
    assert "Отмечено 0 из 1 замечания." in html
    assert "Пары, 2 из 2" in html


def typed_into(work_id, text):
    """The page of a draft with another text in its first field."""
    draft = db.session.get(DraftField, (work_id, "zaprosy"))
    seen = {"version-zaprosy": draft.version, "seen-zaprosy": fingerprint(draft.text)}
    return seen | {"text-zaprosy": text}


def test_plain_button_ticks_and_keeps_what_was_typed(
    sign_in, member, returned, page, line
):
    browser = sign_in(member)
    form = typed_into(returned.submission_id, "Спросили шестерых.")

    answer = browser.post(line + "tick", data=form)

    assert answer.location == page + "#item-svyaz"
    html = browser.get(page).text
    assert "Спросили шестерых." in html
    assert "Ответили: Олег Орлов" in html
    assert "Все замечания отмечены." in html


def test_script_gets_the_list_anew(sign_in, captain, line):
    browser = sign_in(captain)

    ticked = browser.post(line + "tick", headers=JSON).json["html"]
    unticked = browser.post(line + "untick", headers=JSON).json["html"]

    assert "Отмечено 1 из 1 замечания." in ticked
    assert "Отмечено 0 из 1 замечания." in unticked


@pytest.mark.parametrize("item", ["pary", "note.1", "нет"])
def test_only_what_was_asked_is_ticked(sign_in, captain, returned, item):
    url = f"/checklists/{returned.submission_id}/1/{item}/tick"

    assert sign_in(captain).post(url).status_code == 404


def test_late_tick_hands_the_texts_back(sign_in, captain, module, team, returned, line):
    send(module, captain, team)

    answer = sign_in(captain).post(line + "tick", data={"text-zaprosy": "Поздно"})

    assert answer.status_code == 409
    assert "Поздно" in answer.text


def test_tutor_sees_tick_difference_and_old_remark(
    sign_in, captain, module, team, tutor, returned
):
    tick(returned, "svyaz", member=captain)
    send(module, captain, team, zaprosy="Шестеро хотят **шить**.")

    desk = sign_in(tutor).get(f"/reviews/{returned.submission_id}/").text

    changes = desk[
        desk.index("tabs__panel--changes") : desk.index("tabs__panel--files")
    ]
    assert "<ins>" in changes
    assert "Чьи это слова?" in changes
    assert "команда отметила: ответили" in changes
    assert "команда отметила: ответили" in desk[desk.index('id="mark-svyaz"') :]


def test_what_was_not_ticked_is_said_too(
    sign_in, captain, module, team, tutor, returned
):
    send(module, captain, team)

    browser = sign_in(tutor)
    desk = browser.get(f"/reviews/{returned.submission_id}/").text
    second = browser.get(f"/submissions/{returned.submission_id}/attempts/2/").text

    assert "команда не отметила" in desk
    assert "Текст этого поля команда не меняла." in desk
    assert "Замечания к версии 1: отмечено 0 из 1 замечания." in second


def test_list_costs_the_same_however_long(
    sign_in, captain, returned, tutor, page, count_statements, module, team
):
    browser = sign_in(captain)
    with count_statements() as short:
        browser.get(page)
    tick(returned, "svyaz", member=captain)
    send_back(send(module, captain, team), tutor)

    with count_statements() as long:
        browser.get(page)

    assert len(long) == len(short)
    assert ticks_of(returned) == {}


def test_remark_stands_in_its_field_and_its_tick_leads_back_there(
    sign_in, member, returned, page
):
    client = sign_in(member)
    html = client.get(page).text
    place = html.index('id="field-zaprosy"')

    answer = client.post(
        f"/checklists/{returned.submission_id}/1/svyaz/tick?field=zaprosy"
    )

    assert "Чьи это слова?" in html[place : html.index("<textarea", place)]
    assert answer.location.endswith("#beside-zaprosy-svyaz")
    assert 'id="beside-zaprosy-svyaz"' in html[place:]


def test_remark_is_unfolded_in_the_first_of_its_fields(
    sign_in, module, captain, team, tutor
):
    wide = sample_course.ASSIGNMENT.replace("[zaprosy]", "[zaprosy, pary]")
    files = sample_course.files_without(assignment=wide)
    publish(sample_course.import_module(files=files), actor=None)
    attempt = send(module, captain, team)
    release(attempt, tutor, judged(svyaz=0, remark="Чьи это слова?"))

    page = sign_in(captain).get(f"/drafts/{attempt.submission_id}/").text

    fields = page.split('id="field-')[1:3]
    remarks = [field.partition("<summary")[0][-40:] for field in fields]
    assert ["open" in remark for remark in remarks] == [True, False]
