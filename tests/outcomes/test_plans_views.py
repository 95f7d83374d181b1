"""The page of a plan: who is led where."""

from tests.links import dead_links


def test_sources_lead_only_those_who_read_the_works(
    accepted, team, captain, coordinator, sign_in
):
    url, source = f"/plans/{team.id}/", "версия 1 работы"
    reader = sign_in(coordinator)

    assert f">{source}</a>" in sign_in(captain).get(url).text
    assert source in reader.get(url).text
    assert dead_links(reader, url) == []
