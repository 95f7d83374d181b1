"""A second reader: who is drawn, who is kept from the first's levels, who settles."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.services import close_cohort
from lms.outcomes.batches.permissions import can_unpack
from lms.review.deferrals.services import ask
from lms.review.moderation.models import Kind, Opinion, Outcome, Reading, Settlement
from lms.review.moderation.permissions import comparable, readable, unsettled
from lms.review.moderation.services import release_opinion, settle
from lms.review.reviews.models import Cause, Verdict
from lms.review.reviews.queue import Filters, State, works_in_queue
from lms.review.reviews.released import released_reviews
from lms.review.threads.models import Message
from lms.review.threads.services import About, write_message
from lms.work.submissions.models import Status
from tests.conftest import copies_of, count, member_of
from tests.works import accept, crowd, judged, send, send_back


@pytest.fixture
def share(cohort):
    """Return a function that sets the share of works for a second reader."""

    def set_share(percent, threshold=2):
        cohort.second_share, cohort.second_threshold = percent, threshold
        db.session.commit()

    return set_share


@pytest.fixture
def returned(module, captain, team, tutor, tutor2, share):
    """A work of «Опора» that Громов returned, drawn for a second reader."""
    share(100)
    return send_back(send(module, captain, team), tutor)


@pytest.fixture
def accepted(module, captain, team, tutor, tutor2, share):
    share(100)
    return accept(send(module, captain, team), tutor)


def reading_of(review):
    return db.session.scalars(db.select(Reading).filter_by(review_id=review.id)).one()


def found(query):
    return list(db.session.scalars(query))


def read(review, reader, svyaz=3, pary=2):
    judgement = judged(svyaz, pary, summary="Запросы есть.")
    return release_opinion(reading_of(review), judgement, reader=reader)


@pytest.mark.parametrize(("percent", "drawn"), [(0, 0), (20, 2), (35, 3), (100, 10)])
def test_exactly_the_share_is_drawn(
    module, cohort, captain, tutor, tutor2, share, percent, drawn
):
    share(percent)

    for work in crowd(module, cohort, captain, 10):
        accept(work.attempts[0], tutor)

    assert count(Reading) == drawn


def test_only_the_first_decision_draws(returned, module, captain, team, tutor):
    accept(send(module, captain, team, pary="Пять пар."), tutor)

    assert count(Reading) == 1


def test_nobody_is_asked_where_there_is_no_colleague(
    module, captain, team, tutor, share
):
    share(100)
    accept(send(module, captain, team), tutor)

    assert count(Reading) == 0


def test_two_releases_draw_one_after_another(
    race, module, cohort, captain, tutor, tutor2, share
):
    share(50)
    attempts = [copies_of(w.attempts[0]) for w in crowd(module, cohort, captain, 2)]
    people = [copies_of(tutor), copies_of(tutor2)]

    pairs = zip(attempts, people, strict=True)
    race(*[lambda a=a, p=p: accept(a(), p()).id for a, p in pairs])

    assert count(Reading) == 1


def test_first_tutor_is_never_the_second(returned, tutor, tutor2):
    assert not found(readable(tutor))
    assert found(readable(tutor2)) == [reading_of(returned)]
    with pytest.raises(RuleError, match="другой тьютор"):
        read(returned, tutor)


def test_who_left_the_cohort_reads_nothing(returned, tutor2, cohort):
    cohort.tutors.remove(tutor2)
    db.session.commit()

    assert not found(readable(tutor2))


def test_end_of_the_cohort_ends_a_second_reading(accepted, cohort, tutor2, admin):
    assert not can_unpack(tutor2, cohort)

    close_cohort(cohort, actor=admin)

    assert can_unpack(tutor2, cohort)
    assert found(readable(tutor2)) == []


def test_lists_keep_the_decision_from_a_second_reader(returned, tutor, tutor2):
    all_returned = Filters(state=State.RETURNED)

    assert not found(released_reviews(tutor2, who="all"))
    assert not found(works_in_queue(tutor2, all_returned))
    assert found(released_reviews(tutor)) == [returned]
    assert len(found(works_in_queue(tutor, all_returned))) == 1


@pytest.mark.parametrize(
    "page",
    ["/reviews/{}/", "/submissions/{}/", "/submissions/{}/attempts/1/", "/threads/{}/"],
)
def test_pages_lead_a_second_reader_to_the_work_alone(
    sign_in, returned, tutor, tutor2, page
):
    url = page.format(returned.attempt.submission_id)
    reading = f"/readings/{reading_of(returned).id}/"

    assert sign_in(tutor2).get(url).location == reading
    assert sign_in(tutor).get(url).status_code == 200


def test_matrix_keeps_the_decision_too(sign_in, returned, cohort, tutor, tutor2):
    url = f"/progress/{cohort.id}/"

    assert "ждёт второго чтения" in sign_in(tutor2).get(url).text
    assert "ждёт второго чтения" not in sign_in(tutor).get(url).text


@pytest.mark.parametrize(
    "address",
    ["/reviews/{}/release/accepted", "/reviews/{}/keep/svyaz", "/threads/{}/"],
)
def test_refused_forms_keep_the_decision_from_a_second_reader(
    sign_in, returned, tutor2, address
):
    url = address.format(returned.attempt.submission_id)

    response = sign_in(tutor2).post(url, data={"text": ""})

    assert response.location == f"/readings/{reading_of(returned).id}/"


def shown_to(browser, work):
    """What the lists of a cohort and of a team say of a work."""
    module, cohort = work.module.slug, work.cohort_id
    pages = [
        f"/progress/{cohort}/",
        f"/mailings/cohorts/{cohort}/work-{module}",
        f"/mailings/cohorts/{cohort}/returned",
        f"/plans/{work.team_id}/",
    ]
    return "".join(browser.get(page).text for page in pages)


@pytest.mark.parametrize("decide", [accept, send_back])
def test_matrix_letters_and_plan_keep_the_decision_from_a_second_reader(
    decide, sign_in, module, captain, team, tutor, tutor2, share
):
    share(100)
    review = decide(send(module, captain, team), tutor)
    work = review.attempt.submission
    words = ("Седова", "Пятеро", ">↩<", ">✓<", "зачтено 1")

    blind = shown_to(sign_in(tutor2), work)
    assert not [word for word in words if word in blind]
    assert "</span> ждёт второго чтения" in blind
    assert [word for word in words if word in shown_to(sign_in(tutor), work)]

    read(review, tutor2)
    assert [word for word in words if word in shown_to(sign_in(tutor2), work)]


def test_what_the_team_asks_waits_until_a_second_reader_has_read(
    sign_in, returned, captain, tutor, tutor2
):
    work = returned.attempt.submission
    words = {"seen": 0, "form_key": "1", "about": About(returned.id)}
    write_message(work, "Почему вернули?", author=captain, **words)
    later = work.due_on + timedelta(days=5)
    ask(work, wanted_on=later, reason="Почему вернули?", member=captain)

    for page in ("/threads/", "/deferrals/"):
        assert "Почему вернули?" not in sign_in(tutor2).get(page).text
        assert "Опора" in sign_in(tutor).get(page).text

    read(returned, tutor2)
    assert "Почему вернули?" in sign_in(tutor2).get("/threads/").text


def test_late_message_of_a_second_reader_is_not_lost(sign_in, returned, tutor2):
    url = f"/threads/{returned.attempt.submission_id}/"

    sign_in(tutor2).post(url, data={"text": "Созвонимся?"})

    assert db.session.scalars(sa.select(Message)).one().text == "Созвонимся?"


def test_work_alone_says_neither_levels_nor_whose_it_is(sign_in, returned, tutor2):
    page = sign_in(tutor2).get(f"/readings/{reading_of(returned).id}/").text

    for word in ("Опора", "Назовите запросы.", "на доработку", "Громов", "Зачесть<"):
        assert word not in page
    assert "Пятеро хотят" in page


def test_after_reading_both_see_both(sign_in, returned, tutor, tutor2):
    url = f"/readings/{reading_of(returned).id}/"
    assert sign_in(tutor).get(f"{url}comparison").status_code == 404
    levels = {"level-svyaz": "3", "level-pary": "2", "summary": "Запросы есть."}

    response = sign_in(tutor2).post(url, data=levels)

    assert response.location == f"{url}comparison"
    for person in (tutor, tutor2):
        page = sign_in(person).get(f"{url}comparison").text
        assert "разница больше порога" in page
        assert "Запросы есть." in page
    assert sign_in(tutor2).get(f"/reviews/{returned.attempt.submission_id}/").text


def test_reading_changes_nothing_for_the_team(sign_in, returned, tutor2, captain):
    read(returned, tutor2)

    work = returned.attempt.submission
    assert (work.status, returned.outcome) == (Status.RETURNED, Verdict.RETURNED)
    page = sign_in(captain).get(f"/submissions/{work.id}/attempts/1/").text
    assert "Запросы есть." not in page


def test_list_costs_the_same_for_any_number(
    sign_in, module, cohort, captain, tutor, tutor2, share, count_statements
):
    share(100)
    works = crowd(module, cohort, captain, 8)
    counted = []
    for some in (works[:2], works[2:]):
        for work in some:
            accept(work.attempts[0], tutor)
        browser = sign_in(tutor2)
        with count_statements() as statements:
            browser.get("/readings/")
        counted.append(len(statements))

    assert counted[0] == counted[1]


def test_of_two_second_readers_one_is_first(race, returned, tutor2, other_tutor):
    review, people = copies_of(returned), [tutor2, other_tutor]

    def press(person):
        return lambda: read(review(), person()).points

    ended = race(*[press(copies_of(person)) for person in people])

    assert sorted(map(str, ended)) == ["5", "Коллега прочитал эту работу раньше вас."]


def test_new_version_ends_the_second_reading(returned, module, captain, team, tutor2):
    send(module, captain, team, pary="Пять пар.")

    assert not found(readable(tutor2))


@pytest.mark.parametrize(
    ("svyaz", "pary", "differs"),
    [(3, 2, False), (2, 2, False), (3, 0, False), (0, 2, True)],
)
def test_difference_is_a_matter_of_points_and_verdict(
    accepted, tutor2, svyaz, pary, differs
):
    assert read(accepted, tutor2, svyaz, pary).differs is differs


def test_threshold_counts_points(share, accepted, tutor2):
    share(100, threshold=1)

    assert read(accepted, tutor2, 3, 0).differs is True


def test_difference_goes_to_the_lead_tutor(
    returned, cohort, tutor2, other_tutor, admin
):
    cohort.lead = other_tutor
    db.session.commit()
    read(returned, tutor2)

    assert found(unsettled(other_tutor)) == [reading_of(returned)]
    assert found(comparable(other_tutor)) == [reading_of(returned)]
    assert not found(unsettled(admin))


def test_nobody_settles_a_difference_of_ones_own(
    returned, cohort, tutor, tutor2, admin
):
    cohort.lead = tutor
    db.session.commit()
    read(returned, tutor2)

    assert not found(unsettled(tutor))
    assert found(unsettled(admin)) == [reading_of(returned)]


@pytest.mark.parametrize("reason", ["closed", "no_tutor", "of_the_team"])
def test_admin_settles_what_the_lead_tutor_cannot(
    reason, returned, cohort, team, other_tutor, tutor2, admin
):
    cohort.lead = other_tutor
    if reason == "closed":
        other_tutor.closed_at = utcnow()
    elif reason == "no_tutor":
        other_tutor.roles = frozenset()
    else:
        member_of(team, other_tutor)
    read(returned, tutor2)

    assert not found(unsettled(other_tutor)) or reason == "closed"
    assert found(unsettled(admin)) == [reading_of(returned)]


def test_admin_of_the_team_settles_nothing_for_it(returned, team, tutor2, admin):
    member_of(team, admin)
    read(returned, tutor2)

    assert not found(unsettled(admin))


def test_second_reader_accepts_nothing_by_a_forged_form(sign_in, returned, tutor2):
    url = f"/readings/{reading_of(returned).id}/"
    levels = {"level-svyaz": "3", "level-pary": "2", "accepts": "1"}

    page = sign_in(tutor2).post(url, data=levels, follow_redirects=True).text

    assert "Решение по работе прежнее" in page
    assert returned.attempt.submission.status is Status.RETURNED


def test_returned_work_may_be_accepted(returned, tutor2, admin):
    read(returned, tutor2)

    settle(reading_of(returned), Outcome.ACCEPT, words="Запросы есть.", lead=admin)

    assert returned.attempt.submission.status is Status.ACCEPTED
    assert returned.reversal.cause is Cause.SECOND_READER


def test_accepted_work_stays_accepted(accepted, tutor2, admin):
    read(accepted, tutor2, 0, 0)

    settle(reading_of(accepted), Outcome.TALK, words="", lead=admin)
    with pytest.raises(RuleError):
        settle(reading_of(accepted), Outcome.ACCEPT, words="-", lead=admin)

    assert accepted.attempt.submission.status is Status.ACCEPTED


def test_accepting_needs_words_for_the_team(returned, tutor2, admin):
    read(returned, tutor2)

    with pytest.raises(RuleError, match="Напишите команде"):
        settle(reading_of(returned), Outcome.ACCEPT, words=" ", lead=admin)

    assert count(Settlement) == 0


def test_new_version_cannot_be_accepted_by_the_old_one(
    returned, module, captain, team, tutor2, admin
):
    read(returned, tutor2)
    send(module, captain, team, pary="Пять пар.")

    with pytest.raises(RuleError, match="новую версию"):
        settle(reading_of(returned), Outcome.ACCEPT, words="Да.", lead=admin)

    assert count(Settlement) == 0


def test_lead_tutor_writes_the_outcome_on_the_page(
    sign_in, returned, cohort, tutor2, other_tutor
):
    cohort.lead = other_tutor
    db.session.commit()
    read(returned, tutor2)
    browser, url = sign_in(other_tutor), f"/readings/{reading_of(returned).id}/settle"

    refused = browser.post(url, data={"words": "Поговорим <в среду>."})
    browser.post(url, data={"outcome": "TALK", "words": "Поговорим в среду."})

    assert refused.status_code == 422
    assert "Поговорим &lt;в среду&gt;." in refused.text
    assert reading_of(returned).settlement.outcome is Outcome.TALK
    page = sign_in(tutor2).get(url.replace("settle", "comparison")).text
    assert "Итог: тьюторы поговорят." in page
    assert (count(Opinion), reading_of(returned).kind) == (1, Kind.SECOND)
