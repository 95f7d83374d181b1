"""The rules of a community and its workbook for module 5 (online community)."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from paper import CONTENT, FONT, a4, add_table, new_document, new_workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MEDIA = CONTENT / "05-onlayn" / "media"
YES_NO = {"validate": "list", "source": ["да", "нет"]}
STOPS = [
    "Закон и учредитель её разрешают",
    "Владельцев двое, права не привязаны к одному телефону",
    "Можно закрыть вход, удалить сообщение, исключить участника",
    "Подходит по возрасту тем, кого зовём",
]
SCORES = [
    ("Наши люди уже там", 3),
    ("Это дело там удобно делать", 3),
    ("Уход посилен: четверть часа в день", 2),
    ("Работает на слабом телефоне", 1),
]
SIGNS = [
    ("Начинает не школа", "разговоры, которые начали не сотрудники", "все разговоры"),
    ("Вопрос не повис", "вопросы с ответом за сутки", "все вопросы"),
    (
        "Новичок ожил",
        "новички, сделавшие шаг за семь дней",
        "все новички, чья первая неделя закончилась",
    ),
    (
        "Слово держат",
        "договорённости, которые выполнены",
        "все договорённости, чей срок прошёл",
    ),
]
ALARMS = ["1/3", "0.8", "1/3", "2/3"]
ALARM_WORDS = ["меньше трети", "меньше 8 из 10", "меньше трети", "меньше двух третей"]
SAMPLE = [
    [(3, 9), (7, 13), (9, 15), (11, 18)],
    [(5, 8), (8, 10), (10, 11), (13, 14)],
    [(0, 0), (0, 0), (3, 20), (12, 20)],
    [(4, 5), (6, 9), (8, 13), (9, 16)],
]
CASES = [
    (
        "Спор о человеке: учителе, ребёнке, семье",
        "скрыть ветку, позвонить в тот же день",
        "«Это важно, и это не для общего разговора. Позвоню вам сегодня до шести»",
    ),
    (
        "Грубость",
        "написать лично; повторилась — скрыть и объяснить",
        "«У нас обращаются так, как у ворот школы. Перепишите, пожалуйста»",
    ),
    (
        "Реклама",
        "скрыть, показать правило",
        "«Здесь передают бесплатно. Объявление лучше дать в другом месте»",
    ),
    (
        "Чужой снимок, фамилия, телефон ребёнка",
        "убрать сразу, написать лично",
        "«Убрали: на это нужно согласие его родителей»",
    ),
    (
        "Вопрос висит сутки",
        "ответить самому или позвать того, кто знает",
        "«Не знаю, спрошу до завтра»",
    ),
    (
        "Угроза, травля, мысли о смерти",
        "сохранить запись; в тот же день психолог и директор",
        "В группе не обсуждаем. Человеку: «Я прочла. Звоню вам сейчас»",
    ),
]


def main() -> None:
    """Write both documents into the module's media folder."""
    _rules().save(MEDIA / "pravila-soobshestva.docx")
    _workbook()


