"""The figures of a territory as tables for files: as on the screen, and row by row."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from lms.core.disclosure import FEW
from lms.core.extensions import db
from lms.core.language import course_day
from lms.core.tables import Table, Value
from lms.monitoring.indicators.counting import NONE
from lms.monitoring.indicators.figures import Figures, Told
from lms.monitoring.indicators.hiding import Mark
from lms.monitoring.indicators.models import Indicator, Measurement
from lms.monitoring.indicators.summary import Line, SchoolLine
from lms.schools.territories.models import Territory


def table_of_lines(lines: Sequence[Line]) -> Table:
    """Return the table of a territory."""
    columns = {
        "Показатель": 40,
        "Числитель": 24,
        "Знаменатель": 24,
        "Факт": 12,
        "Исходно": 18,
        "Цель": 18,
        "Подтверждение": 20,
        "Прислали": 11,
    }
    rows = [
        (
            line.indicator.title,
            _beside(line.figure.numerator, line.indicator.numerator_text),
            _beside(line.figure.denominator, line.indicator.denominator_text),
            line.figure.fact,
            line.baseline,
            line.target,
            line.proof,
            line.sent,
        )
        for line in lines
    ]
    return Table("Показатели", columns, rows)


def table_of_schools(lines: Sequence[SchoolLine]) -> Table:
    """Return the table of one indicator, school by school."""
    columns = {
        "Школа": 36,
        "Территория": 22,
        "Числитель": 12,
        "Знаменатель": 13,
        "Факт": 12,
        "Исходно": 18,
        "Цель": 18,
        "Подтверждение": 14,
        "Состояние": 20,
    }
    rows = [
        (
            line.school.name,
            line.territory.name,
            line.figure.numerator,
            line.figure.denominator,
            line.figure.fact,
            line.baseline,
            line.target,
            line.proof,
            line.state,
        )
        for line in lines
    ]
    return Table("По школам", columns, rows)


def table_of_measurements(
    figures: Figures, territory: Territory, indicators: Sequence[Indicator]
) -> Table:
    """Return everything that schools have sent, former versions too; two statements.

    What is hidden on the screen is hidden here, in every version.
    """
    columns = {
        "Школа": 36,
        "Территория": 22,
        "Показатель": 40,
        "Версия": 8,
        "Числитель": 12,
        "Знаменатель": 13,
        "Подтверждение": 30,
        "Состояние": 20,
        "День": 12,
    }
    schools = {one.id: one for one in figures.region.schools_in(territory)}
    named = {one.id: one for one in indicators}
    rows = []
    for one in _measurements(figures, schools, named):
        school = schools[one.school_id]
        told = figures.told[one.indicator_id]
        rows.append(
            (
                school.name,
                figures.region.territory_of(school).name,
                one.indicator.title,
                one.number,
                *_shown(one, told),
                one.link or (one.file.name if one.file else NONE),
                one.state,
                course_day(one.sent_at),
            )
        )
    return Table("Присланное", columns, rows)


def _measurements(
    figures: Figures, school_ids: Collection[int], indicator_ids: Collection[int]
) -> Sequence[Measurement]:
    return db.session.scalars(
        sa.select(Measurement)
        .where(Measurement.starts_on == figures.period.starts_on)
        .where(Measurement.school_id.in_(school_ids))
        .where(Measurement.indicator_id.in_(indicator_ids))
        .order_by(Measurement.school_id, Measurement.indicator_id, Measurement.number)
        .options(
            joinedload(Measurement.indicator),
            joinedload(Measurement.file),
            selectinload(Measurement.decisions),
        )
    ).all()


def _shown(measurement: Measurement, told: Told) -> tuple[Value, Value]:
    """Return both numbers of a version as they may be shown."""
    place = ("school", measurement.school_id)
    people = measurement.indicator.counts_people
    part, whole = measurement.count
    return (
        _value(part, told.numerators.get(place), of_people=people),
        NONE
        if whole is None
        else _value(whole, told.denominators.get(place), of_people=people),
    )


def _value(number: int, mark: Mark | None, *, of_people: bool) -> Value:
    if of_people and 0 < number < FEW:
        return Mark.FEW.value
    return Mark.COVER.value if mark else number


def _beside(number: Value, words: str) -> str:
    """Put words before their number, right for every one: «разделов зачтено: 1»."""
    return f"{words}: {number}" if words else str(number)
