"""Documents of module 8: the talk about growth and load, a teacher's first year."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from paper import CONTENT, add_table, new_document

MEDIA = CONTENT / "08-komanda" / "media"

GROWTH_QUESTIONS = [
    "Что на уроках в этом году получилось?",
    "Чему хочу научиться за полгода? Одно дело.",
    "Что ученики на моём уроке начнут делать иначе?",
    "Что для этого убрать или дать: час, замена, класс?",
    "Какой дорогой интересно пройти полгода: "
    "предмет, наставник, методист, проект, управление?",
]
YEAR_TERMS = [
    "Классы и часы. Лучше одна-две параллели",
    "Классное руководство: нет, или кто помогает",
    "Сколько человек получит на руки, какие выплаты и кто их оформляет",
    "Наставник. Письменное согласие, срок и выплаты записаны: да, нет",
    "Общий час с наставником: день и урок",
    "Второй человек, к которому можно прийти с вопросом",
    "Где лежат готовые разработки и кто их покажет",
    "Чего в школе нет, сказали честно",
]
YEAR_POINTS = [
    ("Август", "Классы, расписание, пара. С чего начну первый урок"),
    (
        "Первые две недели",
        "Десять минут после уроков каждый день: порядок в классе, журнал, "
        "где что лежит",
    ),
    (
        "Октябрь",
        "Разбор первой четверти втроём. У каких детей получилось, кто потерялся",
    ),
    (
        "Январь",
        "Усталость: сколько вечеров уходит на подготовку, что снять до весны",
    ),
    (
        "Март",
        "Что показал признак, о котором договорились в августе. Нагрузка на год "
        "вперёд. Новичок узнаёт её первым",
    ),
    (
        "Май",
        "Что получилось, чему учиться дальше, остаётся ли пара, "
        "чем помочь следующему новичку",
    ),
]


def main() -> None:
    """Write the documents of the module."""
    growth_talk()
    first_year()


def growth_talk() -> None:
    """Write a sheet for one teacher: the talk about growth, then the load."""
    document = new_document(
        "Разговор о росте и нагрузке",
        "Лист на одного учителя. Разговор занимает тридцать минут и не связан "
        "с проверкой и выплатами. Лист остаётся у учителя, собеседник "
        "переписывает себе только таблицу «Договорились».",
    )
    document.add_paragraph(
        "Учитель: ___________________   Собеседник: ___________________   "
        "День: __________"
    )
    document.add_paragraph("Пять вопросов", style="Heading 1")
    add_table(
        document,
        ["Вопрос", "Ответ своими словами"],
        [[question, ""] for question in GROWTH_QUESTIONS],
        widths=(62, 112),
        row_height=20,
    )
    document.add_paragraph("Договорились", style="Heading 1")
    add_table(
        document,
        ["Запрос одним действием", "Пара или группа", "Приход на урок", "Разбор"],
        [[""] * 4],
        widths=(72, 42, 32, 28),
        row_height=18,
    )
    document.add_paragraph(
        "Через месяц: что изменилось у детей, что оставляем, что бросаем."
    )
    add_table(document, ["Запись учителя"], [[""]], widths=(174,), row_height=18)
    _new_page(document)
    document.add_paragraph("Ревизия нагрузки", style="Heading 1")
    document.add_paragraph(
        "Выпишите всё, что делали за последние четыре недели кроме уроков "
        "и подготовки к ним. В каждой строке одно решение: убрать, упростить, "
        "передать или оставить. Общую ревизию проводят впятером–всемером за час, "
        "директор приходит на последние пятнадцать минут и отвечает «да», «нет» "
        "или «до пятницы узнаю»."
    )
    add_table(
        document,
        ["Дело", "Часов в месяц", "Решение", "Кому, как проще", "Кто решил, день"],
        [[""] * 5 for _ in range(12)],
        widths=(60, 22, 32, 36, 24),
        row_height=12,
    )
    add_table(
        document,
        [
            "Сняли всего, часов в месяц",
            "Кто и когда проверит, что снятое не вернулось",
        ],
        [["", ""]],
        widths=(60, 114),
        row_height=14,
    )
    document.add_paragraph(
        "Новое дело входит только на место снятого. Сначала называем, что уходит."
    )
    _save(document, "razgovor-o-roste.docx")


def first_year() -> None:
    """Write the plan of a new teacher's first year: conditions, then six points."""
    document = new_document(
        "Первый год учителя",
        "Заполните втроём в августе: новичок, наставник, завуч. Возвращайтесь "
        "к листу шесть раз. Наставник не оценивает новичка и не пишет "
        "на него отзывов.",
    )
    document.add_paragraph("Условия года", style="Heading 1")
    add_table(
        document,
        ["О чём договариваемся", "Как решили"],
        [[term, ""] for term in YEAR_TERMS],
        widths=(82, 92),
        row_height=17,
    )
    document.add_paragraph(
        "Подписи не нужны. Лист хранится у новичка, копия у завуча, больше ни у кого."
    )
    _new_page(document)
    document.add_paragraph("Шесть точек года", style="Heading 1")
    add_table(
        document,
        ["Когда", "О чём говорим", "Что решили", "День"],
        [[when, talk, "", ""] for when, talk in YEAR_POINTS],
        widths=(30, 66, 58, 20),
        row_height=28,
    )
    document.add_paragraph(
        "Признак на март: новичок может назвать двух коллег, к которым сам ходит "
        "с вопросами. Если не может, меняем то, что зависит от школы."
    )
    _save(document, "pervyj-god.docx")


def _new_page(document: WordDocument) -> None:
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _save(document: WordDocument, name: str) -> None:
    for table in document.tables:  # LibreOffice reads the grid, not the cells
        for column, cell in zip(table.columns, table.rows[0].cells, strict=True):
            column.width = cell.width
    MEDIA.mkdir(parents=True, exist_ok=True)
    document.save(str(MEDIA / name))
