"""Whom accepted works name: read, offered with the place, added only when ticked."""

import re

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.network.partners.hints import agreements_in, groups_in, sources_in
from lms.network.partners.models import Partner, PartnerKind
from lms.work.submissions.models import Attempt, Status, Submission
from tests.conftest import count, save
from tests.partners import new_partner

MAP = """Вокруг школы три группы.

1. Родители, 160 семей. Слушают Светлану.
2. Учителя и сотрудники, 31.
3. Районная библиотека, человек пять. Связь есть."""
AGREED = """Сельский клуб даёт сборник; до 1 марта. Взамен наш кружок ведёт вечер.

Магазин у остановки отказался пускать детей. Взамен ничего."""


@pytest.fixture
def work(module, team, captain):
    """An accepted work with a map of people and what was agreed."""
    facts = {"cohort": team.cohort, "team": team, "sent_at": utcnow()}
    work = Submission(module=module, status=Status.ACCEPTED, **facts)
    texts = {"karta": MAP, "dogovorennosti": AGREED}
    fields = [
        {"key": key, "label": key, "text": text, "html": ""}
        for key, text in texts.items()
    ]
    revision_id = module.current_revision_id
    facts = {"number": 1, "revision_id": revision_id, "sent_by": captain}
    return save(Attempt(submission=work, fields=fields, **facts)).submission


@pytest.fixture
def url(team):
    return f"/partners/schools/{team.school_id}/offers"


def typed_in(page):
    """What a browser would send of the page, with nothing ticked."""
    typed = dict(re.findall(r'name="(\d[\w-]*-name)"[^>]*value="([^"]*)"', page))
    kinds = re.findall(
        r'name="(\d[\w-]*-kind)".*?<option selected value="(\w*)"', page, re.DOTALL
    )
    return typed | dict(kinds)


def ticks_in(page):
    return re.findall(r'name="(\d+-\w+-take)"', page)


def test_map_names_groups_but_not_the_school_itself():
    found = [(hint.name, hint.kind) for hint in groups_in(MAP)]

    assert found == [
        ("Родители", PartnerKind.PARENTS),
        ("Районная библиотека", PartnerKind.CULTURE),
    ]


def test_what_was_agreed_is_taken_apart_and_a_refusal_left_out():
    (hint,) = agreements_in(AGREED)

    assert (hint.name, hint.kind) == ("Сельский клуб", PartnerKind.CULTURE)
    assert hint.gives == "Сельский клуб даёт сборник; до 1 марта."
    assert hint.wants == "Наш кружок ведёт вечер."


def test_source_has_its_name_and_what_it_gives():
    (hint,) = sources_in("- **Грант областного фонда.** До 200 000 ₽, 15 %.")

    assert (hint.name, hint.gives) == ("Грант областного фонда", "До 200 000 ₽, 15 %.")


def test_ticked_line_becomes_a_partner_with_its_place(work, url, sign_in, captain):
    browser = sign_in(captain)
    page = browser.get(url).text
    assert f'href="/submissions/{work.id}/attempts/1' in page

    answer = browser.post(url, data=typed_in(page) | {ticks_in(page)[0]: "y"})

    assert answer.status_code == 302
    partner = db.session.query(Partner).one()
    assert (partner.name, partner.keeper_id) == ("Родители", captain.id)
    assert partner.source.submission_id == work.id
    assert len(ticks_in(browser.get(url).text)) == 2


def test_nothing_enters_unticked(work, url, sign_in, captain):
    browser = sign_in(captain)

    answer = browser.post(url, data=typed_in(browser.get(url).text)).text

    assert "Отметьте хотя бы одну строку." in answer
    assert count(Partner) == 0


def test_partner_whom_the_school_has_is_not_offered(work, url, sign_in, captain, team):
    new_partner(team, captain, name="районная библиотека")

    page = sign_in(captain).get(url).text

    assert len(ticks_in(page)) == 2


def test_register_leads_to_the_offers(work, url, sign_in, captain, team):
    page = sign_in(captain).get(f"/partners/schools/{team.school_id}/").text

    assert f'href="{url}"' in page
