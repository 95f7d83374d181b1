"""«Явочный лист»: who was at a meeting, for Word and for Excel."""

import io
from collections.abc import Sequence

from lms.core import documents, workbooks
from lms.core.tables import Table, stamp
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.turnout import Guest, TeamTurnout

TITLE = "Явочный лист"
COLUMNS = {"№": 5, "ФИО": 36, "Школа": 34, "Роль": 22, "Минут": 9}


def word_sheet(meeting: Meeting, teams: Sequence[TeamTurnout]) -> bytes:
    """Write the sheet for Word."""
    document = documents.new_document(f"{TITLE}: {meeting.title}")
    document.add_paragraph(TITLE, style="Title")
    for line in _about(meeting, teams):
        document.add_paragraph(line)
    documents.add_table(document, _table(teams))
    return documents.bytes_of(document)


def workbook_sheet(meeting: Meeting, teams: Sequence[TeamTurnout]) -> bytes:
    """Write the sheet for Excel; the meeting is named on every printed page."""
    file = io.BytesIO()
    with workbooks.new_workbook(file) as book:
        page = workbooks.write_table(book, _table(teams))
        last = len(_present(teams)) + 2
        for number, line in enumerate(_about(meeting, teams), last):
            page.write(number, 1, line)
    return file.getvalue()


KINDS = {
    "docx": (word_sheet, documents.MEDIA_TYPE),
    "xlsx": (workbook_sheet, workbooks.MEDIA_TYPE),
}


def _about(meeting: Meeting, teams: Sequence[TeamTurnout]) -> list[str]:
    invited = sum(len(team.guests) for team in teams)
    lines = [
        f"{meeting.title} ({meeting.kind.value})",
        f"{stamp(meeting.starts_at)}, {meeting.minutes} мин.",
        f"Поток «{meeting.cohort.name}»: {meeting.audience}",
        f"Были {len(_present(teams))} из {invited}",
    ]
    if meeting.guests:
        lines.append(f"Гостей, которых нет в командах: {meeting.guests}")
    return lines


def _table(teams: Sequence[TeamTurnout]) -> Table:
    rows = [
        (
            number,
            guest.membership.user.full_name,
            guest.membership.team.school.label,
            guest.membership.position.value,
            guest.attendance.minutes if guest.attendance else None,
        )
        for number, guest in enumerate(_present(teams), 1)
    ]
    return Table(TITLE, COLUMNS, rows)


def _present(teams: Sequence[TeamTurnout]) -> list[Guest]:
    return [guest for team in teams for guest in team.guests if guest.is_present]
