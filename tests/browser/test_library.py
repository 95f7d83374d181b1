"""An admin adds, replaces and withdraws a document; a visitor downloads it."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser import journey
from tests.browser.test_pages import WAYS, look
from tests.library import pdf

TITLE = "Положение о наставничестве"


@pytest.fixture
def admin(site, visit, scripts):
    journey.furnish(site)
    return visit(scripts=scripts).sign_in("admin@example.org")


def choose(admin, text):
    file = {"name": "p.pdf", "mimeType": "application/pdf", "buffer": pdf(text)}
    admin.page.get_by_label("Файл").set_input_files(file)


def add(admin):
    admin.page.goto("/library/")
    admin.follow("Добавить документ")
    admin.page.get_by_label("Вид").select_option("положение")
    admin.page.get_by_label("Название").fill(TITLE)
    admin.page.get_by_label("Источник").fill("Занятие 4 курса")
    choose(admin, "первый")
    admin.press("Положить в библиотеку")
    journey.says(admin, "Документ в библиотеке")


def replace(admin):
    admin.follow("Заменить файл")
    admin.page.get_by_label("Что изменилось").fill("Добавлен отбор.")
    choose(admin, "второй")
    admin.press("Заменить")
    journey.says(admin, "Новая редакция в библиотеке")


def withdraw(admin):
    admin.page.get_by_text("Отозвать", exact=True).click()
    admin.page.get_by_label("Почему").fill("Вышел новый закон.")
    admin.press("Отозвать документ")
    journey.says(admin, "Вышел новый закон.")


def downloaded(visitor, link):
    with visitor.page.expect_download() as download:
        visitor.follow(link, exact=False)
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_document_comes_is_replaced_and_goes(admin, visit, scripts):
    add(admin)
    replace(admin)

    guest = visit(scripts=scripts)
    guest.page.goto("/")
    guest.follow("библиотека документов")
    guest.page.get_by_label("О чём").fill("наставничеством")
    guest.press("Найти")
    guest.follow(TITLE)
    assert downloaded(guest, "Скачать pdf") == (f"{TITLE}.pdf", pdf("второй"))
    name, content = downloaded(guest, "Редакция 1 от")
    assert (name, content) == (f"{TITLE}, прежняя редакция 1.pdf", pdf("первый"))

    withdraw(admin)
    guest.page.reload()
    journey.says(guest, "файлы больше не скачать")
    assert guest.page.get_by_role("link", name="Скачать", exact=False).count() == 0
    # The browser says of a page that is gone that it is.
    assert len(guest.errors) <= 1
    guest.errors.clear()

    admin.press("Вернуть в библиотеку")
    journey.says(admin, "Документ снова в библиотеке")


@pytest.mark.parametrize("scripts", [True], indirect=True)
def test_pages_of_a_document_are_for_everybody(admin):
    add(admin)
    replace(admin)
    page = admin.page

    for name in ("document", "replace", "edit"):
        page.goto("/library/1/" + ("" if name == "document" else name))
        page.evaluate(AXE_SCRIPT)
        assert [look(page, f"library-{name}", way) for way in WAYS] == [[], []]
