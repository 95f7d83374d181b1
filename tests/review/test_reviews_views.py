"""The pages of reviews: the queue and the desk."""

import re

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.modules.contents import content_of
from lms.review.remarks.models import BankRemark
from lms.review.reviews import leases
from lms.review.reviews.drafts import draft_of, save_draft
from lms.review.threads.services import write_message
from lms.work.submissions.models import Status
from tests.works import crowd, judged, newest, send, send_back


@pytest.fixture
def work(module, captain, team):
    """What «Опора» has sent."""
    return send(module, captain, team).submission


@pytest.fixture
def url(work):
    return f"/reviews/{work.id}/"


@pytest.fixture
def browser(sign_in, tutor, work):
    """The tutor, who has taken the work."""
    browser = sign_in(tutor)
    browser.post(f"/reviews/{work.id}/take")
    return browser


def form(**changes):
    """A judgement that is enough for «зачтено», apart from `changes`."""
    filled = {"level-svyaz": "3", "level-pary": "2", "summary": "Хорошая работа."}
    return filled | {"attempt": "1", "version": "0"} | changes


def test_queue_shows_the_work(sign_in, tutor, work):
    page = sign_in(tutor).get("/reviews/").text

    assert "Школа № 12, команда «Опора»" in page
    assert "Взять следующую" in page


def test_queue_with_nonsense_in_the_address_is_the_queue(sign_in, tutor, work):
    page = sign_in(tutor).get("/reviews/?state=-&cohort=x&module=99&page=7")

    assert page.status_code == 200


def test_admin_has_nothing_to_press(sign_in, admin, url, work):
    queue = sign_in(admin).get("/reviews/").text
    desk = sign_in(admin).get(url).text

    assert "Взять" not in queue
    assert "Взять" not in desk
    assert "Зачесть" not in desk


def test_review_of_no_version_is_refused_and_its_words_come_back(browser, url, work):
    refused = browser.post(f"{url}draft", data=form(attempt="последняя"))

    assert refused.status_code == 400
    assert "Хорошая работа." in refused.text


def test_next_leads_to_the_desk(sign_in, tutor, url, work):
    response = sign_in(tutor).post("/reviews/next")

    assert response.location == url
    assert leases.lease_of(work).tutor == tutor


def test_next_keeps_the_filters(sign_in, tutor, url, cohort, work):
    response = sign_in(tutor).post(f"/reviews/next?cohort={cohort.id}")

    assert response.location == f"{url}?cohort={cohort.id}"


def test_next_says_when_nothing_is_left(sign_in, tutor, work):
    browser = sign_in(tutor)
    browser.post("/reviews/next")

    page = browser.post("/reviews/next", follow_redirects=True).text

    assert "Свободных работ сейчас нет." in page


def test_reading_takes_nothing(sign_in, tutor, url, work):
    page = sign_in(tutor).get(url).text

    assert leases.lease_of(work) is None
    assert "Взять на проверку" in page
    assert "Зачесть" not in page


def test_desk_says_who_holds_the_work(sign_in, tutor, tutor2, url, work):
    leases.take(work, tutor=tutor2)

    page = sign_in(tutor).get(url).text

    assert "на проверке: Ольга Ким" in page
    assert "Зачесть" not in page


def test_accepting_leads_back_to_the_queue(browser, url, work):
    response = browser.post(f"{url}release/accepted", data=form())

    assert response.location == "/reviews/"
    db.session.refresh(work)
    assert work.status is Status.ACCEPTED


def test_accepting_leads_on_when_asked(browser, url, module, cohort, captain):
    following = crowd(module, cohort, captain, 1)[0]

    response = browser.post(f"{url}release/accepted", data=form(go_on="on"))

    assert response.location == f"/reviews/{following.id}/"


def test_refused_verdict_gives_everything_back(browser, url, work):
    typed = form(**{"level-svyaz": "0", "remark-pary": "Назовите <даты>."})

    response = browser.post(f"{url}release/accepted", data=typed)

    assert response.status_code == 422
    assert "нужно 3\N{NO-BREAK SPACE}балла" in response.text
    assert "Хорошая работа." in response.text
    assert "Назовите &lt;даты&gt;." in response.text
    assert re.search(r'name="level-svyaz" value="0"\s+checked', response.text)


@pytest.mark.parametrize("field", ["level-svyaz", "level-pary"])
@pytest.mark.parametrize("level", ["", "1", "x"])
def test_each_criterion_is_required(browser, url, work, field, level):
    response = browser.post(f"{url}release/returned", data=form(**{field: level}))

    assert response.status_code == 422
    assert "Выберите уровень" in response.text
    db.session.refresh(work)
    assert work.is_waiting


def test_judgement_survives_when_a_colleague_was_faster(
    sign_in, browser, tutor2, url, work
):
    leases.let_go(work, tutor=leases.lease_of(work).tutor)
    leases.take(work, tutor=tutor2)

    response = browser.post(f"{url}release/accepted", data=form(summary="Мой разбор"))

    assert response.status_code == 409
    assert "Ольга Ким" in response.text
    assert "Мой разбор" in response.text


def test_verdict_about_an_older_version_shows_the_new_one(
    browser, url, work, module, captain, team, tutor2, tutor
):
    send_back(newest(work), tutor)
    send(module, captain, team, zaprosy="Спросили шестерых.")

    response = browser.post(f"{url}release/accepted", data=form(summary="Мой разбор"))

    assert response.status_code == 409
    assert "отправила новую версию" in response.text
    assert "Мой разбор" in response.text


