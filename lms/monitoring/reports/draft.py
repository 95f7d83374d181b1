"""A report as it stands today, before somebody closes it."""

from collections import Counter
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.monitoring.reports.blocks import BLOCKS, indicators
from lms.monitoring.reports.models import Report, ReportEdition
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block, Snapshot, Source
from lms.monitoring.reports.sums import sum_of
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory

ALONE = "Школы вне районов"


def blocks_of(scope: Scope) -> tuple[list[Block], list[Source]]:
    """Return the figures of a school or a district; those of a region are summed.

    Beside them stands which edition of which district was taken.
    """
    parts = _parts_of(scope)
    if not parts:
        return [block(scope) for block in BLOCKS.values()], []
    taken, editions = _taken_of(parts, scope)
    sources = [
        Source(
            territory=part.name,
            territory_id=part.id,
            number=editions[part.id].number if part.id in editions else 0,
        )
        for part in taken
    ]
    summed = [
        (part.name, Snapshot.model_validate(editions[part.id].content))
        for part in taken
        if part.id in editions
    ]
    alone = scope.without_parts()
    if alone.has_schools:
        own = Snapshot(blocks=[block(alone) for block in BLOCKS.values()])
        summed.append((ALONE, own))
    blocks = sorted(sum_of(summed), key=lambda block: list(BLOCKS).index(block.key))
    return [_of_region(block, scope) for block in blocks], sources


def schools_counted_twice(scope: Scope) -> Sequence[School]:
    """Return the schools that stand in two of the reports which a region sums.

    They moved when the first was closed; a new edition of it leaves them out.
    """
    parts = _parts_of(scope)
    taken, editions = _taken_of(parts, scope)
    counted = Counter(
        number
        for part in taken
        if part.id in editions
        for number in editions[part.id].content.get("schools", [])
    )
    if parts:
        counted.update(db.session.scalars(scope.without_parts().schools))
    twice = [number for number, reports in counted.items() if reports > 1]
    named = sa.select(School).where(School.id.in_(twice))
    return db.session.scalars(named.order_by(School.name, School.id)).all()


def _taken_of(
    parts: Sequence[Territory], scope: Scope
) -> tuple[list[Territory], dict[int, ReportEdition]]:
    """Return the territories whose reports are summed, and what each closed last."""
    spellings = _spellings_of(parts)
    editions = _newest_editions([*parts, *spellings], scope.year.starts_on.year)
    return [*parts, *_summed_apart(spellings, editions)], editions


def _of_region(block: Block, scope: Scope) -> Block:
    if block.key != indicators.KEY or scope.territory is None:
        return block
    return indicators.with_aims(block, scope.territory, scope.year.halves)


def _parts_of(scope: Scope) -> Sequence[Territory]:
    if scope.territory is None:
        return []
    return db.session.scalars(
        sa.select(Territory)
        .where(Territory.parent_id == scope.territory.id)
        .where(Territory.merged_at.is_(None))
        .order_by(Territory.name, Territory.id)
    ).all()


def _spellings_of(parts: Sequence[Territory]) -> Sequence[Territory]:
    """Return the territories that became other spellings of some."""
    return db.session.scalars(
        sa.select(Territory)
        .where(Territory.parent_id.in_([part.id for part in parts]))
        .where(Territory.merged_at.is_not(None))
        .order_by(Territory.name, Territory.id)
    ).all()


def _summed_apart(
    spellings: Sequence[Territory], editions: Mapping[int, ReportEdition]
) -> list[Territory]:
    """Choose the former territories whose schools are in no newer edition.

    What the territory that stayed closes after the merger has their schools in it.
    """
    return [
        one
        for one in spellings
        if one.id in editions
        and not (
            (kept := editions.get(one.parent_id or 0))
            and one.merged_at
            and kept.closed_at > one.merged_at
        )
    ]


def _newest_editions(parts: Sequence[Territory], year: int) -> dict[int, ReportEdition]:
    """Return what each district has closed last."""
    newest = sa.select(sa.func.max(ReportEdition.id)).group_by(ReportEdition.report_id)
    editions = db.session.scalars(
        sa.select(ReportEdition)
        .join(ReportEdition.report)
        .where(Report.year == year, ReportEdition.id.in_(newest))
        .where(Report.territory_id.in_([part.id for part in parts]))
        .options(joinedload(ReportEdition.report))
    )
    return {
        edition.report.territory_id: edition
        for edition in editions
        if edition.report.territory_id
    }
