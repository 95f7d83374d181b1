"""A small module without a mistake; each test spoils one thing in it."""

import io
import zipfile

FOLDER = "04-proba"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300">
<title>Пара</title>
<rect width="10" height="10"/>
</svg>
"""
LESSON = """---
title: Проба
summary: Короткое занятие.
minutes: 5
outcomes:
  - составить пары
  - провести встречу
---

Начало.

## Запрос

Слово. [Карта запросов](media/karta.docx)

![Пара](media/para.svg "Подпись")

### Шаг

Конец.

## Главное

Всё.

## Что почитать

Книгу.
"""
ASSIGNMENT = """---
title: Карта
summary: Карта школы.
by: team
required: true
pass_points: 3
pass_reason: Три из пяти.
plan_section: Карта
fields:
  - key: zaprosy
    label: Запросы
    hint: Напишите.
    example: Так и **так**.
    required: true
    max_chars: 100
  - key: pary
    label: Пары
    hint: Напишите.
    example: Вот так.
    required: false
    max_chars: 100
rubric:
  - key: svyaz
    title: Связь
    fields: [zaprosy]
    levels:
      - points: 0
        text: Нет.
      - points: 2
        text: Есть.
  - key: polza
    title: Польза
    levels:
      - points: 0
        text: Нет.
      - points: 3
        text: Есть.
---

Сделайте карту.
"""
QUIZ = """---
title: Самопроверка
---

## Что *сначала*?

Пришёл ученик.

- [ ] Список
  Нет: сначала запрос.
- [x] Запрос
  Да.

## Кто ещё?

- [x] Родители
  Да.
- [х] Выпускники
  Да.
- [ ] Никто
  Нет.
"""
TUTOR = """---
remarks:
  - criterion: svyaz
    title: Нет запросов
    text: Спросите учеников.
samples:
  - title: Школа у реки
    verdict: accepted
    answers:
      zaprosy: Спросили *двенадцать* учеников.
    levels:
      svyaz: 2
      polza: 3
    reasons:
      svyaz: Есть.
      polza: Есть.
  - title: Школа у леса
    verdict: returned
    answers:
      zaprosy: Всем всё нужно.
    levels:
      svyaz: 2
      polza: 0
    reasons:
      svyaz: Есть.
      polza: Нет.
---

Смотрите на запросы.
"""
COURSE = """---
title: Школа — центр социума
summary: Курс.
hours: 36
signer: Руководитель курса
completion:
  quiz_percent: 70
calendars:
  two_years:
    title: Два года
    unit: month
    rows:
      - {module: proba, opens: 1, due: 2}
organiser: {name: Центр, email: kurs@school.ru}
---

О курсе: [занятие](04-proba/lesson.md).
"""
CONSENT = """---
version: 1
title: Согласие
---

Согласен.
"""


def packed(entries):
    """A zip with these entries; names are text, contents bytes.

    It knows no time of day: bytes that name a test are the same in every process.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


DOCX = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


def module_files(**texts):
    """The files of the module; `lesson=…` and so on give other texts."""
    own = {"lesson": LESSON, "assignment": ASSIGNMENT, "quiz": QUIZ, "tutor": TUTOR}
    files = {f"{name}.md": text.encode() for name, text in (own | texts).items()}
    return files | {"media/karta.docx": DOCX, "media/para.svg": SVG.encode()}


def spoilt(path, old, new):
    """The files with one piece of one text replaced."""
    files = module_files()
    text = files[path].decode()
    assert text.count(old) >= 1, f"no {old!r} in {path}"
    return files | {path: text.replace(old, new, 1).encode()}