def test_draft_is_saved_by_a_plain_button(browser, url, work, tutor):
    page = browser.post(f"{url}draft", data=form(), follow_redirects=True).text

    assert "Сохранено. Работа у вас до" in page
    assert "Хорошая работа." in page
    assert draft_of(newest(work), tutor).version == 1


def test_draft_is_saved_for_a_script(browser, url):
    response = browser.post(
        f"{url}draft", data=form(), headers={"Accept": "application/json"}
    )

    assert (response.json["version"], response.json["lost"]) == (1, False)


def test_script_learns_who_holds_the_work_now(browser, url, work, tutor, tutor2):
    leases.let_go(work, tutor=tutor)
    leases.take(work, tutor=tutor2)

    response = browser.post(
        f"{url}draft", data=form(), headers={"Accept": "application/json"}
    )

    assert response.json["lost"]
    assert "Ольга Ким" in response.json["message"]


def test_stale_draft_shows_both_texts(browser, url, work, tutor):
    judgement = judged(summary="Из другой вкладки")
    save_draft(newest(work), judgement, base_version=0, tutor=tutor)

    response = browser.post(f"{url}draft", data=form(summary="Из этой вкладки"))

    assert response.status_code == 409
    assert "Из другой вкладки" in response.text
    assert "Из этой вкладки" in response.text
    assert 'name="version" value="1"' in response.text


def test_ready_remark_is_put_in_without_a_script(browser, url, work, tutor):
    typed = form(**{"remark-svyaz": "Сначала:"})

    response = browser.post(f"{url}insert/svyaz/guide-0", data=typed)

    assert response.location.endswith("#mark-svyaz")
    remark = draft_of(newest(work), tutor).levels["svyaz"]["remark"]
    assert remark == "Сначала:\n\nСпросите самих учеников."


def test_remark_that_is_gone_loses_nothing(browser, url):
    response = browser.post(f"{url}insert/svyaz/bank-7", data=form(summary="Разбор"))

    assert response.status_code == 409
    assert "Разбор" in response.text


def test_remark_is_kept_for_later(browser, url, tutor):
    typed = form(**{"remark-svyaz": "Приведите слова ребят. Хватит трёх."})

    page = browser.post(f"{url}keep/svyaz", data=typed, follow_redirects=True).text

    remark = db.session.scalars(sa.select(BankRemark)).one()
    assert (remark.owner_id, remark.title) == (tutor.id, "Приведите слова ребят")
    assert "Замечание теперь среди готовых" in page


def test_difference_from_the_version_before(
    browser, url, work, module, captain, team, tutor
):
    send_back(newest(work), tutor)
    send(module, captain, team, zaprosy="Пятеро хотят лепить.")

    page = browser.get(url).text

    assert "Что изменилось" in page
    assert re.search(r"<ins>.*?лепить", page)
    assert "В версии 1: 0 из 3" in page


def test_difference_folds_what_the_team_left_as_it_was(
    browser, url, work, module, captain, team, tutor
):
    same = " ".join(f"Слово {number}." for number in range(30))
    send_back(newest(work), tutor)
    send(module, captain, team, zaprosy=f"{same}\n\nПятеро.")
    send_back(newest(work), tutor)
    send(module, captain, team, zaprosy=f"{same}\n\nШестеро.")

    page = browser.get(url).text

    assert "Ещё 1\xa0абзац без изменений" in page


def test_desk_has_the_assignment_and_the_guide_beside_the_work(browser, url, module):
    content = content_of(module.current_revision)

    page = browser.get(url).text

    assert content.assignment.task_html in page
    assert content.tutor.html in page


def test_team_reads_the_verdict(sign_in, captain, tutor, work):
    send_back(newest(work), tutor, summary="Назовите <b>запросы</b>.")

    page = sign_in(captain).get(f"/submissions/{work.id}/attempts/1/").text

    assert "на доработку" in page
    assert "Назовите &lt;b&gt;запросы&lt;/b&gt;." in page


def test_judged_work_is_only_read(browser, url, work):
    browser.post(f"{url}release/accepted", data=form())

    page = browser.get(url).text

    assert "Отзыв тьютора: зачтено" in page
    assert "judgement" not in page


def test_let_go_says_that_the_draft_stays(browser, url, work):
    page = browser.post(f"{url}let-go", follow_redirects=True).text

    assert "Работа снова свободна" in page
    assert leases.lease_of(work) is None


def test_queue_costs_the_same_for_few_and_many(
    sign_in, tutor, module, cohort, captain, work, count_statements
):
    browser = sign_in(tutor)

    def cost():
        with count_statements() as statements:
            assert browser.get("/reviews/").status_code == 200
        return len(statements)

    few = cost()
    crowd(module, cohort, captain, 20)

    assert cost() == few <= 12


@pytest.mark.parametrize("address", ["", "?cohort=1&module=1"])
def test_desk_costs_the_same_however_much_was_said(
    sign_in, tutor, module, team, captain, count_statements, address
):
    first = send(module, captain, team)
    for number in range(3):
        send_back(newest(first.submission), tutor)
        send(module, captain, team, zaprosy=f"Спросили {number}.")
    write_message(first.submission, "Как?", author=captain, seen=0, form_key="1")
    browser, desk = sign_in(tutor), f"/reviews/{first.submission_id}/{address}"
    browser.get(desk)  # reads the rubric, once in a process

    with count_statements() as statements:
        page = browser.get(desk).text

    assert "версия 4" in page
    assert len(statements) <= 15
