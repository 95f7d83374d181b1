"""The typed part of a report, and the blocks that are left out of it."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, widgets

from lms.core.choices import TicksField
from lms.core.fields import TextField
from lms.monitoring.reports.models import Report
from lms.monitoring.reports.services import CONCLUSIONS
from lms.monitoring.reports.snapshot import Block

MOST_SIGNS = 10_000


def _conclusion(key: str) -> TextField:
    return TextField(CONCLUSIONS[key], MOST_SIGNS)


class ConclusionsForm(FlaskForm):
    """«Выводы и следующий год»."""

    results = _conclusion("results")
    troubles = _conclusion("troubles")
    plans = _conclusion("plans")
    left_out = TicksField("Не включать в отчёт")
    # What was ticked when the page was shown.
    was_left_out = HiddenField()
    version = IntegerField(widget=widgets.HiddenInput(), default=0)

    def __init__(
        self, report: Report | None, blocks: Sequence[Block], **kwargs: Any
    ) -> None:
        known: dict[str, Any] = {"version": 0}
        if report:
            facts = {
                "left_out": report.left_out,
                "was_left_out": ",".join(report.left_out),
                "version": report.version,
            }
            known = dict(report.texts) | facts
        super().__init__(data=known, **kwargs)
        self.left_out.choices = [(block.key, block.title) for block in blocks]

    @property
    def texts(self) -> dict[str, str]:
        return {key: self[key].data or "" for key in CONCLUSIONS}

    @property
    def was_ticked(self) -> list[str]:
        return (self.was_left_out.data or "").split(",")
