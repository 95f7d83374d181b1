"""Whose turn it is, and what the queue says about it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.modules.models import Module
from lms.review.reviews import leases
from lms.review.reviews.memory import memory_of
from lms.review.reviews.place import place_of
from lms.review.reviews.queue import Filters, State, ids_in_turn
from lms.review.reviews.released import released_reviews
from lms.review.reviews.rows import due_in_words, rows_of
from lms.review.reviews.summary import Summary, summary_columns
from lms.work.submissions.models import Status, Submission
from tests.conftest import member_of, save
from tests.works import accept, crowd, newest, overdue, send, send_back


@pytest.fixture
def works(module, cohort, captain):
    """Five works; the first one waits longest."""
    return crowd(module, cohort, captain, 5)


def queue(user, **filters):
    ids = ids_in_turn(user, Filters(**filters), limit=100)
    return [db.session.get_one(Submission, work_id) for work_id in ids]


def lines(user, **filters):
    return rows_of([work.id for work in queue(user, **filters)], user)


def test_oldest_comes_first(tutor, works):
    assert queue(tutor) == works


def test_overdue_comes_before_older(tutor, works):
    overdue(works[3])

    assert queue(tutor)[0] == works[3]


def test_what_came_back_to_me_comes_first_for_me_only(
    module, captain, team, tutor, tutor2, works
):
    overdue(works[0])
    send_back(send(module, captain, team), tutor)
    again = send(module, captain, team, zaprosy="Спросили шестерых.").submission

    assert queue(tutor)[0] == again
    assert queue(tutor2)[-1] == again


def test_tutor_sees_only_own_cohorts(tutor, other_tutor, works):
    assert queue(other_tutor) == []


def test_admin_sees_every_cohort(admin, works):
    assert queue(admin) == works


def test_tutor_does_not_see_the_work_of_the_own_team(tutor, works):
    member_of(works[0].team, tutor)

    assert queue(tutor) == works[1:]


def test_filters_narrow_the_queue(tutor, cohort, works):
    second = save(Module(slug="vtoroy", position=5))
    works[1].module = second
    db.session.commit()

    assert queue(tutor, module_id=second.id) == [works[1]]
    assert queue(tutor, cohort_id=cohort.id) == works
    assert queue(tutor, cohort_id=cohort.id + 1) == []


@pytest.mark.parametrize(
    ("state", "numbers"),
    [
        (State.QUEUE, [0, 1, 2]),
        (State.FREE, [2]),
        (State.MINE, [0]),
        (State.OTHERS, [1]),
        (State.RETURNED, [3]),
        (State.ACCEPTED, [4]),
    ],
)
def test_states_divide_the_works(tutor, tutor2, works, state, numbers):
    leases.take(works[0], tutor=tutor)
    leases.take(works[1], tutor=tutor2)
    works[3].status, works[4].status = Status.RETURNED, Status.ACCEPTED
    db.session.commit()

    assert queue(tutor, state=state) == [works[number] for number in numbers]


def test_place_agrees_with_the_list(tutor, works):
    overdue(works[3])
    ids = [work.id for work in queue(tutor)]

    for index, work in enumerate(queue(tutor)):
        place = place_of(work, tutor, Filters())
        around = [None, *ids, None]
        assert (place.number, place.total) == (index + 1, 5)
        assert place.previous_id == around[index]
        assert place.next_id == around[index + 2]


def summary_of(tutor):
    return Summary(*db.session.execute(sa.select(summary_columns(tutor))).one())


def test_summary_counts_everything_at_once(tutor, tutor2, works, count_statements):
    overdue(works[0])
    leases.take(works[0], tutor=tutor)
    leases.take(works[1], tutor=tutor2)
    db.session.refresh(tutor)

    with count_statements() as statements:
        summary = summary_of(tutor)

    assert len(statements) == 1
    assert (summary.waiting, summary.free, summary.overdue) == (5, 3, 1)
    assert (summary.mine, summary.others, summary.came_back) == (1, 1, 0)
    assert summary.oldest_at == works[0].sent_at


def test_summary_of_an_empty_queue(tutor):
    summary = summary_of(tutor)

    assert (summary.waiting, summary.oldest_at) == (0, None)


def test_lease_that_ran_out_frees_the_work(tutor, tutor2, works):
    leases.take(works[0], tutor=tutor2)
    leases.lease_of(works[0]).until = utcnow() - timedelta(seconds=1)
    db.session.commit()

    assert queue(tutor, state=State.FREE) == works


def test_row_says_who_holds_the_work(tutor, tutor2, works):
    leases.take(works[0], tutor=tutor2)
    leases.take(works[1], tutor=tutor)

    rows = lines(tutor)

    assert rows[0].lease.tutor == tutor2
    assert [row.is_mine for row in rows] == [False, True, False, False, False]
    assert [row.can_take for row in rows] == [False, False, True, True, True]


def test_row_knows_the_version_and_the_review(module, captain, team, tutor):
    attempt = send(module, captain, team)
    review = send_back(attempt, tutor)

    row = lines(tutor, state=State.RETURNED)[0]

    assert (row.version, row.review) == (1, review)


def test_admin_looks_but_does_not_take(admin, tutor, works):
    assert not any(row.can_take for row in lines(admin))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "срок прошёл 3\N{NO-BREAK SPACE}дня назад"),
        (0, "срок сегодня"),
        (1, "срок завтра"),
    ],
)
def test_due_day_in_words(works, days, words):
    assert due_in_words(overdue(works[0], -days)) == words


def test_work_without_a_due_day_says_nothing(works):
    assert due_in_words(works[0]) == ""


def test_list_costs_the_same_for_few_and_many(
    tutor, module, cohort, captain, works, count_statements
):
    def cost():
        db.session.expire_all()
        db.session.refresh(tutor)
        with count_statements() as statements:
            ids = ids_in_turn(tutor, Filters(), limit=25)
            assert all(row.submission.owner for row in rows_of(ids, tutor))
        return len(statements)

    few = cost()
    for number, other in enumerate(["Весна", "Лето"]):
        more = save(Cohort(name=other, calendar="-", starts_on=cohort.starts_on))
        more.tutors.append(tutor)
        works[number].cohort = more
    db.session.commit()

    assert cost() == few == 2
    assert newest(works[0]).number == 1


def test_tutor_looks_back_at_own_reviews(module, captain, team, tutor, tutor2, admin):
    review = send_back(send(module, captain, team), tutor)

    def found(user, **chosen):
        return list(db.session.scalars(released_reviews(user, **chosen)))

    assert found(tutor) == found(tutor2, who="all") == found(admin) == [review]
    assert found(tutor2) == found(tutor, verdict="ACCEPTED") == []
    assert found(tutor, module=module.id, verdict="RETURNED") == [review]


def test_desk_remembers_the_school_and_my_own_words(
    module, cohort, captain, team, tutor, tutor2
):
    work = send(module, captain, team).submission
    earlier, other = crowd(module, cohort, captain, 2)
    earlier.team.school = team.school
    mine = accept(newest(earlier), tutor)
    accept(newest(other), tutor)

    memory = memory_of(work, tutor)

    assert (list(memory.accepted), list(memory.own)) == ([mine], [])
    assert list(memory_of(earlier, tutor).own) == []
    assert memory_of(work, tutor2).count == 1


def test_desk_remembers_what_i_said_to_the_team(
    module, cohort, captain, team, tutor, tutor2
):
    second = crowd(module, cohort, captain, 1)[0]
    review = send_back(send(module, captain, team), tutor)
    second.team, second.module = team, save(Module(slug="vtoroy", position=5))
    db.session.commit()

    assert list(memory_of(second, tutor).own) == [review]
    assert list(memory_of(second, tutor2).own) == []
