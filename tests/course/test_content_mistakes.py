"""One mistake at a time: what an author hears, and about which line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.course.test_content_module import check
from tests.sample_module import module_files, spoilt

PICTURE = '![Пара](media/para.svg "Подпись")'
FRONT_MATTER = [
    ("title: Проба\n", "", 2, "нет ключа «title»"),
    ("title: Проба", "titel: Проба", 2, "«titel». Может быть, «title»?"),
    ("minutes: 5", "xyz: 5", 4, "неизвестный ключ «xyz». Здесь бывают: minutes,"),
    ("title: Проба", "title: " + "я" * 91, 2, "91 знаков, а можно не больше 90"),
    ("title: Проба", "title:", 2, "после «title:» пусто"),
    ("title: Проба", 'title: " "', 2, "текст пуст"),
    ("title: Проба", "title: 12", 2, "нужен текст; если это число"),
    ("title: Проба", "title: [Проба]", 2, "нужен текст"),
    ("title: Проба", "title: Да\ntitle: Нет", 3, "«title» уже есть в строке 2"),
    ("title: Проба", "title: Проба: начало", 2, "двоеточие с пробелом внутри текста"),
    ("title: Проба", 'title: "Проба', 2, "кавыч"),
    ("title: Проба", "title: &a Проба", 2, "это ссылки YAML"),
    ("title: Проба", "title: *a", 2, "это ссылки YAML"),
    ("title: Проба", "title: !проба", 2, "это тип YAML"),
    ("title: Проба", "title: *важно* слово", 2, "это ссылки YAML"),
    ("title: Проба", "title: @проба", 2, "недопустимый знак"),
    ("title: Проба", "title: " + "[" * 50, 2, "слишком много уровней"),
    ("title: Проба", "? [a]\n: Проба", 2, "ключ — это одно слово"),
    ("title: Проба", f"title: [{'1,' * 10_000}]", 2, "слишком много ключей"),
    ("minutes: 5", "minutes: пять", 4, "нужно целое число"),
    ("minutes: 5", 'minutes: "5"', 4, "нужно целое число без кавычек"),
    ("minutes: 5", "minutes: 0", 4, "0, а нужно не меньше 1"),
    ("minutes: 5", "minutes: 121", 4, "121, а можно не больше 120"),
    ("minutes: 5", "minutes: 1:30", 4, "стоит «1:30»"),
    ("  - провести встречу\n", "", 5, "в списке 1, а нужно не меньше 2"),
    ("outcomes:", "outcomes: составить\nx:", 5, "нужен список"),
    ("- провести встречу", "- Провести встречу", 7, "с маленькой буквы"),
    ("- провести встречу", "- провести встречу.", 7, "без точки в конце"),
    ("- провести встречу", "- составить пары", 7, "уже есть выше"),
    ("---\ntitle", "title", 1, "файл начинается со строки «---»"),
    ("---\n\nНачало", "\nНачало", 1, "нужна вторая строка «---»"),
    ("Начало.", "Нача\x00ло.", 10, "невидимый управляющий знак"),
]
LESSON = [
    ("## Запрос", "# Запрос", 12, "заголовок с одной #"),
    ("## Запрос", "### Запрос", 12, "пропущен уровень ##"),
    ("### Шаг", "#### Шаг", 18, "пропущен уровень ###"),
    ("## Запрос", "## Запрос {#Запрос}", 12, "{#kogo-zvat}"),
    ("## Запрос", "## Запрос {.класс}", 12, "{#kogo-zvat}"),
    ("Слово.", "Слово <b>тут</b>.", 14, "вместо <b> используйте Markdown"),
    ("Слово.", "<div>\n\nСлово\n\n</div>", 14, "вместо <div>"),
    ("Слово.", "<!-- потом -->", 14, "уберите «<!-- … -->»"),
    ("media/karta.docx", "media/kart.docx", 14, "Может быть, «media/karta.docx»?"),
    ("(media/karta.docx)", "(karta.docx)", 14, "никуда не ведёт"),
    ("(media/karta.docx)", "()", 14, "никуда не ведёт"),
    ("(media/karta.docx)", "(http://a.ru)", 14, "нужен адрес на https://"),
    ("(media/karta.docx)", "(javascript:alert)", 14, "не допускается"),
    ("(media/karta.docx)", "(ftp://a.ru)", 14, "не допускается"),
    ("(media/karta.docx)", "(../07-net/lesson.md)", 14, "нет занятия «net»"),
    ("(media/karta.docx)", "(#net)", 14, "на странице нет места #net"),
    ("[Карта запросов]", "[]", 14, "нет текста"),
    ("![Пара]", "![]", 16, "у картинки нет описания"),
    ("media/para.svg", "media/para.png", 16, "нет файла media/para.png"),
    ("media/para.svg", "media/karta.docx", 16, "media/karta.docx не картинка"),
    ("media/para.svg", "https://a.ru/b.png", 16, "положите файл в media/"),
    (PICTURE, "Вот " + PICTURE, 16, "картинка стоит на отдельной строке"),
    ("Слово.", "!!! tipp\n    Слово.\n\n", 14, "«!!! tipp». Может быть, «tip»?"),
    ("Слово.", "!!! tip\n\nСлово.", 14, "врезка пуста"),
    ("Слово.", '!!! tip "Слово\n    раз\n\n', 14, "врезка не понята"),
    ("Слово.", "Слово[^1].", 14, "у сноски [^1] нет текста"),
    ("Слово.", "```\nСлово.", 14, "блок кода нигде не закрыт"),
    ("Слово.", "- ```\n  Слово.\n  ```\n\n", 14, "блок кода начинают с новой строки"),
    ("Слово.", "<!--\n\nпотом\n\n-->", 14, "уберите «<!-- … -->»"),
    ("Слово.", "Слово <i\nx=1>.", 14, "вместо <i x=1> используйте Markdown"),
    ("Слово.", "• раз\n• два\n\n", 14, "список начинают с «- »"),
    ("Слово.", "##Слово", 14, "после ## нужен пробел"),
    ("(media/karta.docx)", "(#запросы)", 14, "Может быть, #zapros?"),
    (PICTURE, f"[{PICTURE}](https://a.ru)", 16, "картинка не бывает ссылкой"),
    ("Слово.", "Слово:\nа|б\n-|-\n1|2\n\n", 16, "таблица не получилась"),
]
ASSIGNMENT = [
    ("by: team", "by: person2", 4, "бывает team или person"),
    ("required: true", "required: да", 5, "нужно true или false"),
    ("pass_points: 3", "pass_points: 6", 6, "все критерии вместе дают 5"),
    ("pass_points: 3", "pass_points: 0", 6, "нужно не меньше 1"),
    ("plan_section: Карта\n", "", 2, "нет ключа «plan_section»"),
    ("key: zaprosy", "key: Запросы", 10, "строчными латинскими буквами"),
    ("key: pary", "key: zaprosy", 16, "«zaprosy» уже есть выше"),
    ("    hint: Напишите.\n", "", 10, "нет ключа «hint»"),
    ("max_chars: 100", "max_chars: 99", 15, "нужно не меньше 100"),
    ("Вот так.", "я" * 101, 19, "в примере 101 знаков, а в поле помещается 100"),
    ("Так и **так**", "Так <b>", 13, "вместо <b>"),
    ("key: polza", "key: svyaz", 31, "«svyaz» уже есть выше"),
    ("[zaprosy]", "[zapros]", 25, "нет поля «zapros». Может быть, «zaprosy»?"),
    ("points: 0", "points: 1", 27, "первый уровень даёт 0 баллов"),
    ("points: 2", "points: 0", 29, "0 после 0: баллы растут"),
    ("points: 2", "points: два", 29, "нужно целое число"),
    ("        text: Есть.\n", "", 29, "нет ключа «text»"),
    ("Сделайте карту.\n", "", 39, "нет самого задания"),
]
QUIZ = [
    ("## Что *сначала*?", "## ", 5, "вопрос пуст"),
    ("## Что", "Что", 5, "перед первым вопросом"),
    ("[x] Запрос", "[ ] Запрос", 5, "нет верного ответа"),
    ("[ ] Список", "[x] Список", 5, "все ответы верные"),
    ("[ ] Список", "[v] Список", 9, "отметка [v]"),
    ("  Нет: сначала запрос.\n", "", 9, "нет пояснения"),
    ("- [x] Запрос\n  Да.\n", "", 5, "вариантов ответа 1"),
    ("[x] Запрос", "[x] Список", 11, "такой вариант уже есть"),
    ("[x] Запрос", "[x]", 11, "вариант пуст"),
    ("[x] Запрос", "[x] 1. Запрос", 11, "только строка текста"),
    ("  Нет: сначала", "Нет: сначала", 10, "после вариантов бывает только пояснение"),
    ("Пришёл", "### Пришёл", 7, "здесь не может быть заголовка"),
    ("Список", "[Список](media/net.pdf)", 9, "нет файла media/net.pdf"),
    ("Нет: сначала", "<i>Нет</i>", 10, "вместо <i>"),
]
TUTOR = [
    ("criterion: svyaz", "criterion: svaz", 3, "Может быть, «svyaz»?"),
    ("title: Нет запросов", "title: " + "я" * 61, 4, "можно не больше 60"),
    ("verdict: returned", "verdict: accepted", 6, "один accepted"),
    ("      zaprosy: Спросили *двенадцать*", "      pary: Да", 9, "поле «zaprosy»"),
    ("zaprosy: Всем", "zapros: Всем", 20, "нет поля «zapros»"),
    ("Всем всё нужно.", "я" * 101, 20, "в ответе 101 знаков"),
    ("svyaz: 2", "svyaz: 1", 12, "нет уровня points: 1, а есть 0, 2"),
    ("      polza: 3\n", "", 11, "нет критерия «polza»: добавьте его"),
    ("polza: 0", "polza: 3", 21, "сумма 5, зачёт от 3"),
    ("      polza: Нет.\n", "", 24, "нет критерия «polza»: добавьте его"),
    ("Смотрите на запросы.\n", "", 28, "нет текста"),
]
TABLE = [
    (path, *row)
    for path, rows in [
        ("lesson.md", FRONT_MATTER + LESSON),
        ("assignment.md", ASSIGNMENT),
        ("quiz.md", QUIZ),
        ("tutor.md", TUTOR),
    ]
    for row in rows
]


@pytest.mark.parametrize(("path", "old", "new", "line", "message"), TABLE)
def test_mistake_is_told_with_its_line(path, old, new, line, message):
    report = check(spoilt(path, old, new))

    found = [(p.path, p.line) for p in report.errors if message in p.message]
    assert found == [(f"04-proba/{path}", line)], [str(p) for p in report.problems]
    assert report.module is None


@pytest.mark.parametrize("title", ["Главное", "Что почитать"])
def test_missing_closing_section_is_a_warning(title):
    report = check(spoilt("lesson.md", f"## {title}", "## Другое"))

    assert [p.message for p in report.problems] == [
        f"нет раздела «## {title}»: добавьте его в конец"
    ]
    assert report.module


def test_number_in_a_heading_is_a_warning():
    report = check(spoilt("lesson.md", "## Запрос", "## 1. Запрос"))

    assert [(p.line, p.level) for p in report.problems] == [(12, "warning")]


def test_file_in_another_encoding_is_told_by_its_byte():
    files = spoilt("lesson.md", "Начало", "@")
    at = files["lesson.md"].index(b"@")
    files["lesson.md"] = files["lesson.md"].replace(b"@", "Начало".encode("cp1251"))

    (problem,) = check(files).errors

    assert str(problem).startswith("04-proba/lesson.md:10: байт")
    assert f"байт {at + 1} (0xCD) не похож на UTF-8" in problem.message


def test_text_over_200_kb_is_refused():
    report = check(spoilt("lesson.md", "Начало", "слово " * 20_000))

    assert [p.message for p in report.errors] == [
        "текст больше 200 КБ: разделите его или сократите"
    ]


def test_words_of_yaml_that_surprise_are_words():
    report = check(spoilt("lesson.md", "title: Проба", "title: yes"))

    assert report.module.lesson.title == "yes"


def test_each_of_two_equal_mistakes_has_its_line():
    report = check(spoilt("lesson.md", "Конец.", "[a](x.md)\n\n[b](x.md)"))

    assert [p.line for p in report.errors] == [20, 22]


def test_what_stands_in_code_is_not_a_mistake():
    code = "```\n<b>\n- a\n[^1] a|b\n-|-\n```\n\n`<i>` и `[^1]`"

    report = check(spoilt("lesson.md", "Конец.", code))

    assert report.problems == []


def test_two_headings_never_share_an_address():
    files = spoilt("lesson.md", "## Запрос", "## Запрос {#a}")
    text = files["lesson.md"].decode().replace("### Шаг", "### Шаг {#a}")

    report = check(files | {"lesson.md": text.encode()})

    assert [p.message for p in report.errors] == [
        "адрес {#a} уже занят: выберите другой"
    ]


@pytest.mark.parametrize(
    ("heading", "taken"), [("Море", "more"), ("Тест {#quiz}", "quiz")]
)
def test_heading_never_takes_an_address_of_the_page_around_it(heading, taken):
    report = check(spoilt("lesson.md", "## Запрос", f"## {heading}"))

    (error,) = report.errors
    assert error.message == f"адрес {{#{taken}}} уже занят: выберите другой"
    assert error.line > 1


def test_links_that_lead_somewhere_are_fine():
    links = "[a](../07-strategiya/lesson.md#b) [c](https://d.ru) [e](#zapros) <f@g.ru>"

    report = check(spoilt("lesson.md", "Конец.", links))

    assert report.problems == []


PIECES = [
    *("---", "\n", "- ", ": ", "[", "{", "}", "&a", "*a", "!b", "|", "'", '"', "#"),
    *("## ", "  ", "\t", "null", "true", "12", "-1", "\u2028", "? ", "![](", "media/"),
    *("- [x] ", "title", "key: ", "levels:", "\n- \n", "%", "@", "{a: b}", "[a, b]"),
]
CUT = st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(PIECES))
NAMES = st.sampled_from(["lesson.md", "assignment.md", "quiz.md", "tutor.md"])


@given(NAMES, st.lists(CUT, min_size=1, max_size=4))
@settings(max_examples=150)
def test_no_mistake_is_too_strange_to_be_told(path, cuts):
    files = module_files()
    text = files[path].decode()
    for where, length, piece in cuts:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]

    report = check(files | {path: text.encode()})

    last = max([0, *(p.line for p in report.problems if p.path.endswith(path))])
    assert (report.module is None) == bool(report.errors)
    assert last <= text.count("\n") + 1


def test_wrong_links_are_told_up_to_the_fiftieth():
    links = "\n\n".join(f"[раз](#net-{number})" for number in range(60))

    errors = check(spoilt("lesson.md", "Слово.", links + "\n\n")).errors

    assert [error.line for error in errors] == [14 + 2 * n for n in range(51)]
    assert errors[-1].message.startswith("ошибок в ссылках больше 50")
