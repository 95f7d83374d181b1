"""Documents of module 9: the calculator of money, the rules of gifts and the report."""

from docx.enum.text import WD_BREAK
from paper import CONTENT, a4, add_table, new_document, new_workbook
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

MEDIA = CONTENT / "09-endaument" / "media"

ONCE, YEARLY = "разово", "ежегодно"
# Line, unit, quantity, price, already there, in the small version, when.
NEEDS = [
    ("Верстаки", "штука", 6, 25_000, 75_000, 0, ONCE),
    ("Ручной инструмент", "набор", 12, 6_000, 24_000, 12_000, ONCE),
    ("Вытяжка и свет", "комплект", 1, 90_000, 0, 0, ONCE),
    ("Руководитель мастерской", "месяц", 9, 12_000, 0, 0, YEARLY),
    ("Материалы", "месяц", 9, 5_000, 9_000, 36_000, YEARLY),
]
RESERVE = 0.1
# Source, possible sum, probability, when, hours to prepare, hours to report, in return.
SOURCES = [
    ("Грант", 350_000, 0.2, "через 6 месяцев", 60, 30, "отчёт по смете"),
    ("Конкурс с премией", 100_000, 0.25, "в мае", 25, 5, "описание сделанного"),
    ("Платные услуги", 90_000, 0.6, "с октября", 100, 20, "занятия по вечерам"),
    ("Пожертвования", 120_000, 0.7, "за 3 месяца", 45, 15, "отчёт дарителям"),
    ("Фонд", 0, 0, "через годы", 0, 0, "совет, юрист, бухгалтер"),
]
CAPITAL, GIFTS, INCOME, COSTS, PRICES, SPEND = 3_000_000, 100_000, 0.1, 0.01, 0.05, 0.04
MINIMUM = 3_000_000
YEARS = 10
# Source and purpose, sum; then line, document, sum.
RECEIVED = [("19 выпускников, на мастерскую", 102_000)]
SPENT = [
    ("Наборы инструмента, 5 штук", "накладная", 30_000),
    ("Материалы до мая", "чеки", 36_000),
    ("Перевозка вытяжки", "акт", 5_400),
]
ROUBLES, PERCENT = {"num_format": "#,##0"}, {"num_format": "0.0%"}


def main() -> None:
    """Write the documents of the module."""
    MEDIA.mkdir(parents=True, exist_ok=True)
    calculator()
    rules_and_report()


def calculator() -> None:
    """Write the workbook: need, sources, endowment and report, all in formulas."""
    path = MEDIA / "byudzhet-i-endaument.xlsx"
    book, formats = new_workbook(path, "Бюджет и эндаумент")
    formats |= _money_formats(book)
    needs = _need(book.add_worksheet("1 Нужда"), formats)
    _sources(book.add_worksheet("2 Источники"), formats, *needs["total"])
    _endowment(book.add_worksheet("3 Эндаумент"), formats, *needs["yearly"])
    _report(book.add_worksheet("4 Отчёт"), formats)
    book.close()


def _money_formats(book: Workbook) -> dict[str, Format]:
    plain = {"font_name": "Arial", "font_size": 11, "valign": "top", "border": 1}
    plain |= {"border_color": "#D3CFC3", "text_wrap": True}
    yellow, bold = {"bg_color": "#FDF3E1"}, {"bold": True}
    return {
        "ask": book.add_format(plain | yellow | {"align": "left", "indent": 1}),
        "ask_money": book.add_format(plain | yellow | ROUBLES),
        "ask_share": book.add_format(plain | yellow | PERCENT),
        "money": book.add_format(plain | ROUBLES),
        "line": book.add_format(plain | {"num_format": "#,##0;-#,##0;"}),
        "line_total": book.add_format(plain | bold | {"num_format": "#,##0;-#,##0;"}),
        "total": book.add_format(plain | bold | ROUBLES),
        "share": book.add_format(plain | bold | PERCENT),
        "bold": book.add_format(plain | bold),
    }


def _begin(
    sheet: Worksheet,
    formats: dict[str, Format],
    title: str,
    notes: list[str],
    last: str,
) -> int:
    a4(sheet, landscape=True)
    sheet.write("A1", title, formats["title"])
    sheet.set_row(0, 26)
    for row, note in enumerate(notes, start=2):
        sheet.merge_range(f"A{row}:{last}{row}", note, formats["note"])
        sheet.set_row(row - 1, 31)
    return len(notes) + 3


