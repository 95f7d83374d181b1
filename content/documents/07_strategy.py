"""Documents of module 7: the strategy on one page and the table of indicators."""

from paper import CONTENT, FONT, a4, add_table, new_document, new_workbook
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

MEDIA = CONTENT / "07-strategiya" / "media"
ROWS = 7
FIRST = 5
HEAD = [
    "Направление",
    "Числитель: с кем произошло",
    "Знаменатель: с кем могло",
    "Откуда число, кто и когда считает",
    "Было: числ.",
    "Было: знам.",
    "Было, доля",
    "Через 3 года",
    "План на сейчас",
    "Есть: числ.",
    "Есть: знам.",
    "Есть, доля",
    "Отстаём, п. п.",
    "Что видно",
]
WIDTHS = [13, 22, 16, 18, 6.5, 6.5, 6.5, 8, 8, 6.5, 6.5, 6.5, 9, 14]
EXAMPLE = [
    (
        "Команда",
        "Учителя, пришедшие два года назад и работающие",
        "Все учителя, пришедшие два года назад",
        "Приказы, секретарь, 1 июня",
        (10, 16, 0.8, 0.68, 11, 15),
    ),
    (
        "Связи",
        "Семьи, что-то делавшие в школе за год, кроме собраний",
        "Все семьи",
        "Журнал общих дел, совет родителей, июнь",
        (212, 1380, 0.35, 0.22, 262, 1402),
    ),
    (
        "Связи",
        "Ученики 7–9 классов, назвавшие взрослого, к кому пойдут с бедой",
        "Все ответившие",
        "Опрос психолога, апрель; ответили 420 из 510",
        (168, 420, 0.6, 0.45, 201, 440),
    ),
    (
        "Связи",
        "Партнёры, с которыми в этом году было дело",
        "Все партнёры в списке",
        "Журнал договорённостей, завуч, июнь",
        (4, 14, 0.7, 0.4, 6, 12),
    ),
    (
        "Ресурсы",
        "Вечера недели, когда школой пользуются соседи",
        "Рабочие вечера недели",
        "График помещений, завхоз, первая неделя октября",
        (1, 5, 0.6, 0.4, 1, 5),
    ),
]


def main() -> None:
    """Write both documents of the module."""
    strategy_page()
    indicators()


def strategy_page() -> None:
    """Write the one-page strategy and the agenda of its review."""
    document = new_document(
        "Стратегия школы на странице",
        "Один лист, который висит в учительской. Если что-то не помещается, значит, "
        "вы не выбрали. На обороте — повестка пересмотра.",
        landscape=True,
    )
    add_table(
        document,
        ["Школа через три года: сцены обычного вторника (кто, где, что делает)"],
        [[""]],
        widths=[258],
        row_height=20,
    )
    add_table(
        document,
        ["", "Команда", "Связи", "Ресурсы"],
        [
            ["Цели, не больше двух", "", "", ""],
            ["Кто отвечает", "", "", ""],
            ["Показатели: было → будет", "", "", ""],
            ["Первое полугодие: шаг, имя, день", "", "", ""],
            ["Чего не делаем", "", "", ""],
        ],
        widths=[48, 70, 70, 70],
        row_height=13,
    )
    document.add_paragraph(
        "Принял (орган, дата, протокол): ________________   "
        "Пересмотр: зимой, дата ____   в июне, дата ____   "
        "Созывает: ________"
    )
    document.add_page_break()
    document.add_paragraph("Пересмотр: девяносто минут", style="Heading 1")
    document.add_paragraph(
        "Ведёт тот, кто не отвечает ни за одно направление. Числа приносят готовыми. "
        "Последние десять минут — кто что делает до следующей встречи."
    )
    add_table(
        document,
        ["Минуты", "Вопрос", "Планировали", "Вышло и почему", "Что меняем, кто, когда"],
        [
            ["0–20", "Показатели", "", "", ""],
            ["20–40", "Дела: какие не состоялись", "", "", ""],
            ["40–55", "Риски: какие случились, ждали ли их", "", "", ""],
            ["55–65", "Что получилось сверх плана", "—", "", ""],
            ["65–80", "Список «не делаем»: держимся ли", "", "", ""],
            ["80–90", "Следующее полугодие", "", "", ""],
        ],
        widths=[22, 56, 52, 64, 64],
        row_height=17,
    )
    document.save(MEDIA / "strategiya-na-stranice.docx")


