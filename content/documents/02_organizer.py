"""The documents of module 2: the map of people with the talk card, the core's hours."""

from docx.shared import Mm
from paper import CONTENT, a4, add_table, new_document, new_workbook

MEDIA = CONTENT / "02-organizator" / "media"

PEOPLE = [
    ("Учитель физики", "темы выпусков и тексты", 2, 8),
    ("Отец-видеограф", "звук и съёмка, учит троих ребят", 2, 8),
    ("Девятиклассница", "черновики с семиклассниками", 2, 8),
    ("Завуч", "встречи ядра, разговоры", 2, 8),
    ("Библиотекарь", "место, ключи, показ", 2, 8),
    ("Выпускница-технолог", "проверка текстов, один выпуск", 2, 8),
]
TASKS = [
    ("Разговоры и приглашения", 8),
    ("Тексты и черновики", 18),
    ("Съёмка", 16),
    ("Монтаж", 20),
    ("Показ: зал, афиша, встреча гостей", 10),
    ("Встречи ядра: 6 человек × 8 недель × полчаса", 24),
]
MAP_WIDTHS, CARD_WIDTHS = (52, 24, 54, 52, 48, 28), (85, 173)
SPARE_ROWS = 4
RESERVE = 0.2


def main() -> None:
    """Write both documents into the module's media folder."""
    MEDIA.mkdir(exist_ok=True)
    make_map()
    make_hours()


def make_map() -> None:
    """The map sheet and the card that is filled in after every talk."""
    document = new_document(
        "Карта людей вокруг школы",
        "Сорок минут, четыре-пять человек. Пишите роль или имя, без фамилий "
        "и телефонов. Связь: «да» — кто-то из нас может позвонить сегодня; "
        "«через кого» — знаем того, кто знаком; «нет» — пока никого. "
        "Пример в первой строке.",
        landscape=True,
    )
    example = (
        "Отцы начальной школы",
        "около 120",
        "Руслан, следит за стоянкой",
        "чтобы дети дошли целыми",
        "через учителя физкультуры",
        "да",
    )
    add_table(
        document,
        (
            "Группа",
            "Сколько",
            "К кому прислушиваются",
            "Что для них важно",
            "Связь",
            "Говорим?",
        ),
        [example] + [("",) * 6] * 9,
        widths=MAP_WIDTHS,
        row_height=11,
    )
    _rule_columns(document, MAP_WIDTHS)
    document.add_paragraph(
        "Проверьте: групп не меньше пяти; есть хотя бы одна, где связи нет; "
        "из обведённых для разговора имён половина — там, где связь "
        "«через кого» или «нет»."
    )
    document.add_page_break()
    document.add_heading("Карточка разговора один на один", level=1)
    document.add_paragraph(
        "Заполняйте в тот же вечер. Карточка остаётся у того, кто говорил; "
        "в общую папку идут только строки без личных подробностей."
    )
    add_table(
        document,
        ("Строка", "Запись"),
        [
            ("С кем (роль или имя), когда, где, кто говорил", ""),
            ("Что сказал — его словами, одна-две фразы", ""),
            ("Что ему важно; на что злился, чему радовался", ""),
            ("Что умеет и делает охотно", ""),
            ("Чем кончилось: шаг и день, «нет» или «позже»", ""),
            ("К кому направил", ""),
            ("Что мы после этого меняем на карте или в замысле", ""),
        ],
        widths=CARD_WIDTHS,
        row_height=12,
    )
    _rule_columns(document, CARD_WIDTHS)
    document.add_paragraph(
        "Как начать: «Мы ищем, чем школа и люди вокруг могли бы заняться вместе. "
        "Хочу полчаса послушать вас. Денег не прошу, в комитет не записываю»."
    )
    document.add_paragraph(
        "О чём спросить: когда вы в последний раз вышли из школы довольным? А когда "
        "злились? Что вы делали вместе с соседями или коллегами? "
        "К кому сами идёте за советом?"
    )
    document.save(str(MEDIA / "karta-lyudey.docx"))


def _rule_columns(document, widths) -> None:
    """Repeat the widths in the table's grid: LibreOffice reads only that."""
    for column, width in zip(document.tables[-1].columns, widths, strict=True):
        column.width = Mm(width)


