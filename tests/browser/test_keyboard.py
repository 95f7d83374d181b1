"""Work without a mouse."""

import sqlalchemy as sa
from playwright.sync_api import expect

from lms.core.extensions import db
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.work.submissions.models import Submission
from tests.browser import journey, team
from tests.browser.demo import only
from tests.browser.keyboard import keys, press_on, sign_in, type_into
from tests.browser.stage import Visitor

VALID = sa.select(Certificate).filter_by(state=CertificateState.VALID)
NOTEBOOK = {"width": 1024, "height": 768}
# How much of the window is left below what has the focus, if all of it can be there.
BELOW_THE_RING = """() => {
  const {bottom, height} = document.activeElement.getBoundingClientRect();
  return height > innerHeight ? innerHeight : innerHeight - bottom;
}"""


def test_writer_sends_the_work_with_keys_only(visit, site):
    team.begin_work(site)
    writer = visit()
    sign_in(writer, team.CAPTAIN)
    press_on(writer, "Продолжить задание")
    journey.says(writer, "По чему проверяют")
    type_into(writer, journey.FIELD, "Пятеро хотят шить.")
    journey.is_saved(writer)
    type_into(writer, journey.PAIRS, "Швея и двое ребят.")
    journey.is_saved(writer, journey.PAIRS)

    press_on(writer, "Отправить на проверку")

    journey.says(writer, "Работа отправлена.")


def test_tutor_accepts_a_work_with_keys_only(visit, site):
    team.send_work(site)
    tutor = visit()
    sign_in(tutor, team.TUTOR)
    press_on(tutor, "Проверка")
    journey.says(tutor, "Дольше всех ждут")
    press_on(tutor, "Взять следующую")
    journey.says(tutor, "у вас на проверке до")

    keys(tutor, "3", "c", "2", "e")
    tutor.page.keyboard.type("Хорошие пары.")
    type_into(tutor, "Общий отзыв", "Зачтено.")
    keys(tutor, "Control+Enter", "Control+Enter")

    journey.says(tutor, "команда получит письмо")


def test_tutor_returns_a_work_with_keys_only(visit, site):
    team.send_work(site)
    tutor = visit()
    sign_in(tutor, team.TUTOR)
    press_on(tutor, "Взять следующую")
    journey.says(tutor, "у вас на проверке до")

    keys(tutor, "0", "r", "Enter", "Tab", "c", "0")
    type_into(tutor, "Общий отзыв", "Назовите запросы.")
    keys(tutor, "Control+Shift+Enter", "Enter")

    journey.says(tutor, "команда получит письмо")


def test_tutor_answers_beside_the_work_with_keys_only(visit, site):
    team.send_work(site)
    tutor = visit()
    sign_in(tutor, team.TUTOR)
    press_on(tutor, "Взять следующую")
    journey.says(tutor, "у вас на проверке до")

    keys(tutor, "t")
    type_into(tutor, "Сообщение", "Спросите восьмой класс.")
    keys(tutor, "Control+Enter")

    journey.says(tutor, "Сообщение отправлено.")
    journey.says(tutor, "у вас на проверке до")
    with site.app_context():
        assert only(Submission).is_waiting


def test_ring_of_the_focus_is_whole_at_the_edge_of_the_window(chromium, demo):
    visitor = Visitor(chromium, demo.config["LMS_URL"], size=NOTEBOOK)
    visitor.page.goto("/")
    below = []

    for _ in range(12):
        keys(visitor, "Tab")
        below.append(visitor.page.evaluate(BELOW_THE_RING))

    assert min(below) >= 5
    visitor.close()


def test_code_of_a_certificate_is_typed_at_once(chromium, demo):
    visitor = Visitor(chromium, demo.config["LMS_URL"])
    visitor.page.goto("/verify/")
    expect(visitor.page.locator("[name=code]")).to_be_focused()
    with demo.app_context():
        code = db.session.scalars(VALID).first().code

    visitor.page.keyboard.type(code.lower().replace("-", " "))
    keys(visitor, "Enter")

    journey.says(visitor, "Сертификат действителен")
    visitor.close()
