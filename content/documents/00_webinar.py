"""Make the start sheet of a team and the calculation of its hours."""

import paper

MEDIA = paper.CONTENT / "00-vebinar" / "media"

# What the course asks of one participant, in hours; the sum stands in course.md.
COURSE_HOURS = [
    ("Прочитать занятие и проверить себя", 10, 0.5),
    ("Встретиться с командой: от часа до четырёх с половиной", 10, 2.4),
    ("Дело между встречами, кроме занятия 8", 9, 1.5),
]


def make_start_sheet() -> None:
    """Make the sheet that a team fills in at its first meeting."""
    document = paper.new_document(
        "Лист старта команды",
        "Первую страницу заполните на первой встрече и повесьте там, где команда "
        "собирается; вторую храните у себя. Если строка пуста, впишите, кто и когда "
        "её решит.",
    )
    document.add_heading("1. Люди и роли на курсе", level=1)
    paper.add_table(
        document,
        ["Роль", "Кто", "Кто подменит"],
        [
            ["Собирает встречи, напоминает", "", ""],
            ["Следит, чтобы в черновике были заполнены все поля", "", ""],
            ["Отправляет работу, когда все согласны", "", ""],
            ["Звонит тем, кто не пришёл", "", ""],
            ["Говорит с директором", "", ""],
            ["Не сотрудник школы: родитель, выпускник, партнёр", "", ""],
        ],
        widths=[84, 48, 42],
        row_height=9,
    )
    document.add_heading("2. Общий час", level=1)
    paper.add_table(
        document,
        ["День и время", "Кабинет", "Где переписываемся", "Первая встреча"],
        [["", "", "", ""]],
        widths=[40, 34, 56, 44],
        row_height=9,
    )
    document.add_heading("3. Четыре решения директора", level=1)
    paper.add_table(
        document,
        ["О чём договорились", "Решение", "С какого дня"],
        [
            ["Время: сколько часов в месяц и за счёт чего", "", ""],
            ["Права: решаем сами", "", ""],
            ["Права: предупреждаем за … дней", "", ""],
            ["Права: спрашиваем разрешение", "", ""],
            ["Дверь: как в школу входит не сотрудник", "", ""],
            ["Граница: чего не делаем ни при каких условиях", "", ""],
        ],
        widths=[86, 58, 30],
        row_height=9,
    )
    document.add_paragraph("Директор: ______________________    Дата: ______________")
    document.add_page_break()
    document.add_heading("4. Разговор с выпускником", level=1)
    document.add_paragraph(
        "Окончил школу от трёх до десяти лет назад. Двадцать минут. "
        "Записываем его словами, не спорим и ничего не просим."
    )
    paper.add_table(
        document,
        ["Вопрос", "Что услышали"],
        [
            ["Какой день в школе вы вспоминаете? Что вы тогда делали?", ""],
            ["Был ли взрослый, к которому можно было прийти не по учёбе?", ""],
            ["Когда вы заходили в школу последний раз и зачем?", ""],
            ["Чем бы вы поделились с ребятами, если бы вас попросили?", ""],
        ],
        widths=[66, 108],
        row_height=20,
    )
    document.add_heading("5. Три последних общих дела", level=1)
    paper.add_table(
        document,
        ["Дело", "Кто предложил", "Кто делал", "Кто познакомился", "Что через месяц"],
        [["", "", "", "", ""] for _ in range(3)],
        widths=[40, 30, 30, 40, 34],
        row_height=16,
    )
    document.save(str(MEDIA / "list-starta-komandy.docx"))


