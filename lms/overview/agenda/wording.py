"""How far a due date is away, in words."""

from lms.core.language import plural
from lms.schools.meetings.wording import NEAR


def how_late(days_left: int) -> str:
    """«просрочено на 3 дня», «срок сегодня», «осталось 5 дней»."""
    if days_left < 0:
        return f"просрочено на {plural(-days_left, 'день', 'дня', 'дней')}"
    if days_left < 2:
        return f"срок {NEAR[days_left].lower()}"
    left = plural(days_left, "день", "дня", "дней")
    verb = "остался" if days_left % 10 == 1 and days_left % 100 != 11 else "осталось"
    return f"{verb} {left}"
