"""The steps of a team's way through the course, as people take them on the pages."""

import email
import email.policy
import time
from datetime import date

from playwright.sync_api import expect

from lms.course.modules.services import publish
from lms.identity.accounts.consents import accept_consent, import_consent
from lms.identity.accounts.models import Role
from tests import sample_course
from tests.conftest import PASSWORD, person

PHRASE = "утюг сирень вокзал"
FIELD = "1. Запросы учеников"
PAIRS = "2. Первые пары"


def furnish(site):
    """Give a site a course of one module, a consent, an admin and a tutor."""
    with site.app_context():
        sample_course.store_course()
        publish(sample_course.import_module(), actor=None)
        import_consent("1", "Согласие", "<p>Храним имя и почту.</p>")
        for name, address, role in [
            ("Лях Вера Павловна", "admin@example.org", Role.ADMIN),
            ("Громов Илья Петрович", "tutor@example.org", Role.TUTOR),
        ]:
            accept_consent(person(name, address, role), "1")


def says(visitor, sentence):
    """Wait until the page says a sentence."""
    expect(visitor.page.locator("main")).to_contain_text(sentence)


# The admin prepares a cohort.


def create_cohort(admin, name="Весна"):
    admin.follow("Потоки")
    admin.follow("Создать поток")
    admin.page.get_by_label("Название потока").fill(name)
    admin.page.get_by_label("Интенсив").check()
    admin.page.get_by_label("Первый день").fill(date.today().isoformat())
    admin.press("Показать даты")
    admin.press("Создать поток")
    expect(admin.page.get_by_role("heading", name=name, level=1)).to_be_visible()


def assign_tutor(admin):
    admin.follow("Назначить тьюторов")
    admin.page.get_by_role("checkbox", name="Громов Илья Петрович").check()
    admin.press("Сохранить")


def add_team(admin, school="Школа № 12", team="Опора"):
    """Add a team of a new school; return the link that invites to it."""
    admin.follow("Добавить команду")
    admin.page.get_by_label("Название школы").fill(school)
    admin.page.get_by_label("Населённый пункт").fill("Новосибирск")
    admin.page.get_by_label("Название команды").fill(team)
    admin.page.get_by_label("Тьютор команды").select_option("Громов Илья Петрович")
    admin.press("Добавить и получить ссылку")
    return copy_link(admin)


def copy_link(admin):
    if admin.scripts:
        admin.press("Скопировать")
        says(admin, "Ссылка скопирована")
    return admin.page.get_by_label("Ссылка-приглашение").input_value()


def open_cohort(admin, name="Весна"):
    admin.follow("Потоки")
    admin.follow(name)
    admin.follow("Открыть поток")
    admin.press("Открыть поток и закрепить правило")
    says(admin, "Закреплено")


# A participant reads and answers.


def register(guest, link, name, address):
    guest.page.goto(link)
    guest.page.get_by_label("Фамилия, имя, отчество").fill(name)
    guest.page.get_by_label("Почта").fill(address)
    guest.page.get_by_label("Придумайте пароль").fill(PHRASE)
    guest.page.get_by_label("Кто вы для школы").select_option("учитель")
    guest.page.get_by_label("Даю согласие").check()
    guest.press("Присоединиться к команде")
    says(guest, "Опора")


def start_page(visitor):
    visitor.page.goto("/home/")


def read_lesson(reader):
    start_page(reader)
    reader.follow("Читать занятие 4")
    says(reader, "Школа посёлка ищет наставников.")
    reader.press("Прочитано")
    expect(reader.page.get_by_role("button", name="Снять отметку")).to_be_visible()


def pass_self_check(reader):
    reader.follow("Пройти")
    for answer in ("Спросить учеников", "Открытое место", "Право сказать «нет»"):
        reader.page.get_by_label(answer).check()
    reader.press("Узнать результат")
    says(reader, "100 % верных ответов")
    reader.follow("К занятию")


