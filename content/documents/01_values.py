"""Make the cards of values and the board of promises."""

from datetime import date

import paper

MEDIA = paper.CONTENT / "01-cennosti" / "media"

PROMISES = [
    ("Обзвонить пять семей", "Марина, мама", date(2026, 11, 12), "Ольге", "сдержано"),
    (
        "Спросить о пропусках",
        "Ольга, библиотека",
        date(2026, 11, 13),
        "всем",
        "сдержано",
    ),
    (
        "Эскиз афиши",
        "Олег, выпускник",
        date(2026, 11, 16),
        "Марине",
        "перенесено заранее",
    ),
    ("Список умений", "Ольга, библиотека", date(2026, 11, 17), "всем", "не сделано"),
    ("Договориться о зале", "Ринат, отец", date(2026, 11, 26), "Ольге", ""),
]
ROWS = 26


def make_cards() -> None:
    """Make the cards for the evening of values and the sheet of agreements."""
    document = paper.new_document(
        "Карточки ценностей",
        "На каждого участника — две карточки: один случай, за который было гордо, и "
        "один, за который было стыдно. Первую страницу размножьте и разрежьте. "
        "Слово пишут последним, уже вместе.",
    )
    for _ in range(2):
        paper.add_table(
            document,
            ["Карточка", "Пишите одной-двумя фразами"],
            [
                ["Случай: что и когда было", ""],
                ["Выбор: из чего выбирали", ""],
                ["Цена: чем заплатили", ""],
                ["Поступок: что подтвердит свидетель", ""],
                ["Слово (после разговора)", ""],
            ],
            widths=[58, 116],
            row_height=18,
        )
    document.add_page_break()
    document.add_heading("Лист договорённостей", level=1)
    document.add_paragraph(
        "Заполняет команда вместе. Потом отсюда берут ответы для задания."
    )
    paper.add_table(
        document,
        ["Ценность", "Это видно, когда мы…", "Чем платим"],
        [["", "", ""] for _ in range(5)],
        widths=[40, 84, 50],
        row_height=13,
    )
    paper.add_table(
        document,
        ["Какие вопросы", "Кто решает и как", "Кого спросить"],
        [
            ["Мелкие и срочные", "один решает и сообщает", ""],
            ["Чьё-то дело", "один решает, спросив двоих", ""],
            ["Касается всех", "согласие: нет весомого «нет»", ""],
            ["Деньги, безопасность, правила", "несём директору или совету", ""],
        ],
        widths=[56, 68, 50],
        row_height=10,
    )
    paper.add_table(
        document,
        ["Перестаём делать", "Кто и с какого дня", "Часов освободится, куда"],
        [["", "", ""] for _ in range(2)],
        widths=[62, 56, 56],
        row_height=12,
    )
    document.add_paragraph("Проверка: день __________  спрашивает __________________")
    document.save(str(MEDIA / "kartochki-cennostej.docx"))


