"""Who sat what in some cohorts, read in as many statements for a hundred as for one."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.content.diagnostics import Diagnostics
from lms.monitoring.diagnostics.editions import diagnostics_of
from lms.monitoring.diagnostics.growth import Pair
from lms.monitoring.diagnostics.models import Moment, Round, Sitting
from lms.monitoring.diagnostics.scores import Score, score_of
from lms.schools.teams.models import Membership, Team


@dataclass
class Attendance:
    """Who was asked, who came to each of both: ids of people by their school."""

    invited: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    entered: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    left: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    both: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    pairs: list[Pair] = field(default_factory=list)


def attendance_of(cohort_ids: Collection[int]) -> dict[int, Attendance]:
    """Return who sat what by cohort; who has left a team since counts as asked."""
    found: defaultdict[int, Attendance] = defaultdict(Attendance)
    for cohort_id, school_id, user_id in db.session.execute(_people(cohort_ids)):
        found[cohort_id].invited[school_id].add(user_id)
    rounds = _rounds(cohort_ids)
    editions = diagnostics_of(set(rounds.values()))
    entries: dict[tuple[int, int], Any] = {}
    for row in db.session.execute(_sittings(cohort_ids)):
        here, diagnostics = found[row.cohort_id], editions[rounds[row.cohort_id]]
        is_entry = row.moment is Moment.ENTRY
        here.invited[row.school_id].add(row.user_id)
        came = here.entered if is_entry else here.left
        came[row.school_id].add(row.user_id)
        if is_entry:
            entries[row.cohort_id, row.user_id] = row
        elif entry := entries.get((row.cohort_id, row.user_id)):
            here.both[row.school_id].add(row.user_id)
            here.pairs.append(_pair(entry, row, diagnostics))
    return found


def _pair(entry: Any, leaving: Any, diagnostics: Diagnostics) -> Pair:
    return Pair(
        leaving.school_id,
        leaving.position,
        entry.form,
        _score(entry, diagnostics),
        _score(leaving, diagnostics),
    )


def _score(sitting: Any, diagnostics: Diagnostics) -> Score:
    return score_of(diagnostics.form(sitting.form), sitting.answers)


def _people(cohort_ids: Collection[int]) -> sa.Select[Any]:
    columns: Any = Membership.cohort_id, Team.school_id, Membership.user_id
    return (
        sa.select(*columns)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.cohort_id.in_(cohort_ids), Membership.left_at.is_(None))
        .order_by(Membership.id)
    )


def _rounds(cohort_ids: Collection[int]) -> dict[int, int]:
    """Return which edition each cohort answers."""
    rounds = sa.select(Round).where(Round.cohort_id.in_(cohort_ids))
    found = db.session.scalars(rounds.order_by(Round.cohort_id))
    return {one.cohort_id: one.edition_id for one in found}


def _sittings(cohort_ids: Collection[int]) -> sa.Select[Any]:
    """Entries come first, so that each exit finds its own."""
    is_exit = Sitting.moment == Moment.EXIT
    return (
        sa.select(
            Sitting.cohort_id,
            Sitting.user_id,
            Team.school_id,
            Sitting.position,
            Sitting.moment,
            Sitting.form,
            Sitting.answers,
        )
        .join(Team, Team.id == Sitting.team_id)
        .where(Sitting.cohort_id.in_(cohort_ids), Sitting.finished_at.is_not(None))
        .order_by(is_exit, Sitting.id)
    )