def _need(sheet: Worksheet, formats: dict[str, Format]) -> dict[str, tuple]:
    """Write what the work costs; return where the sums stand, and the sums."""
    top = _begin(
        sheet,
        formats,
        "Сколько стоит одно дело",
        [
            "Заполняйте жёлтые клетки, остальное считается само. Сейчас здесь пример "
            "«соседской мастерской»: сотрите его и впишите своё дело.",
            "Цену узнайте, а не придумайте. В графе «Уже есть» поставьте стоимость "
            "того, что нашлось без денег. «Малый вариант» — что купите, если найдёте "
            "только малую часть.",
        ],
        "I",
    )
    for column, width in enumerate([24, 11, 12, 11, 12, 12, 12, 12, 12]):
        sheet.set_column(column, column, width)
    heads = ["Строка", "Единица", "Сколько", "Цена, ₽", "Всего, ₽", "Уже есть, ₽"]
    heads += ["Найти, ₽", "Когда", "В малом варианте, ₽"]
    sheet.set_row(top - 1, 46)
    sheet.write_row(top - 1, 0, heads, formats["head"])
    first, last = top + 1, top + 12
    sums = {"all": 0, "have": 0, "find": 0, "small": 0, ONCE: 0, YEARLY: 0}
    for row in range(first, last + 1):
        index = row - first
        line = NEEDS[index] if index < len(NEEDS) else ("", "", "", "", "", "", "")
        name, unit, number, price, have, small, when = line
        whole = (number or 0) * (price or 0)
        find = whole - (have or 0)
        sheet.write(f"A{row}", name, formats["ask"])
        sheet.write(f"B{row}", unit, formats["ask"])
        for letter, value in zip("CDFI", (number, price, have, small), strict=True):
            sheet.write(f"{letter}{row}", value, formats["ask_money"])
        sheet.write_formula(f"E{row}", f"=C{row}*D{row}", formats["line"], whole)
        sheet.write_formula(f"G{row}", f"=E{row}-F{row}", formats["line"], find)
        sheet.write(f"H{row}", when, formats["ask"])
        if when:
            sums[when] += find
        sums["all"] += whole
        sums["have"] += have or 0
        sums["find"] += find
        sums["small"] += small or 0
    sheet.data_validation(
        f"H{first}:H{last}", {"validate": "list", "source": [ONCE, YEARLY]}
    )
    end = last + 1
    sheet.write(f"A{end}", "Итого", formats["bold"])
    for letter, key in zip("EFGI", ("all", "have", "find", "small"), strict=True):
        sheet.write_formula(
            f"{letter}{end}",
            f"=SUM({letter}{first}:{letter}{last})",
            formats["total"],
            sums[key],
        )
    for letter in "BCDH":
        sheet.write_blank(f"{letter}{end}", None, formats["bold"])
    reserve = round(sums["find"] * RESERVE)
    total = sums["find"] + reserve
    below = end + 2
    rows = [
        ("Запас, доля от «Найти»", RESERVE, "ask_share", None),
        ("Запас, ₽", f"=ROUND(G{end}*C{below},0)", "money", reserve),
        ("Найти с запасом, ₽", f"=G{end}+C{below + 1}", "total", total),
        (
            "Из «Найти» разово, ₽",
            f'=SUMIF(H{first}:H{last},"{ONCE}",G{first}:G{last})',
            "money",
            sums[ONCE],
        ),
        (
            "Из «Найти» каждый год, ₽",
            f'=SUMIF(H{first}:H{last},"{YEARLY}",G{first}:G{last})',
            "money",
            sums[YEARLY],
        ),
    ]
    _pairs(sheet, formats, below, rows)
    sheet.merge_range(
        f"E{below}:I{below + 1}",
        "Проверка: разовые и ежегодные вместе равны итогу «Найти». "
        "Если нет, у какой-то строки пуста графа «Когда».",
        formats["note"],
    )
    sheet.merge_range(f"E{below + 2}:F{below + 2}", "Не разнесено, ₽", formats["bold"])
    sheet.write_formula(
        f"G{below + 2}",
        f"=G{end}-C{below + 3}-C{below + 4}",
        formats["total"],
        sums["find"] - sums[ONCE] - sums[YEARLY],
    )
    sheet.print_area(0, 0, below + 5, 8)
    return {
        "total": (f"='1 Нужда'!C{below + 2}", total),
        "yearly": (f"='1 Нужда'!C{below + 4}", sums[YEARLY]),
    }


