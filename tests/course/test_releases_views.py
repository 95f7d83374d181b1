"""The page on which a revision is published, and what readers are told of it."""

from datetime import date, timedelta

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import site_zone
from lms.course.cohorts.models import CalendarRow
from lms.course.modules.models import ReadMark
from lms.course.modules.services import mark_read
from lms.course.releases.models import Release, SeenRelease
from lms.course.releases.news import dismiss
from lms.course.releases.services import publish_now
from lms.schools.teams.models import Membership, Position
from lms.work.drafts.services import save_field
from lms.work.submissions.services import start_submission
from tests.conftest import copies_of, count, save
from tests.sample_course import ASSIGNMENT, LESSON, QUIZ, files_without, import_module
from tests.works import accept, send
from tests.years import another_cohort, another_team

URL = "/modules/nastavnichestvo/"
PUBLISH = f"{URL}revisions/2/publish"
SEEN = {"instead_of": "1"}
DAY = date.today() + timedelta(days=3)
PLAN = SEEN | {"when": "later", "day": DAY.isoformat(), "clock": "09:00"}
NBSP = "\N{NO-BREAK SPACE}"
OTHER_LESSON = LESSON.replace("Одна встреча.", "Две встречи.")
OTHER_TASK = (
    ASSIGNMENT.replace(
        "  - key: pary\n    label: Первые", "  - key: dvoe\n    label: Двое"
    )
    .replace("fields: [pary]", "fields: [dvoe]")
    .replace("label: Запросы учеников", "label: Запросы ребят")
    .replace("\nrequired: true\npass", "\nrequired: false\npass")
)


@pytest.fixture
def studio(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def second(module):
    return import_module(files=files_without(lesson=OTHER_LESSON))


@pytest.fixture
def draft(module, captain, team):
    """What «Опора» writes, with a text in each field."""
    work = start_submission(module, user=captain, team=team)
    for key in ("zaprosy", "pary"):
        save_field(work, key, "Пятеро хотят шить.", base_version=0, author=captain)
    return work


def tell(revision, admin, note="Добавили пример.", instead_of=1):
    publish_now(revision, author=admin, instead_of=instead_of, note=note)


def test_page_says_whom_it_reaches(studio, second, draft, cohort):
    page = studio.get(PUBLISH).text

    for words in ("Читают сейчас", "Пишут", "Ждут проверки", "Сдано и зачтено"):
        assert f"<dt>{words}</dt>" in page
    assert f'href="/cohorts/{cohort.id}/"' in page
    assert f'href="/teams/{draft.team_id}/"' in page
    assert "команда «Опора»" in page
    assert "последняя правка сегодня" in page


def test_page_counts_what_is_done(studio, module, captain, team, tutor, second):
    accept(send(module, captain, team), tutor)

    page = studio.get(PUBLISH).text

    assert f">1{NBSP}работа</a>: для них ничего не меняется." in page
    assert "Никто." in page


def test_page_names_what_changes(studio, second):
    page = studio.get(PUBLISH).text

    assert "<li>Текст занятия</li>" in page
    assert "<li>Критерии</li>" not in page
    assert "Срок не меняется." in page


def test_page_says_what_becomes_of_texts(studio, module, draft):
    import_module(files=files_without("tutor.md", assignment=OTHER_TASK))

    page = studio.get(PUBLISH).text

    assert "Поле «Первые пары» убрано." in page
    assert "«Запросы учеников» теперь называется «Запросы ребят»" in page
    assert page.count(f"Текст в нём есть в 1{NBSP}черновике") == 2
    assert "в истории поля" in page
    assert "правило остаётся тем, с которым они начали" in page


def test_plan_is_kept_and_shown_with_its_zone(studio, second):
    studio.post(PUBLISH, data=PLAN | {"note": "Две встречи."})

    page = studio.get(PUBLISH).text
    assert f"{DAY.day}{NBSP}" in page
    assert "в 09:00, Москва (МСК). Автор плана: Вера Лях" in page
    assert "Читателям скажем: «Две встречи.»" in page
    plan = db.session.get(Release, 1)
    assert plan.planned_for.astimezone(site_zone()).hour == 9


def test_newer_draft_than_the_planned_is_said(studio, second):
    studio.post(PUBLISH, data=PLAN)
    assert "Черновик новее" not in studio.get(f"{URL}revisions/").text

    import_module(files=files_without("quiz.md"))

    assert "Черновик новее запланированной" in studio.get(f"{URL}revisions/").text


def test_plan_is_dropped_by_a_button(studio, second):
    studio.post(PUBLISH, data=PLAN)

    page = studio.post(f"{URL}releases/1/cancel", follow_redirects=True).text

    assert "План отменён" in page
    assert "Запланирована публикация" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": ""}, "Укажите день публикации."),
        ({"clock": ""}, "Укажите час публикации."),
        ({"day": "31.02.2027"}, "Такого дня нет"),
        ({"day": "2026-01-01"}, "Это время уже прошло"),
        ({"note": "о" * 301}, "Не больше 300 знаков."),
    ],
)
def test_refused_plan_brings_the_words_back(studio, second, changes, words):
    page = studio.post(PUBLISH, data=PLAN | {"note": "Две встречи."} | changes).text

    assert words in page
    assert 'value="09:00"' in page or "clock" in changes
    assert count(Release) == 0


def test_hour_is_not_asked_for_where_it_happens_now(studio, second, module):
    studio.post(PUBLISH, data=SEEN | {"when": "now", "day": "", "clock": "25:00"})

    db.session.refresh(module)
    assert module.current_revision is second