def indicators() -> None:
    """Write the table of shares: an empty sheet and the example of the lesson."""
    book, formats = new_workbook(MEDIA / "pokazateli.xlsx", "Показатели стратегии")
    boxed = {"font_name": FONT, "font_size": 11, "border": 1, "valign": "top"}
    boxed |= {"border_color": "#D3CFC3", "text_wrap": True}
    formats["goal"] = book.add_format(
        boxed | {"bg_color": "#FDF3E1", "num_format": "0%"}
    )
    formats["share"] = book.add_format(boxed | {"bold": True, "num_format": "0%"})
    formats["gap"] = book.add_format(boxed | {"bold": True, "num_format": "0"})
    _sheet(book, formats, "Наша школа", [])
    _sheet(book, formats, "Пример", EXAMPLE)
    book.close()


def _sheet(book: Workbook, formats: dict[str, Format], name: str, rows: list) -> None:
    sheet = book.add_worksheet(name)
    a4(sheet, landscape=True)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write("A1", "Показатели стратегии", formats["title"])
    last = len(HEAD) - 1
    sheet.merge_range(
        1,
        0,
        1,
        last,
        "Жёлтые ячейки заполняете вы, доли и отставание считаются сами. Пять "
        "строк, каждое направление — хотя бы раз. «План на сейчас» — какой доли вы "
        "ждали к этой встрече пересмотра. П. п. — процентные пункты.",
        formats["note"],
    )
    sheet.set_row(1, 34)
    sheet.write_row(FIRST - 2, 0, HEAD, formats["head"])
    sheet.set_row(FIRST - 2, 48)
    for number in range(ROWS):
        row = rows[number] if number < len(rows) else None
        _row(sheet, formats, FIRST - 1 + number, row)
    sheet.freeze_panes(FIRST - 1, 2)


def _row(
    sheet: Worksheet, formats: dict[str, Format], line: int, row: tuple | None
) -> None:
    n = line + 1
    sheet.set_row(line, 60)
    numbers = row[4] if row else ("",) * 6
    sheet.write_row(line, 0, row[:4] if row else [""] * 4, formats["input"])
    was, was_of, goal, plan, now, now_of = numbers
    sheet.write_row(line, 4, [was, was_of], formats["input"])
    sheet.write_row(line, 7, [goal, plan], formats["goal"])
    sheet.write_row(line, 9, [now, now_of], formats["input"])
    share, gap = (now / now_of, (plan - now / now_of) * 100) if row else ("", "")
    for column, top, below, value in [
        (6, f"E{n}", f"F{n}", was / was_of if row else ""),
        (11, f"J{n}", f"K{n}", share),
    ]:
        formula = f'=IF(N({below})>0,{top}/{below},"")'
        sheet.write_formula(line, column, formula, formats["share"], value)
    formula = f'=IF(OR(L{n}="",I{n}=""),"",(I{n}-L{n})*100)'
    sheet.write_formula(line, 12, formula, formats["gap"], gap)
    formula = (
        f'=IF(M{n}="","",IF(M{n}<=0,"по плану или лучше",'
        f'IF(M{n}<=5,"немного отстаём","отстаём: обсудить")))'
    )
    sheet.write_formula(line, 13, formula, formats["share"], _verdict(gap))


def _verdict(gap: float | str) -> str:
    if gap == "":
        return ""
    if gap <= 0:
        return "по плану или лучше"
    return "немного отстаём" if gap <= 5 else "отстаём: обсудить"


if __name__ == "__main__":
    main()
