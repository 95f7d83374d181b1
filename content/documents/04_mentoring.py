"""The request map and the journal of pairs for module 4 (mentoring)."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from paper import CONTENT, FONT, a4, add_table, new_document, new_workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MEDIA = CONTENT / "04-nastavnichestvo" / "media"
PAIRS = 20
FIRST = 5  # the row of the first pair, as Excel counts
STEPS = (
    "0 — не начинал · 1 — пробовал с помощью · 2 — делаю сам · "
    "3 — могу показать другому"
)
COLUMNS = [
    ("Код ученика", 9),
    ("Запрос словами ученика", 30),
    ("Наставник", 16),
    ("Пробная, дата", 11),
    ("Ученик: да / нет", 14),
    ("Наставник: да / нет", 11),
    ("1 Договориться", 13),
    ("2 Попробовать", 13),
    ("3 Показать", 11),
    ("4 Оглянуться", 12),
    ("Ступень в начале", 10),
    ("Ступень в конце", 10),
    ("Наставник продолжит", 13),
]
SAMPLE = [
    (
        "8б-04",
        "Выступать, чтобы голос не дрожал",
        "Лидия Павловна",
        "02.10",
        "да",
        "да",
        "16.10",
        "13.11",
        "11.12",
        "22.01",
        1,
        2,
        "да",
    ),
    (
        "8б-07",
        "Снять ролик, который досмотрят",
        "Егор, выпускник",
        "03.10",
        "да",
        "да",
        "20.10",
        "17.11",
        "15.12",
        "19.01",
        1,
        2,
        "да",
    ),
    (
        "8б-11",
        "Смонтировать фильм про класс",
        "Павел, оператор",
        "06.10",
        "нет",
        "да",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
    ),
    (
        "8б-15",
        "Понять, моё ли это — медицина",
        "Дина, студентка",
        "08.10",
        "да",
        "да",
        "22.10",
        "19.11",
        "17.12",
        "21.01",
        1,
        1,
        "да",
    ),
    (
        "8б-22",
        "Сделать табурет без взрослых",
        "Сергей, столяр",
        "09.10",
        "да",
        "да",
        "23.10",
        "20.11",
        "",
        "",
        0,
        "",
        "нет",
    ),
]


def main() -> None:
    """Write both documents into the module's media folder."""
    _request_map().save(MEDIA / "karta-zaprosov.docx")
    _journal()


