"""The coordinating council: its sides, its history, what is kept of whom."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.core.together import REMOVED
from lms.identity.audit.models import AuditEvent
from lms.network.councils.council import council_of, tables_of
from lms.network.councils.meetings import (
    NOT_YET,
    add_meeting,
    add_paper,
    change_meeting,
    remove_meeting,
    remove_paper,
)
from lms.network.councils.models import CouncilFile, CouncilMeeting, CouncilMember, Side
from lms.network.councils.services import (
    KNOWN,
    add_member,
    change_member,
    remove_member,
)
from lms.schools.teams.models import School
from lms.schools.teams.services import edit_team
from tests import sample_course
from tests.conftest import count, journal
from tests.councils import meeting_words, member_words

PUPIL = {"side": Side.PUPIL, "name": "Аня", "position": "8 «Б»"}


@pytest.fixture
def sit(team, captain):
    """Return a function that puts somebody into the council."""
    return lambda **words: add_member(
        team.school, member_words(**words), author=captain
    )


@pytest.fixture
def met(team, captain):
    return add_meeting(team.school, meeting_words(), author=captain)


def test_side_that_nobody_speaks_for_is_missing(sit, team):
    for number, side in enumerate(list(Side)[:-1]):
        named = {"side": side, "name": f"Имя {number}"}
        sit(**(PUPIL if side is Side.PUPIL else named))

    assert council_of(team.school_id).missing == ["объединение"]


def test_who_has_left_is_history_and_no_side(sit, team, captain):
    stays, leaves = sit(name="Роман Ильич"), sit(**PUPIL)
    change_member(
        leaves, member_words(**PUPIL, left_on=today()), seen=1, author=captain
    )

    council = council_of(team.school_id)

    assert (council.present, council.past) == ([stays], [leaves])
    assert "учащийся" in council.missing


def test_council_without_anybody_misses_nobody(team):
    assert council_of(team.school_id).missing == []


@pytest.mark.parametrize("name", ["Аня Седова", "Седова А.", "А.Седова"])
def test_pupil_is_known_by_the_first_name_and_class_alone(sit, name):
    with pytest.raises(RuleError, match="без фамилии"):
        sit(**PUPIL | {"name": name})


def test_pupil_without_a_class_is_refused(sit):
    with pytest.raises(RuleError, match="класс"):
        sit(**PUPIL | {"position": ""})


@pytest.mark.parametrize("field", ["name", "position"])
def test_contact_is_not_kept(sit, field):
    with pytest.raises(RuleError, match="Похоже на чей-то контакт"):
        sit(**{field: "Котов, 8 913 000-11-22"})


def test_same_person_twice_is_refused_and_may_come_back(sit, captain):
    member = sit()
    with pytest.raises(RuleError, match=KNOWN):
        sit()
    change_member(member, member_words(left_on=today()), seen=1, author=captain)

    assert sit().id != member.id


@pytest.mark.parametrize(
    ("since", "left", "sentence"),
    [(0, 1, "не наступил"), (0, -1, "Вышел раньше")],
)
def test_days_are_in_their_order(sit, since, left, sentence):
    days = {"since": since, "left_on": left}
    words = {name: today() + timedelta(days=number) for name, number in days.items()}

    with pytest.raises(RuleError, match=sentence):
        sit(**words)


def test_minutes_are_put_there_once(met, captain):
    for _ in range(2):
        add_paper(met, "Протокол.pdf", sample_course.DOCUMENT, author=captain)

    assert [file.name for file in met.files] == ["Протокол.pdf"]


def test_minutes_of_a_meeting_ahead_are_refused(team, captain):
    words = meeting_words(held_on=today() + timedelta(days=1))
    ahead = add_meeting(team.school, words, author=captain)

    with pytest.raises(RuleError, match=NOT_YET):
        add_paper(ahead, "Протокол.pdf", sample_course.DOCUMENT, author=captain)


@pytest.mark.parametrize(
    ("name", "content"), [("протокол.exe", b"MZ"), ("протокол.pdf", b"MZ")]
)
def test_what_is_no_paper_is_refused(met, captain, name, content):
    with pytest.raises(RuleError):
        add_paper(met, name, content, author=captain)

    assert count(CouncilFile) == 0


def test_meeting_goes_with_its_minutes(met, captain):
    add_paper(met, "Протокол.pdf", sample_course.DOCUMENT, author=captain)

    remove_meeting(met, author=captain)

    assert (count(CouncilMeeting), count(CouncilFile)) == (0, 0)


def test_journal_names_nobody(sit):
    sit()

    event = db.session.query(AuditEvent).filter_by(object_type="CouncilMember").one()
    assert (event.object_title, event.after) == ("организация", None)


def test_register_on_paper_names_people_to_their_own_school_alone(sit, met, team):
    sit()
    council = council_of(team.school_id)

    full, reduced = (tables_of(council, in_full=one) for one in (True, False))

    assert full[0].rows == [["Котов Иван", "директор депо", "организация", "—", "—"]]
    assert reduced[0].rows == [["—", "—", "организация", "—", "—"]]
    assert (full[1].rows[0][2], reduced[1].rows[0][2]) == ("Принять", "—")


def test_empty_council_is_no_table(team):
    assert tables_of(council_of(team.school_id), in_full=True) == []


def test_council_goes_along_when_the_school_is_corrected(sit, met, team, admin):
    member = sit()
    right = School(name="Школа № 12", municipality="Бердск")

    edit_team(team, school=right, name="Опора", tutor=team.tutor, actor=admin)

    assert {member.school_id, met.school_id} == {team.school_id}


def test_admin_is_told_of_a_council_that_stays_behind(
    sit, team, other, other_team, admin, sign_in
):
    member, school = sit(), team.school
    add_member(other_team.school, member_words(), author=other)
    words = {"school_id": other_team.school_id, "name": "Вторая", "tutor_id": 0}

    browser = sign_in(admin)
    answer = browser.post(f"/teams/{team.id}/edit", data=words)

    assert member.school_id == school.id
    stays = f"Не перенесено: координационный совет. .*{school.label}"
    assert re.search(stays, browser.get(answer.location).text)


def test_council_takes_as_many_statements_for_twenty_as_for_two(
    team, captain, sit, count_statements
):
    counts = []
    for number in (2, 20):
        for one in range(number):
            sit(name=f"Имя {number} {one}")
            held = add_meeting(team.school, meeting_words(), author=captain)
            add_paper(held, "П.pdf", sample_course.DOCUMENT, author=captain)
        db.session.expire_all()
        with count_statements() as statements:
            tables_of(council_of(team.school_id), in_full=True)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_what_a_colleague_has_removed_is_neither_changed_nor_removed_again(
    sit, met, captain
):
    member, content = sit(), sample_course.DOCUMENT
    add_paper(met, "П.pdf", content, author=captain)
    [paper] = met.files
    for table in (CouncilFile, CouncilMeeting, CouncilMember):
        db.session.execute(sa.delete(table.__table__))
    db.session.commit()

    with pytest.raises(RuleError, match=REMOVED):
        add_paper(met, "Ещё.pdf", content, author=captain)
    with pytest.raises(RuleError, match=REMOVED):
        change_member(member, member_words(), seen=1, author=captain)
    with pytest.raises(RuleError, match=REMOVED):
        change_meeting(met, meeting_words(), seen=1, author=captain)
    remove_member(member, author=captain)
    remove_paper(met, paper, author=captain)
    remove_meeting(met, author=captain)
    assert not [action for action in journal() if action.startswith("убран")]
