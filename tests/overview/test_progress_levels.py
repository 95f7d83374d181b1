"""How works stand by criteria: the last review of each, and none that is secret."""

import re

import pytest

from lms.core.extensions import db
from lms.overview.progress.levels import levels_of, tone_of
from lms.review.moderation.models import Reading
from lms.review.reviews.models import Verdict
from lms.review.reviews.services import release_review
from tests.conftest import count
from tests.works import accept, judged, send, send_back


def points(cohort, viewer):
    """How many works got how many points, by criterion in the order of the lesson."""
    return [
        (criterion.title, dict(criterion.counts))
        for lesson in levels_of(cohort, viewer)
        for criterion in lesson.criteria
    ]


def test_works_are_counted_by_points(
    module, cohort, captain, team, other, other_team, tutor
):
    accept(send(module, captain, team), tutor)
    attempt = send(module, other, other_team)
    release_review(attempt, judged(svyaz=2), verdict=Verdict.ACCEPTED, tutor=tutor)

    [(_, svyaz), (_, pary)] = points(cohort, tutor)
    assert (svyaz, pary) == ({2: 1, 3: 1}, {2: 2})


def test_last_review_of_a_work_counts_alone(module, cohort, captain, team, tutor):
    send_back(send(module, captain, team), tutor)
    accept(send(module, captain, team, pary="Двое."), tutor)

    [(_, svyaz), _] = points(cohort, tutor)
    assert svyaz == {3: 1}


def test_second_reader_learns_nothing(module, cohort, captain, team, tutor, tutor2):
    cohort.second_share = 100
    accept(send(module, captain, team), tutor)

    assert count(Reading) == 1
    assert points(cohort, tutor2) == []
    assert len(points(cohort, tutor)) == 2


def test_page_has_the_picture_and_the_numbers(
    module, cohort, captain, team, tutor, sign_in
):
    accept(send(module, captain, team), tutor)

    page = sign_in(tutor).get(f"/progress/{cohort.id}/levels").text

    cells = re.findall(r'<td class="cell--right">(\d|–)</td>', page)
    assert cells == ["0", "0", "0", "1", "0", "0", "1", "–"]
    assert page.count('<rect class="chart__part chart__part--full"') == 2
    assert "3\xa0балла — 1" in page


def test_guide_shows_the_levels_of_all_cohorts_that_are_seen(
    module, cohort, captain, team, tutor, other_tutor, sign_in
):
    address = f"/modules/{module.slug}/guide"
    accept(send(module, captain, team), tutor)

    mine, strange = (sign_in(who).get(address).text for who in (tutor, other_tutor))

    assert "Как справляются команды" in mine
    assert "3\xa0балла — 1" in mine
    assert "Как справляются команды" not in strange


def test_cohort_without_reviews_says_so(cohort, module, tutor, sign_in):
    page = sign_in(tutor).get(f"/progress/{cohort.id}/levels?module=nothing").text

    assert "ещё не проверили ни одной работы" in page


def test_levels_cost_the_same_for_any_number(
    module, cohort, captain, team, other, other_team, tutor, count_statements
):
    def cost():
        db.session.commit()
        cohort.id, tutor.id  # noqa: B018 - loads both before the count
        with count_statements() as statements:
            levels_of(cohort, tutor)
        return len(statements)

    accept(send(module, captain, team), tutor)
    before = cost()
    accept(send(module, other, other_team), tutor)

    assert cost() == before <= 2


@pytest.mark.parametrize(
    ("most", "tones"),
    [
        (1, ["none", "full"]),
        (2, ["none", "some", "full"]),
        (3, ["none", "some", "more", "full"]),
        (4, ["none", "some", "some", "more", "full"]),
    ],
)
def test_tone_follows_the_share_of_all_points(most, tones):
    assert [tone_of(level, most) for level in range(most + 1)] == tones