def make_hours() -> None:
    """Make the calculation of whether a team has time for the course and its deed."""
    book, styles = paper.new_workbook(
        MEDIA / "chasy-komandy.xlsx", "Часы команды на курсе"
    )
    quarter = {"font_name": paper.FONT, "font_size": 11, "border": 1}
    quarter |= {"border_color": "#D3CFC3", "align": "right", "valign": "vcenter"}
    whole = book.add_format(quarter | {"num_format": "0"})
    quarter |= {"num_format": "0.0"}
    number = book.add_format(quarter)
    entry = book.add_format(quarter | {"bg_color": "#FDF3E1"})
    total = book.add_format(quarter | {"bold": True})
    for name in ("head", "text", "input", "result"):
        styles[name].set_align("vcenter")
        styles[name].set_indent(1)
    sheet = book.add_worksheet("Часы")
    paper.a4(sheet)
    sheet.set_default_row(22)
    sheet.set_column("A:A", 52)
    sheet.set_column("B:D", 13)
    sheet.write("A1", "Потянем ли: часы команды", styles["title"])
    sheet.merge_range(
        "A2:D2",
        "Заполните жёлтые клетки. Остальное таблица посчитает сама. "
        "Числа в жёлтых клетках — пример.",
        styles["note"],
    )
    sheet.set_row(0, 30)
    sheet.set_row(1, 34)
    sheet.write_row(
        "A4", ["Что просит курс от каждого", "Раз", "Часов", "Всего"], styles["head"]
    )
    for row, (name, times, hours) in enumerate(COURSE_HOURS, start=5):
        sheet.set_row(row - 1, 34)
        sheet.write(f"A{row}", name, styles["text"])
        sheet.write(f"B{row}", times, whole)
        sheet.write(f"C{row}", hours, number)
        sheet.write_formula(f"D{row}", f"=B{row}*C{row}", number, times * hours)
    sheet.merge_range("A8:C8", "Часов курса на одного участника", styles["head"])
    sheet.write_formula("D8", "=SUM(D5:D7)", total, 42.5)

    sheet.write_row("A10", ["Сколько это идёт", "Недель"], styles["head"])
    sheet.write(
        "A11",
        "Два учебных года — примерно 60 рабочих недель, интенсив — 11",
        styles["text"],
    )
    sheet.set_row(10, 34)
    sheet.write("B11", 60, entry)
    sheet.write("A12", "Часов курса в неделю на человека", styles["text"])
    sheet.write_formula("B12", "=IF(B11>0,D8/B11,0)", total, 42.5 / 60)
    sheet.set_row(12, 50)
    sheet.write(
        "A13",
        "Сколько часов в неделю всей команде нужно на само дело: "
        "звонки, встречи с людьми, первый общий проект",
        styles["text"],
    )
    sheet.write("B13", 6, entry)

    sheet.write_row(
        "A15",
        ["Кто в команде (имя, роль)", "Даст часов", "На курс", "На дело"],
        styles["head"],
    )
    people = [
        ("Заместитель директора", 2.5),
        ("Учитель", 1.5),
        ("Библиотекарь", 1.5),
        ("Мама пятиклассника", 1.5),
        ("Выпускник", 1),
        ("", ""),
        ("", ""),
        ("", ""),
    ]
    course_week = 42.5 / 60
    first, last = 16, 15 + len(people)
    for row, (name, hours) in enumerate(people, start=first):
        sheet.write(f"A{row}", name, styles["input"])
        sheet.write(f"B{row}", hours, entry)
        given = isinstance(hours, (int, float))
        sheet.write_formula(
            f"C{row}", f'=IF(B{row}="","",$B$12)', number, course_week if given else ""
        )
        sheet.write_formula(
            f"D{row}",
            f'=IF(B{row}="","",B{row}-C{row})',
            number,
            hours - course_week if given else "",
        )
    given_hours = [hours for _, hours in people if isinstance(hours, (int, float))]
    spare = sum(given_hours) - course_week * len(given_hours)
    after = last + 1
    sheet.write(f"A{after}", "Всего в неделю", styles["head"])
    sheet.write_formula(f"B{after}", f"=SUM(B{first}:B{last})", total, sum(given_hours))
    sheet.write_formula(
        f"C{after}", f"=SUM(C{first}:C{last})", total, course_week * len(given_hours)
    )
    sheet.write_formula(f"D{after}", f"=SUM(D{first}:D{last})", total, spare)
    sheet.write(
        f"A{after + 2}", "Останется (+) или не хватит (−), часов", styles["head"]
    )
    sheet.write_formula(f"B{after + 2}", f"=D{after}-B13", total, spare - 6)
    sheet.set_row(after + 2, 40)
    answer = (
        f'=IF(B{after + 2}>=0,"Хватает. Покажите расчёт директору.",'
        '"Не хватает. Позовите ещё человека, снимите с кого-то другую работу '
        'или уменьшите дело.")'
    )
    sheet.merge_range(f"A{after + 3}:D{after + 3}", "", styles["result"])
    sheet.write_formula(
        f"A{after + 3}",
        answer,
        styles["result"],
        "Не хватает. Позовите ещё человека, снимите с кого-то другую работу "
        "или уменьшите дело."
        if spare < 6
        else "Хватает. Покажите расчёт директору.",
    )
    book.close()


def main() -> None:
    """Make the documents of this module."""
    MEDIA.mkdir(parents=True, exist_ok=True)
    make_start_sheet()
    make_hours()


if __name__ == "__main__":
    main()