def _pairs(sheet: Worksheet, formats: dict[str, Format], row: int, rows: list) -> None:
    """Write captions in A:B and values in C, one under another."""
    for caption, value, kind, cached in rows:
        sheet.merge_range(f"A{row}:B{row}", caption, formats["bold"])
        if cached is None:
            sheet.write(f"C{row}", value, formats[kind])
        else:
            sheet.write_formula(f"C{row}", value, formats[kind], cached)
        row += 1


def _sources(
    sheet: Worksheet, formats: dict[str, Format], need_cell: str, need: float
) -> None:
    """Write the comparison of sources by what an hour of the team's work brings."""
    top = _begin(
        sheet,
        formats,
        "Какой источник первый",
        [
            "Вероятность ставьте сами и в первый раз занижайте. Ожидаем = можем "
            "получить × вероятность. Числа примера придуманы.",
            "Выберите один источник на полгода. Смотрите на три графы сразу: "
            "сколько ожидаем, когда придут деньги, сколько даст час работы.",
        ],
        "I",
    )
    for column, width in enumerate([19, 12, 13, 12, 15, 13, 9, 9, 21]):
        sheet.set_column(column, column, width)
    heads = ["Источник", "Можем получить, ₽", "Вероятность", "Ожидаем, ₽"]
    heads += ["Когда придут", "Часы на подготовку", "Часы на отчёт"]
    heads += ["Рублей на час", "Чем платим"]
    sheet.set_row(top - 1, 46)
    sheet.write_row(top - 1, 0, heads, formats["head"])
    first, last = top + 1, top + 7
    expected = hours = 0.0
    for row in range(first, last + 1):
        index = row - first
        line = SOURCES[index] if index < len(SOURCES) else ("", "", "", "", "", "", "")
        name, possible, chance, when, before, after, in_return = line
        sum_ = (possible or 0) * (chance or 0)
        work = (before or 0) + (after or 0)
        for letter, value in zip("AEI", (name, when, in_return), strict=True):
            sheet.write(f"{letter}{row}", value, formats["ask"])
        for letter, value in zip("BFG", (possible, before, after), strict=True):
            sheet.write(f"{letter}{row}", value, formats["ask_money"])
        sheet.write(f"C{row}", chance, formats["ask_share"])
        sheet.write_formula(f"D{row}", f"=B{row}*C{row}", formats["line"], sum_)
        sheet.write_formula(
            f"H{row}",
            f"=IF(F{row}+G{row}=0,0,D{row}/(F{row}+G{row}))",
            formats["line_total"],
            sum_ / work if work else 0,
        )
        expected, hours = expected + sum_, hours + work
    below = last + 2
    rows = [
        ("Нужно найти с запасом, ₽", need_cell, "total", need),
        (
            "Ожидаем от всех сразу, ₽",
            f"=SUM(D{first}:D{last})",
            "money",
            expected,
        ),
        (
            "На все уйдёт часов",
            f"=SUM(F{first}:G{last})",
            "money",
            hours,
        ),
        (
            "Часов у команды за полгода",
            120,
            "ask_money",
            None,
        ),
        (
            "Запас часов (минус — не потянем)",
            f"=C{below + 3}-C{below + 2}",
            "total",
            120 - hours,
        ),
    ]
    _pairs(sheet, formats, below, rows)
    sheet.print_area(0, 0, below + 5, 8)


