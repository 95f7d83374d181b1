"""Finding practices, taking them, asking about them, and the figures for reports."""

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.network.practices.bank import (
    Filters,
    count_practices,
    find_practices,
    practices_of_lesson,
    waiting_for,
)
from lms.network.practices.exchange import (
    answer_question,
    ask_team_of,
    questions_of,
    take_practice,
    uses_of,
)
from lms.network.practices.figures import bank_figures, cards_published
from lms.network.practices.models import PracticeQuestion, PracticeUse, Size
from lms.network.practices.newer import newer_edition
from lms.network.practices.permissions import can_edit_bank
from lms.network.practices.publishing import withdraw
from lms.network.practices.writing import ask_team
from lms.review.moderation.models import Kind, Reading
from lms.review.reviews.models import Review, Verdict
from lms.schools.teams.models import School
from lms.schools.teams.services import edit_team
from lms.work.submissions.models import Attempt
from tests.conftest import copies_of, count, letters, save
from tests.practices import agree


def found(words="", **chosen):
    return db.session.scalars(find_practices(Filters(words, None, chosen))).all()


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("велосипед", False),
        ("чинить", True),
        ("чинил", True),
        ("ШВЕЕ среда", True),
        ("восьмиклассн", True),
        ("Новосибирск", True),
        ("швея столяр", False),
    ],
)
def test_cards_are_found_by_words_in_any_form(published, words, is_found):
    assert found(words) == ([published] if is_found else [])
    assert count_practices(words) == is_found


def test_cards_are_found_by_the_kind_of_school(published):
    assert found(size=Size.MIDDLE) == [published]
    assert found(size=Size.SMALL) == []


def test_withdrawn_card_is_found_no_more(published, captain, module):
    before = module.shared_at

    withdraw(published, captain=captain)

    db.session.refresh(module)
    assert (found(), practices_of_lesson(module.id)) == ([], [])
    assert module.shared_at > before


def test_bank_offers_a_second_reader_no_card_that_is_kept_from_them(
    published, captain, cohort, tutor2, sign_in
):
    revision = published.attempt.revision
    facts = {"revision": revision, "rubric_hash": revision.rubric_hash}
    review = db.session.scalars(sa.select(Review)).one()
    save(Reading(review=review, kind=Kind.SECOND, **facts))

    assert published.title not in sign_in(tutor2).get("/practices/").text
    assert published.title in sign_in(captain).get("/practices/").text
    assert count_practices("чинить", tutor2) == 0


def test_school_takes_a_practice_once_and_tells_later(published, other_team, other):
    school = other_team.school

    take_practice(published, "", school=school, user=other)
    take_practice(published, "Сложились три пары.", school=school, user=other)
    take_practice(published, "", school=school, user=other)

    assert [use.said for use in uses_of(published)] == ["Сложились три пары."]


def test_two_presses_take_a_practice_once(published, other_team, other, race):
    card, school, person = map(copies_of, (published, other_team.school, other))

    def take():
        take_practice(card(), "", school=school(), user=person())

    race(take, take)

    assert count(PracticeUse) == 1


@pytest.mark.parametrize(
    "said", ["Помогла Нина Сергеевна.", "Звоните: +7 383 123-45-67"]
)
def test_line_that_names_people_is_refused(published, other_team, other, said):
    with pytest.raises(RuleError, match="Уберите"):
        take_practice(published, said, school=other_team.school, user=other)


def test_own_school_takes_nothing(published, team, member):
    with pytest.raises(RuleError, match="вашей школы"):
        take_practice(published, "", school=team.school, user=member)


def test_withdrawn_card_is_taken_by_nobody(published, captain, other_team, other):
    withdraw(published, captain=captain)

    with pytest.raises(RuleError, match="отозвали"):
        take_practice(published, "", school=other_team.school, user=other)


def test_question_and_answer_go_by_letters_without_addresses(
    published, other_team, other, captain, member
):
    letters()
    for _ in range(2):
        facts = {"asker": other, "school": other_team.school, "form_key": "k"}
        ask_team_of(published, "Где встречались?", **facts)
    (question,) = questions_of(published, asker=other)

    answer_question(question, "В мастерской.", member=member)

    sent = [letter for letter in letters() if "практик" in letter["subject"]]
    assert [one["to"] for one in sent][-2:] == [captain.email, other.email]
    assert other.email not in sent[-2]["text"]
    assert count(PracticeQuestion) == 1


def test_question_has_one_answer(published, other, captain, member):
    ask_team_of(published, "Где?", asker=other, school=None, form_key="k")
    (question,) = questions_of(published, asker=None)
    answer_question(question, "Там.", member=member)

    with pytest.raises(RuleError, match="уже"):
        answer_question(question, "Тут.", member=captain)


def test_own_tutor_and_reviewer_edit_no_card(
    card, captain, member, tutor, tutor2, other_tutor, admin, team
):
    team.tutor_id = tutor2.id
    ask_team(card, captain=captain)
    agree(card, member)

    may = [
        one for one in (tutor, tutor2, other_tutor, admin) if can_edit_bank(one, card)
    ]

    assert may == [other_tutor, admin]


def test_card_waits_for_its_people_and_for_editors(
    card, captain, member, other, other_tutor
):
    ask_team(card, captain=captain)
    asked = [list(waiting_for(one)) for one in (captain, member, other, other_tutor)]

    agree(card, member)

    assert asked == [[card], [card], [], []]
    assert waiting_for(other_tutor) == [card]


def test_figures_count_what_is_public(published, other_team, other, captain):
    take_practice(published, "Три пары.", school=other_team.school, user=other)
    schools, year = sa.select(School.id), SchoolYear.of(today())

    assert bank_figures(schools, year) == (1, 1, 1)
    assert cards_published(schools, year) == [published]
    assert bank_figures(schools, SchoolYear.starting(2018)) == (0, 0, 0)
    withdraw(published, captain=captain)
    assert bank_figures(schools, year) == (0, 0, 0)


def test_card_keeps_the_name_that_the_school_had(published, team):
    team.school.name = "Лицей № 12"
    db.session.commit()

    assert published.school_name == "Школа № 12"


def test_later_accepted_attempt_is_told_on_the_card(
    published, accepted, captain, tutor
):
    before = newer_edition(published)
    facts = {"revision_id": published.attempt.revision_id, "sent_by": captain}
    later = save(Attempt(submission=accepted, number=2, fields=[], **facts))
    review = {"levels": [], "points": 5, "summary": "", "verdict": Verdict.ACCEPTED}
    save(Review(attempt=later, tutor=tutor, **review))

    newer = newer_edition(published)

    assert (before, newer.attempt, newer.practice) == (None, later, None)
    assert published.attempt.number == 1


def test_question_goes_along_when_the_school_is_corrected(
    published, other, other_team, admin
):
    asked = {"asker": other, "school": other_team.school, "form_key": "2b" * 16}
    ask_team_of(published, "Как начали?", **asked)
    right = School(name="Школа № 77", municipality="Бердск")

    edit_team(other_team, school=right, name="Мост", tutor=None, actor=admin)

    assert [one.school for one in questions_of(published, asker=None)] == [right]


def test_uses_go_along_when_the_school_is_corrected(
    published, team, other_team, other, admin
):
    take_practice(published, "", school=other_team.school, user=other)
    right = School(name="Школа № 77", municipality="Бердск")

    edit_team(other_team, school=right, name="Мост", tutor=None, actor=admin)
    assert [use.school for use in uses_of(published)] == [right]

    edit_team(other_team, school=team.school, name="Мост", tutor=None, actor=admin)
    assert [use.school for use in uses_of(published)] == [right]
