"""A form that was refused takes the person to the list of its mistakes."""

import pytest

from tests.browser import team

FOCUSED = "document.activeElement.getAttribute('role') === 'alert'"


@pytest.mark.parametrize("anchor", ["", "#content"])  # the way past the header
def test_list_of_mistakes_gets_the_focus_and_leads_to_the_field(visit, site, anchor):
    team.begin_work(site)
    captain = visit().sign_in(team.CAPTAIN)
    captain.page.goto(f"/projects/1/events/new{anchor}")
    captain.press("Сохранить")

    captain.page.wait_for_function("document.title.startsWith('Не получилось')")
    captain.page.wait_for_load_state()
    captain.page.wait_for_function(FOCUSED)
    assert captain.page.title().startswith("Не получилось: Новое мероприятие")

    captain.page.keyboard.press("Tab")
    captain.page.keyboard.press("Enter")
    captain.page.wait_for_function("document.activeElement.name === 'what'")