def make_board() -> None:
    """Make the board on which a team counts the promises it has kept."""
    book, styles = paper.new_workbook(
        MEDIA / "tablo-obeshchanij.xlsx", "Табло обещаний"
    )
    boxed = {"font_name": paper.FONT, "font_size": 11, "border": 1, "valign": "top"}
    boxed |= {"border_color": "#D3CFC3"}
    day = book.add_format(
        boxed | {"num_format": "dd.mm.yyyy", "bg_color": "#FDF3E1", "align": "left"}
    )
    share = book.add_format(boxed | {"num_format": "0%", "bold": True})
    sheet = book.add_worksheet("Табло")
    paper.a4(sheet, landscape=True)
    sheet.set_column("A:A", 44)
    sheet.set_column("B:B", 28)
    sheet.set_column("C:C", 14)
    sheet.set_column("D:D", 18)
    sheet.set_column("E:E", 24)
    sheet.write("A1", "Табло обещаний", styles["title"])
    sheet.merge_range(
        "A2:E2",
        "Жёлтое заполняете вы. Имя пишите всегда одинаково: по нему считается, сколько "
        "строк у одного человека. Первые пять строк — пример, сотрите их. "
        "Срок прошёл — в тот же день отметьте, чем кончилось, даже если не сделано.",
        styles["note"],
    )
    sheet.set_row(1, 34)
    first = 13
    last = first + ROWS - 1
    outcomes = f"$E${first}:$E${last}"
    names = f"$B${first}:$B${last}"
    done = [row[4] for row in PROMISES]
    closed = len([outcome for outcome in done if outcome])
    kept, moved = done.count("сдержано"), done.count("перенесено заранее")
    sheet.write_row("A4", ["Итог", "Сколько"], styles["head"])
    lines = [
        ("Всего обещаний", f'=COUNTIF({names},"?*")', styles["result"], len(PROMISES)),
        (
            "Из них с исходом (знаменатель)",
            f'=COUNTIF({outcomes},"?*")',
            styles["result"],
            closed,
        ),
        (
            "Сдержано (числитель)",
            f'=COUNTIF({outcomes},"сдержано")',
            styles["result"],
            kept,
        ),
        ("Доля сдержанных", "=IF(B6>0,B7/B6,0)", share, kept / closed),
        (
            "Доля сдержанных или перенесённых заранее",
            f'=IF(B6>0,(B7+COUNTIF({outcomes},"перенесено заранее"))/B6,0)',
            share,
            (kept + moved) / closed,
        ),
        (
            "Больше всего строк у одного человека, доля",
            f'=IF(B5>0,SUMPRODUCT(MAX(({names}<>"")*COUNTIF({names},{names})))/B5,0)',
            share,
            2 / len(PROMISES),
        ),
    ]
    for row, (label, formula, style, value) in enumerate(lines, start=5):
        sheet.write(f"A{row}", label, styles["text"])
        sheet.write_formula(f"B{row}", formula, style, value)
    sheet.merge_range("C5:E10", "", styles["text"])
    advice = (
        '=IF(B6=0,"Пока рано судить: ни одного исхода.",'
        'IF(B10>0.5,"Больше половины строк у одного человека: переделите.",'
        'IF(B9<0.6,"Обещаете больше, чем успеваете: берите меньше.",'
        'IF(B8>0.95,"Сдержано почти всё: можно браться за более трудное.",'
        '"Рабочий ход. Разберите несделанное и назначьте новые дни."))))'
    )
    sheet.write_formula(
        "C5",
        advice,
        styles["text"],
        "Рабочий ход. Разберите несделанное и назначьте новые дни.",
    )
    sheet.merge_range("C4:E4", "Что это значит", styles["head"])
    sheet.write_row(
        f"A{first - 1}",
        ["Дело", "Кто (имя)", "К какому дню", "Кому скажет", "Чем кончилось"],
        styles["head"],
    )
    for index in range(ROWS):
        row = first + index
        promise = PROMISES[index] if index < len(PROMISES) else ("", "", "", "", "")
        task, name, due, whom, outcome = promise
        sheet.write(f"A{row}", task, styles["input"])
        sheet.write(f"B{row}", name, styles["input"])
        if due:
            sheet.write_datetime(f"C{row}", due, day)
        else:
            sheet.write_blank(f"C{row}", None, day)
        sheet.write(f"D{row}", whom, styles["input"])
        sheet.write(f"E{row}", outcome, styles["input"])
    sheet.data_validation(
        f"E{first}:E{last}",
        {
            "validate": "list",
            "source": ["сдержано", "перенесено заранее", "не сделано"],
            "error_message": "Выберите из списка или оставьте пустым.",
        },
    )
    sheet.repeat_rows(first - 2)
    sheet.freeze_panes(first - 1, 0)
    book.close()


def main() -> None:
    """Make the documents of this module."""
    MEDIA.mkdir(parents=True, exist_ok=True)
    make_cards()
    make_board()


if __name__ == "__main__":
    main()
