"""How far every team is: the cells, the page and the workbook say the same."""

import io
import re
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CohortState
from lms.course.modules.models import Module
from lms.overview.progress.matrix import matrix_of
from lms.overview.progress.sheets import headings_of, lines_of
from lms.work.submissions.models import Status, Submission
from lms.work.submissions.services import start_submission
from tests.achievements import credit
from tests.conftest import member_of, person, save
from tests.history import came
from tests.works import accept, crowd, overdue, send, send_back


def texts(cohort):
    """The cells of each team, by its name."""
    rows = matrix_of(cohort).rows
    return {row.team.name: [cell.text for cell in row.cells] for row in rows}


@pytest.fixture
def personal(module):
    """The module, as if everybody wrote the work alone."""
    table = type(module.current_revision).__table__
    db.session.execute(table.update().values(assignment_by="person"))
    db.session.commit()
    db.session.expire_all()
    return module


def own_work(user, team, module, status):
    """A work that one person wrote."""
    key = {"user": user, "cohort": team.cohort, "module": module}
    return save(Submission(**key, status=status))


def test_module_that_nobody_began(module, team):
    assert texts(team.cohort) == {"Опора": ["не начат"]}


def test_module_that_is_still_closed(module, cohort, team):
    cohort.rows[0].opens_on = today() + timedelta(days=1)
    db.session.commit()

    assert texts(cohort) == {"Опора": ["не открыт"]}


def test_every_state_has_its_word(module, team, captain, tutor):
    seen = []
    start_submission(module, user=captain, team=team)
    seen += texts(team.cohort)["Опора"]
    attempt = send(module, captain, team)
    seen += texts(team.cohort)["Опора"]
    send_back(attempt, tutor)
    seen += texts(team.cohort)["Опора"]
    accept(send(module, captain, team, zaprosy="Семеро."), tutor)
    seen += texts(team.cohort)["Опора"]

    assert seen == ["черновик", "ждёт проверки", "вернули", "зачтено"]


def test_overdue_is_a_second_fact(module, team, captain):
    came()
    overdue(start_submission(module, user=captain, team=team))

    assert texts(team.cohort) == {"Опора": ["черновик, просрочено"]}


def test_sent_work_is_not_the_teams_delay(module, team, captain):
    overdue(send(module, captain, team).submission)

    assert texts(team.cohort) == {"Опора": ["ждёт проверки"]}


def test_work_that_was_never_begun_is_late_by_the_calendar(module, cohort, captain):
    cohort.rows[0].due_on = today() - timedelta(days=1)
    came()

    assert texts(cohort) == {"Опора": ["не начат, просрочено"]}


def test_nobody_is_late_with_what_may_be_left_out(module, cohort, team, captain):
    came()
    cohort.rule = {**cohort.rule, "modules": []}
    overdue(start_submission(module, user=captain, team=team))

    assert texts(cohort) == {"Опора": ["черновик"]}


def test_closed_cohort_owes_nothing(module, cohort, captain):
    cohort.rows[0].due_on = today() - timedelta(days=1)
    cohort.state = CohortState.CLOSED
    came()

    assert texts(cohort) == {"Опора": ["не начат"]}


def test_personal_work_counts_people(personal, team, captain, member):
    third = member_of(team, person("Ли Ян", "li@example.org"))
    own_work(captain, team, personal, Status.WAITING)
    own_work(member, team, personal, Status.DRAFT)
    own_work(third, team, personal, Status.RETURNED)

    said = texts(team.cohort)["Опора"][0].replace("\xa0", " ")
    assert said == "прислали 2 из 3, 1 ждёт проверки, 1 на доработке"


def test_personal_work_of_everybody_is_accepted(personal, team, captain, member):
    credit(captain, own_work(captain, team, personal, Status.ACCEPTED))
    credit(member, own_work(member, team, personal, Status.DRAFT), reason="Болел")

    cell = matrix_of(team.cohort).rows[0].cells[0]
    assert (cell.state.value, cell.notes) == ("зачтено", ())


def test_personal_work_is_late_when_anybody_owes_it(personal, team, captain, member):
    came()
    own_work(captain, team, personal, Status.WAITING)
    overdue(own_work(member, team, personal, Status.DRAFT))

    assert matrix_of(team.cohort).rows[0].cells[0].is_late


def test_lesson_without_an_assignment_has_no_column(cohort, module, team):
    table = type(module.current_revision).__table__
    db.session.execute(table.update().values(assignment_title=None))
    db.session.commit()
    db.session.expire_all()

    assert matrix_of(cohort).columns == []


def test_lesson_that_nobody_wrote_yet_is_a_closed_column(cohort, module, team):
    unwritten = save(Module(slug="finansy", position=7))
    row = type(cohort.rows[0])(module=unwritten, position=7, opens_on=today())
    cohort.rows.append(row)
    db.session.commit()

    titles = [column.title for column in matrix_of(cohort).columns]
    assert (titles[1], texts(cohort)["Опора"][1]) == ("Занятие 7", "не открыт")


def test_matrix_costs_the_same_for_any_number_of_teams(
    module, cohort, captain, count_statements
):
    def cost():
        db.session.expire_all()
        db.session.commit()
        cohort.id  # noqa: B018 - loads the cohort before the count
        with count_statements() as statements:
            matrix_of(cohort)
        return len(statements)

    before = cost()
    crowd(module, cohort, captain, 30)

    assert cost() == before <= 8