def _request_map() -> WordDocument:
    document = new_document(
        "Карта запросов",
        "Четыре листа: анкеты для класса, свод по темам, карта «запрос — человек» "
        "и карточка пары. Анкеты разрежьте и раздайте на классном часе. Собирает "
        "координатор, слова учеников не правят, ответ каждому — через две недели.",
    )
    document.add_heading("1. Анкета ученика", level=1)
    for _ in range(4):
        _slip(document)
    _new_page(document)
    document.add_heading("2. Свод по темам", level=1)
    document.add_paragraph(
        "Класс: _________   Учеников: _____   Заполнили: _____   "
        "Готовы встречаться: _____"
    )
    add_table(
        document,
        ["Тема", "Две-три фразы словами учеников", "Сколько", "Из них готовы"],
        [("", "", "", "")] * 7,
        widths=[38, 82, 26, 28],
        row_height=17,
    )
    document.add_heading("Запросы не для наставника", level=1)
    add_table(
        document,
        ["Фраза", "Кому передали", "Когда ответили ученику"],
        [("", "", "")] * 4,
        widths=[84, 50, 40],
        row_height=10,
    )
    _new_page(document)
    document.add_heading("3. Карта «запрос — человек»", level=1)
    document.add_paragraph(
        "Слева — тема из свода. Справа — человек под неё. Если справа пусто, "
        "ищите дальше и не подставляйте того, кто просто свободен."
    )
    add_table(
        document,
        [
            "Тема",
            "Кто это умеет",
            "Кто позовёт и когда",
            "Разговор",
            "Документы",
            "Правила",
        ],
        [("", "", "", "", "", "")] * 9,
        widths=[27, 35, 30, 27, 30, 25],
        row_height=14,
    )
    document.add_paragraph(
        "Разговор: зачем вам это · вспомните, как вы кого-то учили · что сделаете, "
        "если подросток дважды не пришёл."
    )
    document.add_paragraph(
        "Документы: список утверждает директор вместе с юристом. "
        "Правила: дата знакомства и подпись."
    )
    _new_page(document)
    document.add_heading("4. Карточка пары", level=1)
    document.add_paragraph(
        "Ученик (код): ____________   Наставник: ________________________________"
    )
    document.add_paragraph(
        "Запрос словами ученика: _______________________________________________"
    )
    document.add_paragraph(
        "Через полгода смогу: __________________________________________________"
    )
    document.add_paragraph(
        "Это увидят по тому, что: _______________________________________________"
    )
    add_table(
        document,
        ["Встреча", "Дата", "Что сделали", "Шаг до следующей"],
        [
            (
                "Пробная: маленькое дело на 40 минут",
                "",
                "",
                "на следующий день — «да» или «нет»",
            ),
            ("1. Договориться", "", "", ""),
            ("2. Попробовать", "", "", ""),
            ("3. Показать третьему", "", "", ""),
            (
                "4. Оглянуться и решить",
                "",
                "",
                "закончить · продолжить · позвать нового",
            ),
        ],
        widths=[40, 20, 66, 48],
        row_height=17,
    )
    document.add_paragraph(f"Ступень по запросу. {STEPS}")
    document.add_paragraph(
        "В начале: ученик ____  наставник ____      "
        "В конце: ученик ____  наставник ____"
    )
    document.add_paragraph(
        "Правила, о которых мы договорились: встречаемся в открытом месте; переписка "
        "там, где её видит координатор; без денег, дорогих подарков и поездок вдвоём; "
        "о тревожном наставник сообщает координатору в тот же день; остановить пару "
        "может любой из нас."
    )
    document.add_paragraph(
        "Ученик __________   Наставник __________   Координатор __________"
    )
    return document


def _slip(document: WordDocument) -> None:
    add_table(
        document,
        ["Прочтёт координатор, а тревожное — и психолог. Ответ до ________"],
        [
            ("Через полгода я хочу уметь…",),
            ("Пока мне мешает…",),
            (
                "Раз в месяц встречаться с взрослым, который это умеет: "
                "готов · не готов · не знаю",
            ),
            ("Класс и знак, который вы придумали вместо имени:",),
        ],
        widths=[174],
        row_height=9,
    )


def _new_page(document: WordDocument) -> None:
    # The break sits in the empty paragraph that follows the table.
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _journal() -> None:
    book, formats = new_workbook(MEDIA / "zhurnal-par.xlsx", "Журнал пар")
    formats["share"] = book.add_format(
        {"font_name": FONT, "font_size": 11, "bold": True, "border": 1}
        | {"border_color": "#D3CFC3", "num_format": "0 %", "valign": "top"}
    )
    journal, totals, sample = (
        book.add_worksheet(name) for name in ("Журнал", "Итоги", "Образец")
    )
    _write_pairs(journal, formats, "Журнал пар", [])
    a4(totals, landscape=True)
    for column, width in enumerate([14, 46, 24, 16, 16, 14]):
        totals.set_column(column, column, width)
    _write_totals(totals, formats, of="Журнал", top=0, counts=[(0, 0)] * 4)
    _write_pairs(
        sample, formats, "Образец, пример составной: 8 «Б», октябрь — январь", SAMPLE
    )
    _write_totals(
        sample,
        formats,
        of="Образец",
        top=FIRST + PAIRS,
        counts=[(3, 4), (2, 4), (3, 4), (14, 23)],
    )
    book.close()


