"""«Риски»: which were foreseen in the projects of schools, and which came true."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.monitoring.projects.models import Project, Risk
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block, Figure, Grid, day_cell
from lms.schools.teams.models import School

TITLE = "Риски"
COLUMNS = {
    "Школа": 28,
    "Риск": 40,
    "Предполагали": 16,
    "Возник": 14,
    "Что сделали": 40,
}


def block_of(scope: Scope) -> Block:
    """Compare the risks that were foreseen with those that came in the year.

    One that came in another year belongs to that; one statement.
    """
    days = scope.year.starts_on, scope.year.ends_on
    here = sa.or_(Risk.came_on.between(*days), Risk.came_on.is_(None) & Risk.is_planned)
    rows = db.session.execute(
        sa.select(Risk, School.name)
        .join(Project, Project.id == Risk.project_id)
        .join(School, School.id == Project.school_id)
        .where(School.id.in_(scope.schools), Risk.removed_at.is_(None), here)
        .order_by(School.name, School.id, Risk.id)
    ).all()
    foreseen = [one for one, _ in rows if one.is_planned]
    came = sum(one.came_on is not None for one in foreseen)
    unforeseen = len(rows) - len(foreseen)
    figures = [
        Figure(key="came_true", label="Возникли", value=came, of=len(foreseen)),
        Figure(key="unforeseen", label="Возникли непредвиденные", value=unforeseen),
    ]
    grid = Grid(
        key="risks",
        title="Риски школ",
        columns=COLUMNS,
        rows=[
            [
                school,
                one.text,
                "да" if one.is_planned else "нет",
                day_cell(one.came_on),
                one.measure or None,
            ]
            for one, school in rows
        ],
        is_wide=True,
    )
    return Block(key="risks", title=TITLE, figures=figures, grids=[grid])
