"""The blueprint of meetings; their addresses stand below those of the calendar."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint

from lms.identity.accounts.timezones import course_clock
from lms.schools.meetings.wording import clock, weekday

bp = Blueprint("meetings", __name__, url_prefix="/agenda/meetings")
bp.add_app_template_filter(weekday)
bp.add_app_template_filter(clock)
bp.add_app_template_global(course_clock)


def released_as(
    name: str, rule: str, methods: Sequence[str] = ("GET",)
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer under the name that was released when the calendar held the meetings."""

    def add(view: Callable[..., Any]) -> Callable[..., Any]:
        address = f"{bp.url_prefix}{rule}"
        bp.record(
            lambda state: state.app.add_url_rule(
                address, f"agenda.{name}", view, methods=methods
            )
        )
        return view

    return add