def _write_pairs(
    sheet: Worksheet, formats: dict[str, Format], title: str, pairs: list[tuple]
) -> None:
    a4(sheet, landscape=True)
    sheet.write(0, 0, title, formats["title"])
    notes = [
        "Одна строка — одна пробная встреча. Фамилии не пишите: у каждого ученика код.",
        f"Даты вписывайте после встречи. Ступень по запросу: {STEPS}.",
    ]
    for row, note in enumerate(notes, start=1):
        sheet.merge_range(row, 0, row, len(COLUMNS) - 1, note, formats["note"])
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write(FIRST - 2, column, name, formats["head"])
    sheet.set_row(FIRST - 2, 34)
    for index in range(PAIRS):
        sheet.set_row(FIRST - 1 + index, 30 if index < len(pairs) else 20)
        pair = pairs[index] if index < len(pairs) else ("",) * len(COLUMNS)
        for column, value in enumerate(pair):
            sheet.write(FIRST - 1 + index, column, value, formats["input"])
    first, last = FIRST - 1, FIRST + PAIRS - 2
    for column in (4, 5, 12):
        sheet.data_validation(
            first, column, last, column, {"validate": "list", "source": ["да", "нет"]}
        )
    sheet.data_validation(
        first, 10, last, 11, {"validate": "list", "source": [0, 1, 2, 3]}
    )
    sheet.freeze_panes(FIRST - 1, 1)
    sheet.repeat_rows(FIRST - 2)


def _write_totals(
    sheet: Worksheet,
    formats: dict[str, Format],
    *,
    of: str,
    top: int,
    counts: Sequence[tuple[int, int]],
) -> None:
    """Write the four shares; `counts` are the cached results of the formulas."""

    def cells(column: str) -> str:
        return f"'{of}'!${column}${FIRST}:${column}${FIRST + PAIRS - 1}"

    pair = f'({cells("E")}="да")*({cells("F")}="да")'
    held = "".join(f'*({cells(column)}<>"")' for column in "GHIJ")
    grown = f'*({cells("K")}<>"")*({cells("L")}<>"")*({cells("L")}>{cells("K")})'
    sheet.write(top, 0, "Четыре числа о пользе", formats["title"])
    note = "Рядом с процентом всегда называйте сами числа: «3 из 4»."
    sheet.merge_range(top + 1, 0, top + 1, 5, note, formats["note"])
    for column, name in [(3, "Числитель"), (4, "Знаменатель"), (5, "Доля")]:
        sheet.write(top + 2, column, name, formats["head"])
    sheet.merge_range(top + 2, 0, top + 2, 2, "Показатель", formats["head"])
    shares = [
        ("Дошли до конца: пары, где прошли все четыре встречи", pair + held),
        ("Запрос сдвинулся: ученик поднялся хотя бы на ступень", pair + grown),
        ("Наставники остаются: готовы продолжить", f'{pair}*({cells("M")}="да")'),
        ("Школа ответила: запросы, по которым что-то сделано за два месяца", ""),
    ]
    for index, (name, condition) in enumerate(shares):
        row = top + 3 + index
        count, total = counts[index]
        sheet.merge_range(row, 0, row, 2, name, formats["text"])
        sheet.set_row(row, 30)
        if condition:
            formula = f"=SUMPRODUCT({condition})"
            sheet.write_formula(row, 3, formula, formats["result"], count)
            sheet.write_formula(
                row, 4, f"=SUMPRODUCT({pair})", formats["result"], total
            )
        else:
            sheet.write(row, 3, count or "", formats["input"])
            sheet.write(row, 4, total or "", formats["input"])
        share = f'=IF(N(E{row + 1})=0,"—",D{row + 1}/E{row + 1})'
        value = count / total if total else "—"
        sheet.write_formula(row, 5, share, formats["share"], value)
    note = (
        "Жёлтое впишите сами: сколько запросов собрали и на сколько ответили делом. "
        "Знаменатель первых трёх строк — все пары, сложившиеся после пробной, "
        "вместе с теми, что распались."
    )
    sheet.merge_range(top + 7, 0, top + 7, 5, note, formats["note"])
    sheet.set_row(top + 7, 46)