def _endowment(
    sheet: Worksheet, formats: dict[str, Format], yearly_cell: str, yearly: float
) -> None:
    """Write what a capital gives: the capital for a need, and ten years of it."""
    top = _begin(
        sheet,
        formats,
        "Эндаумент: сколько капитала и что он даст",
        [
            "Проценты здесь — предположение, доход никто не гарантирует. Впишите свои "
            "и посмотрите худший случай: доход 0 % или минус 10 %.",
            "Доля, которую можно тратить, не больше дохода за вычетом расходов на "
            "управление и роста цен. Иначе капитал тает.",
        ],
        "G",
    )
    for column, width in enumerate([24, 14, 15, 15, 15, 15, 19]):
        sheet.set_column(column, column, width)
    safe = INCOME - COSTS - PRICES
    at = {name: top + i for i, name in enumerate(("cap", "gift", "inc", "cost", "pri"))}
    spend, keep, need, wanted, _, least = (top + i for i in range(5, 11))
    rows = [
        ("Капитал в начале, ₽", CAPITAL, "ask_money", None),
        ("Новые пожертвования в год, ₽", GIFTS, "ask_money", None),
        ("Доход в год", INCOME, "ask_share", None),
        ("Расходы на управление в год", COSTS, "ask_share", None),
        ("Рост цен в год", PRICES, "ask_share", None),
        ("Тратим из капитала в год", SPEND, "ask_share", None),
        (
            "Можно тратить без потерь",
            f"=C{at['inc']}-C{at['cost']}-C{at['pri']}",
            "share",
            safe,
        ),
        ("Нужда каждый год, ₽ (лист 1)", yearly_cell, "money", yearly),
        (
            "Капитал под эту нужду, ₽",
            f"=IF(C{spend}<=0,0,C{need}/C{spend})",
            "total",
            yearly / SPEND,
        ),
        (
            "Наш капитал даст в первый год, ₽",
            f"=C{at['cap']}*C{spend}",
            "total",
            CAPITAL * SPEND,
        ),
        ("Минимальный капитал по 275-ФЗ, ₽", MINIMUM, "ask_money", None),
    ]
    _pairs(sheet, formats, top, rows)
    verdicts = [
        (
            keep,
            f'=IF(ROUND(C{spend},6)<=ROUND(C{keep},6),"Капитал не тает",'
            '"Тратим больше, чем можно: капитал тает")',
            "Капитал не тает",
        ),
        (
            wanted,
            f'=IF(C{at["cap"]}>=C{wanted},"Капитала хватает на нужду",'
            f'"До нужды не хватает капитала")',
            "До нужды не хватает капитала",
        ),
        (
            least,
            f'=IF(C{at["cap"]}>=C{least},"Минимум по закону собран",'
            f'"Меньше минимума по закону")',
            "Минимум по закону собран",
        ),
    ]
    for row, formula, cached in verdicts:
        sheet.merge_range(f"D{row}:G{row}", "", formats["note"])
        sheet.write_formula(f"D{row}", formula, formats["note"], cached)
    head = least + 2
    heads = ["Год", "Капитал в начале", "Пожертвовали", "Доход минус расходы"]
    heads += ["Отдали школе", "Капитал в конце", "Он же в сегодняшних ценах"]
    sheet.set_row(head - 1, 31)
    sheet.write_row(head - 1, 0, heads, formats["head"])
    capital = float(CAPITAL)
    for year in range(1, YEARS + 1):
        row = head + year
        start = f"=C{at['cap']}" if year == 1 else f"=F{row - 1}"
        earned, given = capital * (INCOME - COSTS), capital * SPEND
        final = capital + GIFTS + earned - given
        cells = [
            ("B", start, capital),
            ("C", f"=$C${at['gift']}", GIFTS),
            ("D", f"=B{row}*($C${at['inc']}-$C${at['cost']})", earned),
            ("E", f"=MAX(0,B{row}*$C${spend})", given),
            ("F", f"=B{row}+C{row}+D{row}-E{row}", final),
            ("G", f"=F{row}/(1+$C${at['pri']})^A{row}", final / (1 + PRICES) ** year),
        ]
        sheet.write(f"A{row}", year, formats["money"])
        for letter, formula, cached in cells:
            kind = "total" if letter in "EG" else "money"
            sheet.write_formula(f"{letter}{row}", formula, formats[kind], cached)
        capital = final
    sheet.print_area(0, 0, head + YEARS, 6)