def _rules() -> WordDocument:
    document = new_document(
        "Правила сообщества",
        "Три листа: правила, карточка модератора, проверка снимка с памяткой новичку. "
        "Прочтите правила вслух с ядром, вычеркните лишнее, впишите своё. Больше семи "
        "строк никто не запомнит.",
    )
    document.add_heading("1. Семь строк", level=1)
    add_table(
        document,
        ["О чём строка", "Например", "Как у нас"],
        [
            ("О чём здесь говорим", "передаём детские вещи, бесплатно", ""),
            (
                "О чём — в другом месте",
                "уроки, отметки, жалобы: учителю или завучу",
                "",
            ),
            ("Как обращаемся", "по имени; в подписи улица или год выпуска", ""),
            ("Когда молчим", "с 21:00 до 8:00", ""),
            ("Чего не публикуем", "чужих детей, телефоны, адреса, рекламу", ""),
            (
                "Что делает модератор",
                "пишет лично, скрывает, даёт паузу, закрывает доступ",
                "",
            ),
            ("К кому идти, если плохо", "имя, телефон, часы", ""),
        ],
        widths=[44, 62, 68],
        row_height=17,
    )
    document.add_paragraph(
        "Владельцы площадки (двое): ______________________   ______________________"
    )
    document.add_paragraph(
        "Кто читает правила заново и когда: _____________________________________"
    )
    _new_page(document)
    document.add_heading("2. Карточка модератора", level=1)
    document.add_paragraph(
        "Порядок для всех один: заметить → написать лично → скрыть и объяснить → "
        "пауза на неделю → закрыть доступ. Дежурство по очереди:"
    )
    add_table(
        document,
        ["Дни", "Дежурит", "Часы", "Кто подменит"],
        [("", "", "", "")] * 3,
        widths=[40, 54, 30, 50],
        row_height=9,
    )
    add_table(
        document,
        ["Что случилось", "Что делаю", "Какими словами"],
        CASES,
        widths=[50, 54, 70],
        row_height=16,
    )
    document.add_paragraph(
        "Психолог: __________________________   Директор: __________________________"
    )
    _new_page(document)
    document.add_heading("3. Проверка снимка с ребёнком", level=1)
    add_table(
        document,
        ["Вопрос", "Да / нет", "Дальше"],
        [
            ("Ребёнка можно узнать?", "", "нет → публикуем; да → следующий вопрос"),
            (
                "Есть отдельное согласие родителей на показ всем? "
                "Кто проверил, где лежит",
                "",
                "нет → стоп",
            ),
            ("Сам ребёнок согласен сегодня?", "", "нет → стоп"),
            ("Будет ли ему стыдно через пять лет?", "", "да → стоп"),
            ("Убраны фамилия, класс, место и время занятий?", "", "нет → убираем"),
        ],
        widths=[84, 26, 64],
        row_height=13,
    )
    document.add_paragraph(
        "Если согласие отозвали, снимок убирает __________________ в течение ________."
    )
    document.add_heading("Памятка новичку", level=1)
    add_table(
        document,
        ["Здравствуйте. Вот что стоит знать про наше сообщество"],
        [
            ("Что мы здесь делаем:",),
            ("Чего не делаем:",),
            ("Первый шаг на минуту — напишите:",),
            ("Три правила:",),
            ("Кого спросить (имя, часы):",),
            ("Когда видимся вживую:",),
        ],
        widths=[174],
        row_height=11,
    )
    return document


def _new_page(document: WordDocument) -> None:
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _workbook() -> None:
    path = MEDIA / "ploshadka-ritm-priznaki.xlsx"
    book, formats = new_workbook(path, "Площадка, ритм, признаки")
    formats["share"] = book.add_format(
        {"font_name": FONT, "font_size": 11, "bold": True, "border": 1}
        | {"border_color": "#D3CFC3", "num_format": "0 %", "valign": "top"}
    )
    formats["alarm"] = book.add_format({"font_color": "#B5382A", "bg_color": "#FBEAE7"})
    place, rhythm, signs, sample = (
        book.add_worksheet(name) for name in ("Площадка", "Ритм", "Признаки", "Образец")
    )
    _write_places(place, formats)
    _write_rhythm(rhythm, formats)
    _write_signs(signs, formats, "Признаки жизни", [[(0, 0)] * 4] * 4)
    _write_signs(
        sample, formats, "Образец, пример составной: «Вырос — передай»", SAMPLE
    )
    book.close()


def _write_places(sheet: Worksheet, formats: dict[str, Format]) -> None:
    a4(sheet, landscape=True)
    sheet.set_column(0, 0, 56)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 4, 22)
    sheet.write(0, 0, "Выбор площадки", formats["title"])
    note = (
        "Впишите названия площадок. Сначала стоп-вопросы: «да» или «нет». "
        "Потом баллы: 0 — нет, 1 — отчасти, 2 — да. Веса можно менять."
    )
    sheet.merge_range(1, 0, 1, 4, note, formats["note"])
    sheet.set_row(1, 32)
    sheet.write_row(3, 0, ["Стоп-вопросы", "", "", "", ""], formats["head"])
    for column in (2, 3, 4):
        sheet.write(3, column, f"Площадка {column - 1}", formats["input"])
    for row, question in enumerate(STOPS, start=4):
        sheet.write_row(row, 0, [question, ""], formats["text"])
        sheet.write_row(row, 2, [""] * 3, formats["input"])
    sheet.data_validation(4, 2, 7, 4, YES_NO)
    sheet.write_row(8, 0, ["Баллы", "Вес", "", "", ""], formats["head"])
    for row, (quality, weight) in enumerate(SCORES, start=9):
        sheet.write(row, 0, quality, formats["text"])
        sheet.write(row, 1, weight, formats["input"])
        sheet.write_row(row, 2, [""] * 3, formats["input"])
    sheet.data_validation(9, 2, 12, 4, {"validate": "list", "source": [0, 1, 2]})
    sheet.write_row(13, 0, ["Итог: доля от возможных баллов", ""], formats["head"])
    for column, letter in zip((2, 3, 4), "CDE", strict=True):
        formula = (
            f'=IF(COUNTIF({letter}5:{letter}8,"нет")>0,"стоп",'
            f'IF(COUNTIF({letter}5:{letter}8,"да")<4,"—",'
            f"SUMPRODUCT($B$10:$B$13,{letter}10:{letter}13)/(2*SUM($B$10:$B$13))))"
        )
        sheet.write_formula(13, column, formula, formats["share"], "—")
    second_way = "Второй путь для тех, кого на площадке нет:"
    sheet.merge_range(15, 0, 15, 4, second_way, formats["input"])
    sheet.set_row(15, 40)
    owners = "Двое владельцев и дата, когда учредитель ответил:"
    sheet.merge_range(16, 0, 16, 4, owners, formats["input"])
    sheet.set_row(16, 40)