def make_hours() -> None:
    """A workbook that compares the hours people give with the hours the work takes."""
    book, formats = new_workbook(MEDIA / "chasy-yadra.xlsx", "Часы ядра")
    sheet = book.add_worksheet("Часы")
    a4(sheet)
    for column, width in enumerate((30, 36, 12, 12, 12)):
        sheet.set_column(column, column, width)
    percent = book.add_format(
        {
            "font_name": "Arial",
            "font_size": 11,
            "num_format": "0%",
            "border": 1,
            "border_color": "#D3CFC3",
            "bg_color": "#FDF3E1",
            "valign": "top",
        }
    )
    sheet.write("A1", "Часы ядра: хватит ли нас", formats["title"])
    sheet.set_row(0, 26)
    sheet.set_row(1, 46)
    sheet.merge_range(
        "A2:E2",
        "Впишите в жёлтые клетки своих людей, часы и работы вместо примера. "
        "Последние строки скажут, хватает ли часов. Не хватает — сократите работы "
        "или позовите помощников до старта.",
        formats["note"],
    )
    row = _people(sheet, formats, first=3)
    people_total = row
    row = _tasks(sheet, formats, first=row + 2)
    tasks_total = row
    _verdict(sheet, formats, percent, people_total, tasks_total)
    sheet.print_area(0, 0, tasks_total + 6, 4)
    book.close()


def _people(sheet, formats, *, first: int) -> int:
    """Write the people and return the row of their sum (counted from zero)."""
    header = ("Человек", "За что отвечает", "Часов в неделю", "Недель", "Всего часов")
    for column, text in enumerate(header):
        sheet.write(first, column, text, formats["head"])
    sheet.set_row(first, 30)
    rows = PEOPLE + [("", "", "", "")] * SPARE_ROWS
    for row, (who, what, weekly, weeks) in enumerate(rows, start=first + 1):
        for column, value in enumerate((who, what, weekly, weeks)):
            sheet.write(row, column, value, formats["input"])
        hours = weekly * weeks if who else 0
        sheet.write_formula(
            row, 4, f"=N(C{row + 1})*N(D{row + 1})", formats["result"], hours
        )
    total = first + len(rows) + 1
    sheet.merge_range(total, 0, total, 3, "Обещано людьми", formats["result"])
    sheet.write_formula(
        total, 4, f"=SUM(E{first + 2}:E{total})", formats["result"], _given()
    )
    return total


def _tasks(sheet, formats, *, first: int) -> int:
    """Write the work to be done and return the row of its sum."""
    sheet.merge_range(first, 0, first, 3, "Работа", formats["head"])
    sheet.write(first, 4, "Часов", formats["head"])
    rows = TASKS + [("", "")] * SPARE_ROWS
    for row, (what, hours) in enumerate(rows, start=first + 1):
        sheet.merge_range(row, 0, row, 3, what, formats["input"])
        sheet.write(row, 4, hours, formats["input"])
    total = first + len(rows) + 1
    sheet.merge_range(total, 0, total, 3, "Просит проект", formats["result"])
    sheet.write_formula(
        total, 4, f"=SUM(E{first + 2}:E{total})", formats["result"], _asked()
    )
    return total


def _verdict(sheet, formats, percent, people_total: int, tasks_total: int) -> None:
    """Write the reserve, the hours to rely on and the answer in words."""
    row = tasks_total + 2
    labels = ("Запас на болезни и отъезды", "На что можно рассчитывать", "Остаток")
    for offset, label in enumerate(labels):
        sheet.merge_range(row + offset, 0, row + offset, 3, label, formats["text"])
    sheet.write(row, 4, RESERVE, percent)
    reliable = _given() * (1 - RESERVE)
    sheet.write_formula(
        row + 1, 4, f"=E{people_total + 1}*(1-E{row + 1})", formats["result"], reliable
    )
    rest = reliable - _asked()
    sheet.write_formula(
        row + 2, 4, f"=E{row + 2}-E{tasks_total + 1}", formats["result"], rest
    )
    advice = ". Сократите работы или позовите помощников."
    answer = (
        f'=IF(E{row + 3}>=0,"Часов хватает.",'
        f'"Не хватает часов: "&ROUND(-E{row + 3},0)&"{advice}")'
    )
    words = f"Не хватает часов: {round(-rest)}{advice}"
    sheet.merge_range(row + 3, 0, row + 3, 4, "", formats["result"])
    sheet.write_formula(row + 3, 0, answer, formats["result"], words)


def _given() -> int:
    return sum(weekly * weeks for _who, _what, weekly, weeks in PEOPLE)


def _asked() -> int:
    return sum(hours for _what, hours in TASKS)


if __name__ == "__main__":
    main()
