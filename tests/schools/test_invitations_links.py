"""The page on which a team keeps its link."""

import pytest

from lms.schools.invitations.services import current_invitation, invite


@pytest.fixture
def link(team, captain):
    """The link into `team`, which has a captain."""
    invite(team, places=2, days=7, actor=captain)
    return current_invitation(team)


def test_captain_makes_a_link(sign_in, captain, team):
    form = {"places": "5", "days": "10"}

    page = sign_in(captain).post(
        f"/invitations/teams/{team.id}/", data=form, follow_redirects=True
    )

    assert current_invitation(team).places_left == 5
    assert current_invitation(team).token in page.text


@pytest.mark.parametrize(
    ("field", "typed"),
    [("places", "51"), ("places", "0"), ("days", "91"), ("days", "д")],
)
def test_places_and_term_have_limits(sign_in, captain, team, field, typed):
    form = {"places": "5", "days": "10"} | {field: typed}

    page = sign_in(captain).post(f"/invitations/teams/{team.id}/", data=form).text

    assert "Напишите число от 1 до" in page
    assert f'value="{typed}"' in page
    assert current_invitation(team) is None


def test_form_begins_with_what_is_left(sign_in, captain, team, link):
    page = sign_in(captain).get(f"/invitations/teams/{team.id}/").text

    assert 'value="2"' in page
    assert 'value="7"' in page


def test_code_and_sheet_lead_to_the_link(app, sign_in, captain, team, link):
    browser = sign_in(captain)

    picture = browser.get(f"/invitations/teams/{team.id}/qr.svg")
    sheet = browser.get(f"/invitations/teams/{team.id}/sheet").text

    assert picture.mimetype == "image/svg+xml"
    assert picture.text.startswith("<?xml")
    assert f"{app.config['LMS_URL']}/invitations/{link.token}" in sheet


@pytest.mark.parametrize("page", ["sheet", "qr.svg"])
def test_without_a_link_there_is_nothing_to_print(sign_in, captain, team, page):
    url = f"/invitations/teams/{team.id}/{page}"

    assert sign_in(captain).get(url).status_code == 404