def test_many_teams_stand_on_pages_and_in_one_sheet(
    module, cohort, team, captain, tutor, sign_in
):
    crowd(module, cohort, captain, 59)
    browser, url = sign_in(tutor), f"/progress/{cohort.id}/"

    first, second = browser.get(url).text, browser.get(f"{url}?page=2&q=исток").text

    assert (first.count("matrix__row"), second.count("matrix__row")) == (50, 9)
    assert "59\N{NO-BREAK SPACE}команд" in second
    assert "51–59" in second
    assert "q=%D0%B8%D1%81" in second
    file = browser.get(f"/progress/{cohort.id}.xlsx").data
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0)
    assert len(sheet.to_python()) == 61


def test_workbook_has_the_cells_of_the_page(
    module, cohort, team, other_team, captain, tutor, sign_in
):
    team.name, other_team.name = "=1+1", "@Мост"
    other_team.school.name = "-Лицей"
    overdue(start_submission(module, user=captain, team=team))
    came()

    answer = sign_in(tutor).get(f"/progress/{cohort.id}.xlsx")

    matrix = matrix_of(cohort)
    with CalamineWorkbook.from_filelike(io.BytesIO(answer.data)) as book:
        sheet = book.get_sheet_by_index(0).to_python()
    assert sheet == [headings_of(matrix), *lines_of(matrix)]
    assert {line[2] for line in sheet[1:]} == {"=1+1", "@Мост"}


def test_personal_works_that_wait_lead_to_the_queue(
    personal, team, captain, tutor, sign_in
):
    own_work(captain, team, personal, Status.WAITING)

    page = sign_in(tutor).get(f"/progress/{team.cohort_id}/").text

    queue = f"/reviews/?cohort={team.cohort_id}&amp;module={personal.id}"
    assert f'href="{queue}"' in page


def test_page_says_what_the_cells_say(module, team, captain, tutor, sign_in):
    work = send(module, captain, team).submission

    page = sign_in(tutor).get(f"/progress/{team.cohort_id}/").text

    assert "Опора" in page
    assert f'href="/reviews/{work.id}/"' in page
    assert "ждёт проверки" in page


def test_draft_of_a_team_is_seen_but_not_read(module, team, captain, tutor, sign_in):
    work = start_submission(module, user=captain, team=team)

    page = sign_in(tutor).get(f"/progress/{team.cohort_id}/").text

    assert "черновик" in page
    assert f"/reviews/{work.id}/" not in page


def test_page_has_the_cells_of_the_workbook(
    module, cohort, team, other_team, captain, tutor, sign_in
):
    overdue(start_submission(module, user=captain, team=team))
    came()

    page = sign_in(tutor).get(f"/progress/{cohort.id}/").text

    shown = []
    for cell in re.findall(r'<td class="matrix__cell.*?</td>', page, re.DOTALL):
        words = re.sub(r'<span[^>]*aria-hidden="true">.</span>|<[^>]+>', "|", cell)
        shown.append(", ".join(w.strip() for w in words.split("|") if w.strip()))
    cells = [cell.text for row in matrix_of(cohort).rows for cell in row.cells]
    assert shown == cells
    assert "черновик, просрочено" in shown


def test_tutor_sees_only_the_own_teams_on_demand(
    module, cohort, team, other_team, tutor, sign_in
):
    team.tutor = tutor
    db.session.commit()

    page = sign_in(tutor).get(f"/progress/{cohort.id}/?mine=1").text

    assert "Опора" in page
    assert "Мост" not in page


def test_chosen_cohort_of_others_is_not_chosen(cohort, tutor, admin, sign_in):
    other = type(cohort)(name="Чужой", calendar="two_years", starts_on=today())
    save(other)

    answer = sign_in(tutor).get(f"/progress/?cohort={other.id}")

    assert answer.location == f"/progress/{cohort.id}/"


def test_cohort_without_teams_says_so(cohort, tutor, sign_in):
    assert "пока нет команд" in sign_in(tutor).get(f"/progress/{cohort.id}/").text


@pytest.mark.parametrize("words", ["опора", "ШКОЛА № 12", "новосиб 12", "ковалёва"])
def test_teams_are_found_by_name_school_and_tutor(
    module, cohort, team, other_team, tutor, sign_in, words
):
    tutor.full_name, team.tutor = "Ковалева Ольга", tutor
    db.session.commit()

    page = sign_in(tutor).get(f"/progress/{cohort.id}/?q={words}").text

    assert "Опора" in page
    assert "Мост" not in page


def test_search_that_finds_nobody_says_so(module, cohort, team, tutor, sign_in):
    page = sign_in(tutor).get(f"/progress/{cohort.id}/?q=Марс").text

    assert "таких команд не нашлось" in page


def test_bar_above_a_column_shares_its_teams(module, cohort, captain, team, other_team):
    send(module, captain, team)

    shares = matrix_of(cohort).shares(0)

    assert [(share.words, share.x, share.width) for share in shares] == [
        ("ждёт проверки — 1", 0, 50),
        ("не начат — 1", 50, 50),
    ]
