"""Two things of one kind, open side by side, are told apart by their titles."""

import re

from tests.works import send, send_back


def title_of(browser, url):
    page = browser.get(url)
    assert page.status_code == 200
    return re.search("<title>(.*?)</title>", page.text)[1]


def test_versions_of_two_works(
    sign_in, module, captain, team, other, other_team, tutor
):
    first = send(module, captain, team).submission
    second = send(module, other, other_team).submission
    browser, url = sign_in(tutor), "/submissions/{}/attempts/1/"

    titles = {title_of(browser, url.format(work.id)) for work in (first, second)}

    assert len(titles) == 2
    assert any("Версия 1: Школа № 12, команда «Опора»" in title for title in titles)


def test_histories_of_two_fields(sign_in, module, captain, team, tutor):
    send_back(send(module, captain, team), tutor)
    browser = sign_in(captain)

    first, second = (
        title_of(browser, f"/drafts/1/fields/{key}/history")
        for key in ("zaprosy", "pary")
    )

    assert first != second


def test_letters_to_the_same_group(sign_in, write, tutor):
    mailings = write(), write(key="k2", subject="Ещё раз", insists=True)
    browser = sign_in(tutor)

    titles = [title_of(browser, f"/mailings/{mailing.id}/") for mailing in mailings]

    assert titles[0] != titles[1]