def _write_rhythm(sheet: Worksheet, formats: dict[str, Format]) -> None:
    a4(sheet, landscape=True)
    sheet.write(0, 0, "Ритм на четыре недели", formats["title"])
    note = (
        "Три рубрики в одни и те же дни. У каждой записи есть ведущий и вопрос, на "
        "который отвечают за минуту."
    )
    sheet.merge_range(1, 0, 1, 6, note, formats["note"])
    columns = [
        ("Неделя", 9),
        ("День", 14),
        ("Рубрика", 14),
        ("О чём", 34),
        ("Вопрос на минуту", 34),
        ("Ведущий", 22),
        ("Сотрудник школы: да / нет", 16),
    ]
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write(3, column, name, formats["head"])
    sheet.set_row(3, 32)
    for index in range(12):
        row = 4 + index
        rubric = ("просьба", "человек", "сделано")[index % 3]
        sheet.set_row(row, 26)
        sheet.write(row, 0, index // 3 + 1, formats["text"])
        sheet.write(row, 2, rubric, formats["text"])
        for column in (1, 3, 4, 5, 6):
            sheet.write(row, column, "", formats["input"])
    sheet.data_validation(4, 6, 15, 6, YES_NO)
    label = "Записи, которые ведут не сотрудники школы (нужно не меньше половины)"
    sheet.merge_range(17, 0, 17, 5, label, formats["head"])
    filled = 'COUNTIF(G5:G16,"да")+COUNTIF(G5:G16,"нет")'
    formula = f'=IF({filled}=0,"—",COUNTIF(G5:G16,"нет")/({filled}))'
    sheet.write_formula(17, 6, formula, formats["share"], "—")


def _write_signs(
    sheet: Worksheet,
    formats: dict[str, Format],
    title: str,
    counts: Sequence[Sequence[tuple[int, int]]],
) -> None:
    a4(sheet, landscape=True)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 54)
    sheet.set_column(2, 5, 12)
    sheet.set_column(6, 6, 22)
    sheet.write(0, 0, title, formats["title"])
    note = (
        "Считайте раз в неделю, двадцать минут. Жёлтое вписываете, доля считается сама."
    )
    sheet.merge_range(1, 0, 1, 6, note, formats["note"])
    head = ["Признак", "Что считаем", *(f"Неделя {n}" for n in range(1, 5))]
    sheet.write_row(3, 0, [*head, "Тревожно, если"], formats["head"])
    for index, (name, top, bottom) in enumerate(SIGNS):
        row = 4 + index * 3
        sheet.merge_range(row, 0, row + 2, 0, name, formats["head"])
        sheet.merge_range(row, 6, row + 2, 6, ALARM_WORDS[index], formats["text"])
        for step, text in enumerate((top, bottom, "доля")):
            sheet.write(row + step, 1, text, formats["text"])
        for week, (part, whole) in enumerate(counts[index]):
            column, letter = 2 + week, "CDEF"[week]
            known = part if whole else ""
            sheet.write(row, column, known, formats["input"])
            sheet.write(row + 1, column, whole or "", formats["input"])
            cell = f"{letter}{row + 2}"
            formula = f'=IF(N({cell})=0,"—",{letter}{row + 1}/{cell})'
            value = part / whole if whole else "—"
            sheet.write_formula(row + 2, column, formula, formats["share"], value)
        first, last = f"C{row + 3}", f"F{row + 3}"
        sheet.conditional_format(
            f"{first}:{last}",
            {
                "type": "formula",
                "criteria": f"=AND(ISNUMBER({first}),{first}<{ALARMS[index]})",
                "format": formats["alarm"],
            },
        )
    sheet.merge_range(
        17,
        0,
        17,
        6,
        "Если число мало: начинает одна школа — отдайте рубрику; вопросы висят — "
        "назначьте дежурного; молчат новички — чините первую неделю; слово не держат — "
        "берите дела поменьше.",
        formats["note"],
    )
    sheet.set_row(17, 34)
