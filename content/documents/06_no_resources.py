"""Documents of module 6: the map of assets and the account of a small solution."""

from typing import NamedTuple

from paper import CONTENT, FONT, a4, add_table, new_document, new_workbook
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

MEDIA = CONTENT / "06-bez-resursov" / "media"
THING_ROWS, PERSON_ROWS = 8, 12
FIRST_THING = 6
FIRST_PERSON = FIRST_THING + THING_ROWS + 4


class Account(NamedTuple):
    """One filled account; an empty one is the blank sheet."""

    problem: str = ""
    users: int = 0
    things: tuple[tuple[str, str, int, int], ...] = ()
    people: tuple[tuple[str, str, float], ...] = ()


STATION = Account(
    problem="Рекреация второго этажа: 97 детям из 118 негде остановиться",
    users=116,
    things=(
        ("Кресла, шесть секций", "есть на складе", 0, 48000),
        ("Столешницы с браком кромки", "подарил цех", 0, 9000),
        ("Полка у окна", "сделали в мастерской", 600, 14000),
        ("Ткань на сиденья", "купили", 2300, 2300),
        ("Крепёж, лента на пол", "купили", 500, 500),
        ("Настольные игры", "есть в библиотеке", 0, 6000),
    ),
    people=(
        ("Учительница труда", "перетянула сиденья", 15),
        ("Заместитель директора", "подсчёты, просьбы", 10),
        ("Учитель технологии", "полка со старшеклассниками", 9),
        ("Завхоз", "вынос мебели, безопасность", 6),
        ("Мама ученика", "чехлы", 5),
        ("Библиотекарь", "выдача игр", 5),
        ("Девятиклассник", "полка", 4),
        ("Девятиклассник", "полка", 3),
        ("Ученица 7 класса", "опрос с наклейками", 2),
        ("Дедушка ученицы", "шахматы, первая встреча", 1.5),
        ("Выпускница, технолог", "осмотр", 1.5),
    ),
)


def main() -> None:
    """Write both documents of the module."""
    asset_map()
    account_book()


def asset_map() -> None:
    """Write the two-page worksheet for the walk and for the agreements."""
    document = new_document(
        "Карта активов",
        "Одна карта — одна проблема. Печатайте по одной на пару. Первая страница — "
        "обход школы за двадцать минут, вторая — люди и договорённости.",
    )
    document.add_paragraph(
        "Наша проблема: кому плохо, где, когда, сколько раз\n" + ("_" * 78 + "\n") * 2
    )
    document.add_paragraph("Места: что стоит пустым", style="Heading 1")
    add_table(
        document,
        ["Место, номер комнаты", "Когда свободно", "Чем поможет проблеме", "Чей ключ"],
        [[""] * 4] * 5,
        widths=[52, 36, 54, 32],
        row_height=11,
    )
    document.add_paragraph("Вещи: что лежит без дела", style="Heading 1")
    add_table(
        document,
        ["Вещь", "Сколько и где", "Чем поможет проблеме", "Кто разрешит взять"],
        [[""] * 4] * 6,
        widths=[52, 36, 54, 32],
        row_height=11,
    )
    document.add_page_break()
    document.add_paragraph("Люди и связи", style="Heading 1")
    document.add_paragraph(
        "Каждый отвечает на три вопроса: что я умею, кроме работы; чему научил бы "
        "за час; кто из моих знакомых разбирается в этой проблеме. «Родители» — не "
        "актив, актив имеет имя. Списки с телефонами храните у одного человека."
    )
    add_table(
        document,
        ["Имя, кто это", "Что умеет или кого знает", "Чем поможет", "Кто спросит"],
        [[""] * 4] * 7,
        widths=[44, 54, 46, 30],
        row_height=11,
    )
    document.add_paragraph("Договорённости", style="Heading 1")
    document.add_paragraph(
        "Записывайте в тот же день. Последний столбец заполняется после дела: "
        "вторая просьба без отчёта о первой не работает."
    )
    add_table(
        document,
        ["С кем", "Что и к какому дню", "Взамен", "Как закрепили", "Что вышло"],
        [[""] * 5] * 5,
        widths=[32, 46, 34, 30, 32],
        row_height=13,
    )
    document.save(MEDIA / "karta-aktivov.docx")


def account_book() -> None:
    """Write the account: an empty sheet to fill in and the example of the lesson."""
    book, formats = new_workbook(MEDIA / "schet-resheniya.xlsx", "Счёт малого решения")
    boxed = {"font_name": FONT, "font_size": 11, "border": 1, "valign": "top"}
    boxed |= {"border_color": "#D3CFC3"}
    formats["hours"] = book.add_format(boxed | {"bg_color": "#FDF3E1"})
    formats["digit"] = book.add_format(boxed | {"bold": True, "num_format": "0.0"})
    formats["share"] = book.add_format(boxed | {"bold": True, "num_format": "0%"})
    formats["answer"] = book.add_format(boxed | {"bold": True, "text_wrap": True})
    _account_sheet(book, formats, "Наш счёт", Account())
    _account_sheet(book, formats, "Пример", STATION)
    book.close()