def _report(sheet: Worksheet, formats: dict[str, Format]) -> None:
    """Write the account for donors: what came, what was spent, what is left."""
    top = _begin(
        sheet,
        formats,
        "Отчёт дарителям: приход и расход",
        [
            "Имя дарителя пишите, только если он согласен; иначе «даритель». "
            "Сверяет бухгалтер, строки переносят в отчёт на одну страницу.",
        ],
        "C",
    )
    for column, width in enumerate([56, 40, 18]):
        sheet.set_column(column, column, width)
    row = top
    totals = []
    for heads, lines, count in [
        (["Пришло: от кого и на что", "День", "Сумма, ₽"], RECEIVED, 8),
        (["Потратили: строка сметы", "Документ", "Сумма, ₽"], SPENT, 12),
    ]:
        sheet.write_row(row - 1, 0, heads, formats["head"])
        first, last = row + 1, row + count
        for index in range(count):
            line = lines[index] if index < len(lines) else ("", "")
            at = first + index
            sheet.write(f"A{at}", line[0], formats["ask"])
            sheet.write(f"B{at}", line[1] if len(line) > 2 else "", formats["ask"])
            sheet.write(f"C{at}", line[-1], formats["ask_money"])
        sheet.merge_range(f"A{last + 1}:B{last + 1}", "Всего", formats["bold"])
        total = sum(line[-1] for line in lines)
        sheet.write_formula(
            f"C{last + 1}", f"=SUM(C{first}:C{last})", formats["total"], total
        )
        totals.append((last + 1, total))
        row = last + 3
    (came, received), (gone, spent) = totals
    sheet.merge_range(f"A{row}:B{row}", "Осталось", formats["bold"])
    sheet.write_formula(
        f"C{row}", f"=C{came}-C{gone}", formats["total"], received - spent
    )
    sheet.print_area(0, 0, row, 2)


RULES = [
    (
        "Добровольно",
        "Сумму взноса семье никто не назначает и не подсказывает. Списков сдавших нет "
        "ни на бумаге, ни в чатах. Цену вещи называть можно.",
    ),
    (
        "Без детей",
        "Ученики не передают и не собирают деньги. О взносах не говорят на уроках "
        "и классных часах.",
    ),
    (
        "Без наличных",
        "Только перевод на счёт школы или фонда. Учителя и классные руководители "
        "денег не касаются.",
    ),
    (
        "С назначением",
        "На каждое пожертвование есть договор или оферта, где названо, на что оно "
        "пойдёт. Учёт по назначению отдельный.",
    ),
    (
        "Отказ заранее",
        "Не принимаем деньги с условием об отметках, приёме, рекламе и будущих "
        "закупках. Решает совет. Что ещё:",
    ),
    (
        "Без преимуществ",
        "Дарение не даёт выгод ребёнку и фирме дарителя. Имя называем с согласия.",
    ),
    ("Жалоба", "Пишите. Отвечаем за неделю. Кто и куда:"),
]
REPORT = [
    "Сколько пришло и от кого (с согласия)",
    "На что потратили: строки и суммы, остаток",
    "Что изменилось: что стали делать дети, сколько их",
    "Что не вышло и почему",
    "Что дальше и чего не хватает",
]


def rules_and_report() -> None:
    """Write the draft of the school's rules for gifts and a report of one page."""
    document = new_document(
        "Как наша школа принимает помощь",
        "Заготовка правил. Обсудите на совете школы, впишите своё, покажите юристу "
        "учредителя и повесьте там, где её прочитают родители.",
    )
    add_table(
        document,
        ["Правило", "Что это значит у нас", "Кто отвечает"],
        [[name, text, ""] for name, text in RULES],
        widths=(34, 100, 40),
        row_height=24,
    )
    document.add_paragraph("Приняты советом: ____________   Пересмотрим: ____________")
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Отчёт дарителям", style="Heading 1")
    document.add_paragraph(
        "Одна страница раз в полгода. Деньги сверяет бухгалтер, читает вслух совет."
    )
    document.add_paragraph(
        "Дело: ______________________   За время: ______________________"
    )
    add_table(
        document,
        ["Вопрос", "Ответ"],
        [[question, ""] for question in REPORT],
        widths=(60, 114),
        row_height=34,
    )
    document.add_paragraph(
        "Написал: __________________   Сверил: __________________   День: __________"
    )
    for table in document.tables:  # LibreOffice reads the grid, not the cells
        for column, cell in zip(table.columns, table.rows[0].cells, strict=True):
            column.width = cell.width
    document.save(str(MEDIA / "pravila-i-otchet.docx"))
