"""Attendance lists as services of meetings export them: their lines, as .csv and .xlsx.

Each tells the same: Седова came by phone and by laptop, Орлов for half an hour, a guest
for a quarter; the host was there all the time.
"""

import csv
import io

from xlsxwriter import Workbook

ZOOM = """\
Meeting ID|Topic|Start Time|End Time|User Email|Duration (Minutes)|Participants
812 3456 7890|Вебинар|11/28/2026 09:55 AM|11/28/2026 11:01 AM|tutor@example.org|66|5

Name (Original Name)|User Email|Join Time|Leave Time|Duration (Minutes)|Guest
Громов Илья|tutor@example.org|11/28/2026 09:55 AM|11/28/2026 11:01 AM|66|No
Анна Седова|captain@example.org|11/28/2026 10:00 AM|11/28/2026 10:40 AM|40|No
телефон (Седова Анна Викторовна)||11/28/2026 10:20 AM|11/28/2026 11:00 AM|40|Yes
Олег Орлов||11/28/2026 10:05 AM|11/28/2026 10:35 AM|30|Yes
Olga iPhone||11/28/2026 10:05 AM|11/28/2026 10:20 AM|15|Yes
"""
TELEMOST = """\
Имя участника|Почта|Время входа|Время выхода
Громов Илья|tutor@example.org|28.11.2026 9:55:00|28.11.2026 11:01:00
Седова Анна|Captain@Example.org|28.11.2026 10:00:00|28.11.2026 10:40:00
Анна Седова||28.11.2026 10:20:00|28.11.2026 11:00:00
Орлов Олег Сергеевич||28.11.2026 10:05:00|28.11.2026 10:35:00
Olga iPhone||28.11.2026 10:05:00|28.11.2026 10:20:00
"""
MTS_LINK = """\
Отчёт об участниках|Вебинар, 28.11.2026
Фамилия|Имя|E-mail|Роль|Вход|Выход|Длительность присутствия
Громов|Илья|tutor@example.org|Ведущий|09:55|11:01|01:06:00
Седова|Анна|captain@example.org|Участник|10:00|10:40|00:40:00
Седова|Анна|captain@example.org|Участник|10:20|11:00|00:40:00
Орлов|Олег|oleg@mail.example|Участник|10:05|10:35|00:30:00
Iphone|Olga||Участник|10:05|10:20|00:15:00
Юсупова|Алия|other@example.org|Участник|||
"""
SERVICES = {
    "zoom": (ZOOM, ",", "utf-8-sig"),
    "telemost": (TELEMOST, ";", "utf-8"),
    "mts-link": (MTS_LINK, ";", "cp1251"),
}


def attendance_file(service, kind):
    """Return the list of a service as the bytes of a file."""
    text, separator, encoding = SERVICES[service]
    rows = [line.split("|") for line in text.splitlines()]
    return as_workbook(rows) if kind == "xlsx" else as_csv(rows, separator, encoding)


def as_csv(rows, separator=";", encoding="utf-8"):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def as_workbook(rows):
    file = io.BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet("Участники")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()