def _account_sheet(
    book: Workbook, formats: dict[str, Format], name: str, account: Account
) -> None:
    sheet = book.add_worksheet(name)
    a4(sheet)
    for column, width in enumerate([34, 30, 15, 17]):
        sheet.set_column(column, column, width)
    sheet.write("A1", "Счёт малого решения", formats["title"])
    sheet.merge_range(
        "A2:D2",
        "Жёлтые ячейки заполняете вы, остальное считается само. "
        "Один человек — одна строка, даже если он делал разное.",
        formats["note"],
    )
    sheet.set_row(1, 30)
    sheet.write("A3", "Проблема", formats["head"])
    sheet.merge_range("B3:D3", account.problem, formats["input"])
    sheet.set_row(2, 30)
    _things(sheet, formats, account)
    _people(sheet, formats, account)
    _totals(sheet, formats, account)


def _things(sheet: Worksheet, formats: dict[str, Format], account: Account) -> None:
    head = ["Вещь", "Как достали", "Заплатили, ₽", "Стоило бы купить, ₽"]
    sheet.write_row(FIRST_THING - 2, 0, head, formats["head"])
    sheet.set_row(FIRST_THING - 2, 30)
    for number in range(THING_ROWS):
        row = account.things[number] if number < len(account.things) else [""] * 4
        sheet.write_row(FIRST_THING - 1 + number, 0, row, formats["input"])


def _people(sheet: Worksheet, formats: dict[str, Format], account: Account) -> None:
    head = FIRST_PERSON - 2
    sheet.write_row(head, 0, ["Кто", "Что делал", "Часов"], formats["head"])
    for number in range(PERSON_ROWS):
        row = account.people[number] if number < len(account.people) else [""] * 3
        sheet.write_row(FIRST_PERSON - 1 + number, 0, row[:2], formats["input"])
        sheet.write(FIRST_PERSON - 1 + number, 2, row[2], formats["hours"])


def _totals(sheet: Worksheet, formats: dict[str, Format], account: Account) -> None:
    paid = f"SUM(C{FIRST_THING}:C{FIRST_THING + THING_ROWS - 1})"
    worth = f"SUM(D{FIRST_THING}:D{FIRST_THING + THING_ROWS - 1})"
    hours = f"C{FIRST_PERSON}:C{FIRST_PERSON + PERSON_ROWS - 1}"
    top = FIRST_PERSON + PERSON_ROWS + 1
    users, share = f"C{top}", f"C{top + 7}"
    money, spent = sum(t[2] for t in account.things), sum(p[2] for p in account.people)
    saved = sum(t[3] for t in account.things) - money
    most = max((p[2] for p in account.people), default=0)
    users_share = 1 / account.users if account.users else None
    part = most / spent if spent else ""
    rows = [
        ("Сколько людей пользуется", None, account.users or "", "hours"),
        ("Заплатили, ₽", f"={paid}", money, "result"),
        ("Не пришлось тратить, ₽", f"={worth}-{paid}", saved, "result"),
        ("Рублей на одного", _each(paid, users), _times(money, users_share), "digit"),
        ("Часов вложено", f"=SUM({hours})", spent, "digit"),
        (
            "Часов на одного",
            _each(f"SUM({hours})", users),
            _times(spent, users_share),
            "digit",
        ),
        ("Часов у самого загруженного", f"=MAX({hours})", most, "digit"),
        (
            "Его доля во всех часах",
            f'=IF(SUM({hours})>0,MAX({hours})/SUM({hours}),"")',
            part,
            "share",
        ),
    ]
    for number, (label, formula, value, look) in enumerate(rows):
        line = top - 1 + number
        sheet.merge_range(line, 0, line, 1, label, formats["text"])
        if formula is None:
            sheet.write(line, 2, value, formats[look])
        else:
            sheet.write_formula(line, 2, formula, formats[look], value)
    line = top + len(rows) - 1
    sheet.merge_range(line, 0, line, 3, "", formats["answer"])
    sheet.set_row(line, 32)
    sheet.write_formula(
        line,
        0,
        f'=IF({share}="","Заполните часы: без них счёт неполный.",'
        f'IF({share}>1/3,"Решение держится на одном человеке: разделите роль, '
        f'прежде чем повторять.","Нагрузка разделена: решение можно передать."))',
        formats["answer"],
        _verdict(part),
    )


def _each(what: str, by: str) -> str:
    return f'=IF(N({by})>0,{what}/{by},"")'


def _times(value: float, share: float | None) -> float | str:
    return "" if share is None else value * share


def _verdict(part: float | str) -> str:
    if part == "":
        return "Заполните часы: без них счёт неполный."
    if part > 1 / 3:
        return (
            "Решение держится на одном человеке: разделите роль, прежде чем повторять."
        )
    return "Нагрузка разделена: решение можно передать."


if __name__ == "__main__":
    main()
