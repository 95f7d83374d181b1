"""The documents of module 3: the storyteller's sheets and the count of the response."""

from itertools import pairwise

from docx.shared import Mm
from paper import CONTENT, a4, add_table, new_document, new_workbook

MEDIA = CONTENT / "03-storitelling" / "media"

TELLINGS = [
    ("2 марта, общее собрание", "завуч и библиотекарь", 60, 12, 2, 2),
    ("19 марта, встреча в школе", "водитель, завуч, библиотекарь", 24, 15, 9, 7),
]
EMPTY_ROWS = 8
NOTHING_LOST = 0.8
MEETING = [
    ("0–5", "Знакомство парами: кто вы и что вас связывает со школой"),
    ("5–15", "Истории «я», «мы», «сейчас»"),
    ("15–30", "Разговор по четверо: где у вас было похоже? Что смущает?"),
    ("30–40", "Вопросы. Просьба: дело, время, день. Пауза до десяти"),
    ("40–55", "Обещания вслух; на лист — имя, дело, день"),
    ("55–60", "Кто кому позвонит в ближайшие 48 часов"),
]


def main() -> None:
    """Write both documents into the module's media folder."""
    MEDIA.mkdir(exist_ok=True)
    make_sheets()
    make_count()


def make_sheets() -> None:
    """Four pages: the story, the invitation, the meeting, the promises."""
    document = new_document(
        "История и встреча",
        "Четыре листа для команды. Печатайте первые два на каждого рассказчика, "
        "третий — на ведущих, четвёртый — один, крупно, для обещаний.",
    )
    _story_sheet(document)
    document.add_page_break()
    _invitation_sheet(document)
    document.add_page_break()
    _meeting_sheet(document)
    document.add_page_break()
    _promises_sheet(document)
    document.save(str(MEDIA / "istoriya-i-vstrecha.docx"))


def _story_sheet(document) -> None:
    document.add_heading("Лист 1. Случай", level=1)
    _table(
        document,
        ("Вопрос", "Ваша запись"),
        [
            ("Где, когда, кто?", ""),
            ("Вызов. Что было трудно?", ""),
            ("Выбор. Что можно было сделать иначе?", ""),
            ("Что сделали и почему?", ""),
            ("Итог. Что изменилось у людей?", ""),
            ("Подробность, которую можно увидеть или услышать", ""),
        ],
        widths=(60, 114),
        row_height=21,
    )
    document.add_paragraph(
        "Круг историй, по трое. Рассказ — 3 минуты. Слушатели отвечают по порядку: "
        "«Запомнил вот что. Потерял нить вот здесь. Мне хочется сделать вот это». "
        "Советы — только по просьбе. Можно остановиться и не объяснять почему. "
        "Услышанное без разрешения не выносим."
    )


def _invitation_sheet(document) -> None:
    document.add_heading("Лист 2. Путь и приглашение", level=1)
    _table(
        document,
        ("Вопрос", "Ваша запись"),
        [
            ("Кто наши люди и сколько их?", ""),
            ("Что изменится и к какому дню?", ""),
            ("Что уже есть у нас и у них?", ""),
            ("Если… то… потому что…", ""),
            ("Шаги и вершина — главный рассказ или встреча", ""),
            ("Я: почему берусь (полминуты)", ""),
            ("Мы: что у нас общего (минута)", ""),
            ("Сейчас: что будет, если не взяться; что уже получилось", ""),
            ("Просьба: дело, сколько времени, день", ""),
            ("Шаг поменьше для тех, кто не может", ""),
        ],
        widths=(60, 114),
        row_height=18,
    )
    document.add_paragraph(
        "Проверка: можно ли ответить «да» или «нет», ничего не переспросив? Узнают ли "
        "в рассказе ребёнка или семью? Согласны ли взрослые герои?"
    )


def _meeting_sheet(document) -> None:
    document.add_heading("Лист 3. Час встречи", level=1)
    _table(
        document,
        ("Минуты", "Что происходит", "Кто ведёт"),
        [(minutes, what, "") for minutes, what in MEETING],
        widths=(22, 102, 50),
        row_height=17,
    )
    _table(
        document,
        ("До встречи", "Кто и когда"),
        [
            ("Пригласили лично каждого", ""),
            ("Напомнили накануне", ""),
            ("Хотя бы один ведущий — не из школы", ""),
            ("Директор знает, список гостей у охраны", ""),
        ],
        widths=(87, 87),
        row_height=11,
    )


