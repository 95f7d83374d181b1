"""What the sheet is called, and what it says of itself."""

from lms.core.database import utcnow
from lms.core.names import short_name
from lms.core.tables import stamp
from lms.overview.timesheets.sheet import Sheet

TITLE = "Табель тьютора"
SIGNERS = ("Тьютор", "Организатор")


def made_on(sheet: Sheet) -> str:
    """Tell on paper whether the month is over, what is in it, and when it was made."""
    state = "Месяц закончился." if sheet.month.is_over else "Месяц ещё идёт."
    lead = sheet.lead
    part = f" Потоки, где ведущий тьютор {short_name(lead.full_name)}." if lead else ""
    return f"{state}{part} Составлен {stamp(utcnow())}."