def begin_work(writer):
    writer.press("Открыть задание")
    writer.page.wait_for_url("**/drafts/**")  # the lesson names the task as well
    says(writer, "Карта наставничества")


def answer_field(writer, label=FIELD):
    """Return a field of the answer with everything that belongs to it."""
    return writer.page.get_by_role("region", name=label)


def write(writer, text, label=FIELD):
    """Write into a field and have it saved."""
    writer.page.wait_for_load_state()  # before, no script watches the field
    answer_field(writer, label).get_by_role("textbox").fill(text)
    if writer.scripts:
        is_saved(writer, label)
    else:
        answer_field(writer, label).get_by_role("button", name="Сохранить поле").click()
        says(writer, "Сохранено.")


def is_saved(writer, label=FIELD):
    """Wait until the page says that the field is saved."""
    state = answer_field(writer, label).get_by_role("status")
    expect(state).to_have_text("Сохранено.", timeout=15_000)


def attach(writer, name="карта.pdf"):
    document = {
        "name": name,
        "mimeType": "application/pdf",
        "buffer": sample_course.DOCUMENT,
    }
    writer.page.get_by_label("Файлы к работе").set_input_files(document)
    writer.press("Приложить")
    says(writer, "Файл приложен.")
    expect(writer.page.get_by_role("link", name=name)).to_be_visible()


def send(writer):
    writer.press("Отправить на проверку")
    says(writer, "Работа отправлена.")


def send_with_doubts(writer, doubts):
    writer.press("Отправить на проверку")
    says(writer, doubts)
    writer.press("Всё равно отправить")
    says(writer, "Работа отправлена.")


def continue_work(writer):
    start_page(writer)
    writer.follow("Продолжить задание 4")


# What came back is ticked off.


def tick_off(writer, criterion, count):
    """Tick what is answered; the page counts it."""
    line = writer.page.get_by_role("listitem").filter(has_text=criterion)
    line.get_by_role("button", name="Отметить: ответили").click()
    says(writer, f"Отмечено {count} замечаний.")


def sees_ticks(tutor, remark):
    """The old remark stands beside the change, with what the team says of it."""
    tutor.page.locator("label", has_text="Что изменилось").click()
    beside = tutor.page.get_by_role("listitem").filter(has_text=remark)
    expect(beside.get_by_text("команда отметила: ответили")).to_be_visible()


# Two people write into one field.


def sees_nobody(writer):
    """Let a page learn nothing of the others, as if it had just been left open."""
    answer = {"here": {}, "newer": {}}
    writer.page.route("**/presence/*", lambda route: route.fulfill(json=answer))


def write_over(writer, text):
    """Write into a field that somebody has changed meanwhile; look at both texts."""
    answer_field(writer).get_by_role("textbox").fill(text)
    if writer.scripts:
        says(writer, "тоже меняет это поле. Оба текста сохранены.")
        writer.follow("Показать рядом")
    else:
        answer_field(writer).get_by_role("button", name="Сохранить поле").click()


def sees_both(writer, *texts):
    rivals = writer.page.get_by_role("group", name="Два варианта поля")
    for text in texts:
        expect(rivals.get_by_text(text, exact=True)).to_be_visible()


def settle(writer, choice):
    writer.press(choice)
    says(writer, "Выбор сохранён.")


# The tutor reviews.


def take_next(tutor):
    start_page(tutor)
    tutor.press("Взять следующую")
    says(tutor, "у вас на проверке до")


def calibrate(tutor):
    """Score the samples that come before the first work, and go on to the work."""
    start_page(tutor)
    tutor.press("Взять следующую")
    says(tutor, "Сначала — два примера")
    for number in (1, 2):
        sample = tutor.page.get_by_role("region", name=f"Ответ {number}")
        for level in ("Запросы названы.", "Пары названы."):
            sample.locator(".levels__label", has_text=level).click()
    tutor.press("Сравнить с автором", exact=False)
    says(tutor, "строже на 1 балл")
    tutor.press("Взять следующую работу")
    says(tutor, "у вас на проверке до")