def _promises_sheet(document) -> None:
    document.add_heading("Лист 4. Обещания", level=1)
    document.add_paragraph(
        "Записывает ведущий, вслух. Имя без фамилии. Телефон остаётся у того, "
        "кто звонит. «Подумаю» — это тоже строка: впишите день звонка."
    )
    _table(
        document,
        ("Имя", "Дело", "День", "Кто позвонит", "Сделано"),
        [("",) * 5] * 14,
        widths=(34, 56, 24, 34, 26),
        row_height=13,
    )


def _table(document, header, rows, *, widths, row_height: int) -> None:
    add_table(document, header, rows, widths=widths, row_height=row_height)
    # LibreOffice takes the widths from the table's grid and not from its cells.
    for column, width in zip(document.tables[-1].columns, widths, strict=True):
        column.width = Mm(width)


def make_count() -> None:
    """A workbook that shows at which step each telling loses its listeners."""
    book, formats = new_workbook(MEDIA / "otklik.xlsx", "Счёт отклика")
    share = book.add_format(
        {
            "font_name": "Arial",
            "font_size": 11,
            "num_format": "0%",
            "border": 1,
            "border_color": "#D3CFC3",
            "valign": "top",
        }
    )
    sheet = book.add_worksheet("Отклик")
    a4(sheet, landscape=True)
    for column, width in enumerate((23, 21, 11, 13, 12, 10, 13, 14, 14, 14)):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 26)
    sheet.write("A1", "Счёт отклика: где теряются люди", formats["title"])
    sheet.set_row(1, 34)
    sheet.merge_range(
        "A2:J2",
        "Вписывайте в жёлтые клетки числа после каждого рассказа, лучше в тот же "
        "вечер; «сделали» — к обещанному дню. Первые две строки — пример, сотрите их.",
        formats["note"],
    )
    header = (
        "Когда и где",
        "Кто рассказывал",
        "Услышали",
        "Заговорили",
        "Пообещали",
        "Сделали к сроку",
        "Заговорили из услышавших",
        "Пообещали из заговоривших",
        "Сделали из пообещавших",
        "Что чинить первым",
    )
    for column, text in enumerate(header):
        sheet.write(3, column, text, formats["head"])
    sheet.set_row(3, 48)
    rows = TELLINGS + [("",) * 6] * EMPTY_ROWS
    for row, telling in enumerate(rows, start=4):
        sheet.set_row(row, 30)
        for column, value in enumerate(telling):
            sheet.write(row, column, value, formats["input"])
        _shares(sheet, formats, share, row, telling)
    _advice(sheet, formats, first=len(rows) + 5)
    book.close()


def _shares(sheet, formats, share, row: int, telling) -> None:
    """Write the three shares of a telling and the name of the weakest."""
    line = row + 1
    counts = telling[2:]
    values = [later / earlier if earlier else "" for earlier, later in pairwise(counts)]
    for offset, (earlier, later) in enumerate(("CD", "DE", "EF")):
        formula = f'=IF(N({earlier}{line})=0,"",N({later}{line})/{earlier}{line})'
        sheet.write_formula(row, 6 + offset, formula, share, values[offset])
    shares = f"G{line}:I{line}"
    formula = (
        f'=IF(N(C{line})=0,"",IF(MIN({shares})>={NOTHING_LOST},"всё держится",'
        f'IF(MIN({shares})=G{line},"историю",'
        f'IF(MIN({shares})=H{line},"просьбу","напоминание"))))'
    )
    sheet.write_formula(row, 9, formula, formats["result"], _weakest(values))


def _weakest(values) -> str:
    numbers = [value for value in values if value != ""]
    if not numbers:
        return ""
    if min(numbers) >= NOTHING_LOST:
        return "всё держится"
    return ("историю", "просьбу", "напоминание")[values.index(min(numbers))]


def _advice(sheet, formats, *, first: int) -> None:
    """Write what to do about each of the three answers."""
    advice = (
        ("Историю", "Людям нечего было сказать: нет выбора, нет «мы», длинно."),
        (
            "Просьбу",
            "Люди хотели говорить, но не взялись: назовите дело, время и день.",
        ),
        ("Напоминание", "Пообещали и забыли: звонок через 48 часов и накануне."),
    )
    for row, (name, text) in enumerate(advice, start=first):
        sheet.write(row, 0, name, formats["head"])
        sheet.merge_range(row, 1, row, 9, text, formats["text"])


if __name__ == "__main__":
    main()
