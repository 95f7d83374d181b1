"""A form that was refused takes the person to the list of its mistakes."""

from tests.browser import team

FOCUSED = "document.activeElement.getAttribute('role') === 'alert'"


def test_list_of_mistakes_gets_the_focus_and_leads_to_the_field(visit, site):
    team.begin_work(site)
    captain = visit().sign_in(team.CAPTAIN)
    captain.page.goto("/plans/1/actions/new")
    captain.press("Сохранить строку")

    captain.page.wait_for_function(FOCUSED)
    assert captain.page.title().startswith("Не получилось: Новая строка плана")

    captain.page.keyboard.press("Tab")
    captain.page.keyboard.press("Enter")
    captain.page.wait_for_function("document.activeElement.name === 'what'")