def choose(tutor, criterion, level):
    """Choose a level by its sentence."""
    group = tutor.page.get_by_role("group", name=criterion, exact=True)
    group.locator("label", has_text=level).click()


def give_back(tutor):
    choose(tutor, "Связь с запросами", "Запросов нет.")
    choose(tutor, "Пары", "Пар нет.")
    tutor.page.get_by_label("Замечание: Связь с запросами").fill("Спросите учеников.")
    tutor.page.get_by_label("Общий отзыв").fill("Назовите запросы.")
    tutor.press("Вернуть на доработку")
    says(tutor, "команда получит письмо")


def accept(tutor):
    choose(tutor, "Связь с запросами", "Пары выросли из запросов.")
    choose(tutor, "Пары", "Пары названы.")
    tutor.page.get_by_label("Общий отзыв").fill("Хорошая карта.")
    tutor.press("Зачесть", exact=False)
    says(tutor, "команда получит письмо")


def learns_of(writer, verdict, site, address):
    """The start page says what the tutor decided, and a letter says it too."""
    start_page(writer)
    says(writer, verdict)
    assert letter_with(site, address, verdict)


def letter_with(site, address, words):
    """Wait for a letter to somebody with these words in its subject or text."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for file in (site.config["INSTANCE"] / "mail").glob("*.eml"):
            letter = email.message_from_bytes(
                file.read_bytes(), policy=email.policy.default
            )
            said = letter.get_body(("plain",)).get_content()
            text = f"{letter['Subject']} {said}"
            if letter["To"] == address and words in text.lower():
                return letter
        time.sleep(0.2)
    return None


# The certificate.


def issue(tutor):
    tutor.follow("Сертификаты")
    tutor.follow("Кому выдать")
    tutor.press("Выдать 1 сертификат")
    wait_for_batch(tutor, 1)


def wait_for_batch(tutor, count):
    """Wait until a job has issued to everybody; without scripts, look again."""
    done = tutor.page.get_by_role("heading", name=f"Выдано {count} из {count}")
    while not tutor.scripts and not done.is_visible():
        tutor.follow("Обновить")
    expect(done).to_be_visible()


def wait_for_archive(tutor):
    """Wait until a job has packed the certificates of a cohort."""
    made = tutor.page.get_by_role("link", name="Скачать архив (.zip)")
    while not tutor.scripts and not made.is_visible():
        tutor.follow("Обновить")
    expect(made).to_be_visible()


def certificate_of(holder):
    """Return the code of the certificate and its paper as it is downloaded."""
    start_page(holder)
    holder.follow("Мой сертификат")
    pdf = holder.page.get_by_role("link", name="Скачать PDF", exact=True)
    href = pdf.get_attribute("href")
    paper = holder.page.request.get(href).body()
    check = holder.page.get_by_role("link", name="Что увидит тот, кто проверит")
    return check.get_attribute("href").rsplit("/", 1)[1], paper


def verify(visitor, code):
    visitor.page.goto("/")
    visitor.follow("проверить сертификат")
    visitor.page.get_by_label("Код с сертификата").fill(code)
    visitor.press("Проверить")
    says(visitor, "Сертификат действителен")


def team_at_work(visit, site, *people, scripts=True):
    """Open a cohort and return a browser for each person, the first one writing."""
    furnish(site)
    admin = visit(scripts=scripts).sign_in("admin@example.org", PASSWORD)
    create_cohort(admin)
    assign_tutor(admin)
    link = add_team(admin)
    open_cohort(admin)
    writers = []
    for number, name in enumerate(people):
        writers.append(visit(scripts=scripts))
        register(writers[-1], link, name, f"writer{number}@example.org")
    return writers
