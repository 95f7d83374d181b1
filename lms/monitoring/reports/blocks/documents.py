"""«Документы»: certificates that were issued in the year, and those revoked."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block, Figure, Grid, Person, day_cell
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.schools.teams.models import School, Team

TITLE = "Документы"


def block_of(scope: Scope) -> Block:
    """List the certificates of the year in the order of their numbers; one statement.

    One that was replaced says no more than the one in its place.
    """
    issued = db.session.execute(
        sa.select(Certificate, School.name)
        .join(Team, Team.id == Certificate.team_id)
        .join(School, School.id == Team.school_id)
        .where(School.id.in_(scope.schools), scope.holds(Certificate.issued_at))
        .where(Certificate.state != CertificateState.REPLACED)
        .order_by(Certificate.id)
    ).all()
    revoked = sum(one.is_revoked for one, _ in issued)
    address = scope.page_of_observers("certificates.registry")
    figures = [
        Figure(key=key, label=label, value=number, address=address)
        for key, label, number in (
            ("issued", "Выдано сертификатов", len(issued)),
            ("revoked", "Из них отозвано", revoked),
        )
    ]
    grid = Grid(
        key="certificates",
        title="Сертификаты",
        columns={"Номер": 18, "Кому": 34, "Школа": 30, "Дата": 14, "Состояние": 16},
        rows=[
            [
                one.number,
                Person(person_id=one.user_id),
                school,
                day_cell(one.issued_on),
                one.state.value,
            ]
            for one, school in issued
        ],
    )
    return Block(key="documents", title=TITLE, figures=figures, grids=[grid])
