"""A tiny course for tests: one valid module as the files that an author would send."""

from lms.core.extensions import db
from lms.course.content.course import Course
from lms.course.modules.files import files_hash
from lms.course.modules.intake import check_files, import_revision
from lms.course.modules.models import CourseEdition

FOLDER = "04-nastavnichestvo"
PICTURE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300">
<title>Path</title>
<rect width="480" height="300"/>
</svg>
"""
DOCUMENT = b"%PDF-1.4\n%%EOF\n"

LESSON = """---
title: Наставничество. Практики
summary: Как составить пары и понять, что встречи приносят пользу.
minutes: 25
outcomes:
  - составить пары по запросу, а не по списку
  - провести первую встречу
---

Школа посёлка ищет наставников.

## Начните с запроса

Попросите каждого закончить фразу. [Карта запросов](media/karta.pdf)

![Запрос, пробная встреча, пара](media/para.svg "Пара возникает после пробной")

!!! check "Проверьте себя"
    К кому выпускник обратится первым?

### На неделю

Одна встреча.

## Кого звать

| Кто | Сколько |
|-----|---------|
| Выпускники | 5 |

## Главное

Сначала запрос.

## Что почитать

Книгу о наставниках.
"""

ASSIGNMENT = """---
title: Карта наставничества
summary: Карта наставничества вашей школы.
by: team
required: true
pass_points: 3
pass_reason: Зачёт от 3 из 5, потому что без связи с запросом карта не работает.
plan_section: Наставничество
fields:
  - key: zaprosy
    label: Запросы учеников
    hint: Что ученики хотят уметь через полгода.
    example: Пятеро хотят **шить**.
    required: true
    max_chars: 2000
  - key: pary
    label: Первые пары
    hint: Кто с кем и когда.
    example: Швея и двое восьмиклассников, по средам.
    required: false
    max_chars: 1000
rubric:
  - key: svyaz
    title: Связь с запросами
    fields: [zaprosy]
    levels:
      - points: 0
        text: Запросов нет.
      - points: 2
        text: Запросы названы.
      - points: 3
        text: Пары выросли из запросов.
  - key: pary
    title: Пары
    fields: [pary]
    levels:
      - points: 0
        text: Пар нет.
      - points: 2
        text: Пары названы.
---

Соберите запросы и составьте первые пары.
"""

QUIZ = """---
title: Самопроверка
---

## С чего начать?

Есть один свободный вечер.

- [ ] Собрать список взрослых
  Так пары получаются от наличия людей.
- [x] Спросить учеников
  Уже видно, кого искать.

## Что обязательно?

- [x] Открытое место
  Так спокойнее всем.
- [x] Право сказать «нет»
  Без него это не пара.
- [ ] Подарок
  Он обязывает.
"""

TUTOR = """---
remarks:
  - criterion: svyaz
    title: Запросы придуманы
    text: Спросите самих учеников.
samples:
  - title: Школа посёлка
    verdict: accepted
    answers:
      zaprosy: Пятеро хотят шить.
      pary: Швея и двое ребят.
    levels: {svyaz: 3, pary: 2}
    reasons: {svyaz: Запросы названы., pary: Пары есть.}
  - title: Лицей
    verdict: returned
    answers:
      zaprosy: Надо помогать всем.
    levels: {svyaz: 0, pary: 0}
    reasons: {svyaz: Запросов нет., pary: Пар нет.}
---

Смотрите сначала на запросы.
"""

FILES = {
    "lesson.md": LESSON.encode(),
    "assignment.md": ASSIGNMENT.encode(),
    "quiz.md": QUIZ.encode(),
    "tutor.md": TUTOR.encode(),
    "media/karta.pdf": DOCUMENT,
    "media/para.svg": PICTURE,
}

_reports = {}


def files_without(*names, **texts):
    """The module without some of its files, or with other texts: `lesson="…"`."""
    files = {path: content for path, content in FILES.items() if path not in names}
    return files | {f"{name}.md": text.encode() for name, text in texts.items()}


def import_module(folder=FOLDER, files=FILES, *, author=None, note=""):
    """Store a module; each text is rendered once, however many tests need it.

    What a busy machine could not render in time is tried again by the next test.
    """
    key = files_hash(folder, files)
    report = _reports.get(key) or check_files(folder, files)
    if report.module:
        _reports[key] = report
    return import_revision(folder, files, author=author, note=note, report=report)


COURSE = Course.model_validate(
    {
        "title": "Школа — центр социума",
        "summary": "Команда собирает вокруг школы людей.",
        "hours": 36,
        "signer": "Руководитель курса",
        "completion": {"quiz_percent": 70},
        "calendars": {
            "two_years": {
                "title": "Два учебных года",
                "unit": "month",
                "rows": [
                    {"module": "nastavnichestvo", "opens": 1, "due": 2},
                    {"module": "komanda", "opens": 3},
                    {"module": "nenapisano", "opens": 4},
                ],
            },
            "intensive": {
                "title": "Интенсив",
                "unit": "week",
                "rows": [{"module": "nastavnichestvo", "opens": 1, "due": 1}],
            },
        },
        "html": "<p>О курсе.</p>",
    }
)


def store_course(course=COURSE, **changes):
    """Make it the course of the site, apart from `changes`."""
    content = course.model_dump(mode="json") | changes
    db.session.add(CourseEdition(content_hash="-", sources={}, content=content))
    db.session.commit()