@pytest.fixture
def reader(sign_in, member, module):
    mark_read(module, user=member, is_read=True)
    return sign_in(member)


def test_who_has_read_is_told(reader, second, admin):
    tell(second, admin)

    page = reader.get(URL).text

    assert "Занятие обновлено" in page
    assert "Добавили пример." in page
    assert "Прочитано</span>" in page


def test_who_has_not_read_is_told_nothing(sign_in, member, module, second, admin):
    tell(second, admin)

    assert "Занятие обновлено" not in sign_in(member).get(URL).text


def test_who_writes_is_told(sign_in, member, draft, second, admin):
    tell(second, admin)

    assert "Занятие обновлено" in sign_in(member).get(URL).text


def test_who_reads_it_afterwards_is_told_nothing(reader, member, second, admin):
    tell(second, admin)
    db.session.get(ReadMark, (member.id, second.module_id)).read_at = utcnow()
    db.session.commit()

    assert "Занятие обновлено" not in reader.get(URL).text


def test_silent_release_tells_nobody(reader, second, admin):
    tell(second, admin, note="")

    assert "Занятие обновлено" not in reader.get(URL).text


def test_silent_mending_leaves_the_word(reader, second, admin):
    tell(second, admin)
    third = import_module(files=files_without("quiz.md", lesson=OTHER_LESSON))
    tell(third, admin, note="", instead_of=2)

    assert "Добавили пример." in reader.get(URL).text


def test_silent_way_back_takes_the_word_back(reader, second, module, admin):
    first = module.current_revision
    tell(second, admin)
    tell(first, admin, note="", instead_of=2)

    assert "Занятие обновлено" not in reader.get(URL).text


def test_way_back_is_told_the_same_way(reader, second, module, admin):
    first = module.current_revision
    tell(second, admin)
    tell(first, admin, note="Вернули прежний текст.", instead_of=2)

    assert "Вернули прежний текст." in reader.get(URL).text


def test_word_stays_until_it_is_dismissed(reader, second, admin):
    tell(second, admin)

    for _ in "12":  # a double click is no mistake
        reader.post(f"{URL}changes/1/seen")

    assert "Занятие обновлено" not in reader.get(URL).text
    assert count(SeenRelease) == 1


def test_two_clicks_at_once_are_one(second, admin, member, module, race):
    tell(second, admin)
    releases, readers = copies_of(db.session.get(Release, 1)), copies_of(member)

    race(*[lambda: dismiss(releases(), reader=readers())] * 3)

    assert count(SeenRelease) == 1


def test_next_release_is_told_again(reader, second, admin):
    tell(second, admin)
    reader.post(f"{URL}changes/1/seen")
    third = import_module(files=files_without("quiz.md", lesson=OTHER_LESSON))
    tell(third, admin, note="Убрали вопросы.", instead_of=2)

    page = reader.get(URL).text

    assert "Убрали вопросы." in page
    assert "Добавили пример." not in page


def test_changes_are_words_and_not_their_source(reader, second, admin):
    tell(second, admin)

    page = reader.get(f"{URL}changes/1").text

    assert "Две встречи" in page or "Две" in page
    assert "<ins>" in page
    assert "lesson.md" not in page
    assert "### На неделю" not in page


def test_changes_do_not_tell_the_right_answers(reader, module, admin):
    quiz = QUIZ.replace("- [x] Открытое", "- [ ] Открытое")
    tell(import_module(files=files_without(quiz=quiz)), admin)

    page = reader.get(f"{URL}changes/1").text

    assert "Слова занятия сейчас те же" in page


def test_plan_is_no_page_for_readers(reader, studio, second):
    studio.post(PUBLISH, data=PLAN | {"note": "Скоро."})

    assert reader.get(f"{URL}changes/1").status_code == 404


def test_kept_page_is_true(reader, second, admin):
    first = reader.get(URL).headers["ETag"]
    tell(second, admin)
    told = reader.get(URL, headers={"If-None-Match": first})
    reader.post(f"{URL}changes/1/seen")

    after = reader.get(URL, headers={"If-None-Match": told.headers["ETag"]})

    assert (told.status_code, after.status_code) == (200, 200)
    assert "Занятие обновлено" in told.text
    assert "Занятие обновлено" not in after.text


def test_lesson_costs_no_more_than_three_statements(
    reader, second, admin, count_statements
):
    tell(second, admin)
    reader.get(URL)  # what was opened is noted once

    with count_statements() as whole:
        etag = reader.get(URL).headers["ETag"]
    with count_statements() as kept:
        assert reader.get(URL, headers={"If-None-Match": etag}).status_code == 304

    assert len(whole) <= 3
    assert len(kept) <= 3  # one of them counts news that is there


def test_person_of_two_cohorts_reads_once(
    studio, second, module, cohort, member, captain
):
    earlier = another_cohort()
    save(
        CalendarRow(
            cohort=earlier, module=module, position=1, opens_on=cohort.starts_on
        )
    )
    team = another_team(earlier)
    save(Membership(user=member, team=team, position=Position.TEACHER))

    page = studio.get(PUBLISH).text

    assert "2 человека" in page.replace(NBSP, " ")
    assert f"{earlier.name}</a> (1)" in page


def test_page_costs_the_same_for_many_drafts(
    studio, second, draft, other, other_team, count_statements
):
    with count_statements() as few:
        studio.get(PUBLISH)
    start_submission(second.module, user=other, team=other_team)

    with count_statements() as many:
        studio.get(PUBLISH)

    assert len(many) == len(few)
