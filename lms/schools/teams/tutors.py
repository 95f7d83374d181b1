"""The tutors of a cohort and of its teams: a team has one of the cohort's."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.lock import lock_cohort
from lms.course.cohorts.models import Cohort, CohortState, cohort_tutor
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.identity.erasures.signals import person_erased
from lms.identity.erasures.ties import Tie, ties_people
from lms.schools.teams.models import Team

GONE = "Этот тьютор больше не в потоке. Выберите другого."


class TutorChoice(NamedTuple):
    """Who shall be the tutor of a team, and who was when somebody chose; by id."""

    team_id: int
    seen: int | None
    wanted: int | None


def hold_with(cohort: Cohort, tutor: User | None) -> None:
    """Hold a cohort while a team gets a tutor, who may have just left it."""
    lock_cohort(cohort)
    if tutor and tutor not in cohort.tutors:
        db.session.rollback()
        raise RuleError(GONE)


def assign_tutors(
    cohort: Cohort,
    *,
    tutors: Sequence[User],
    lead: User | None = None,
    seen: Mapping[str, str] | None = None,
    actor: User,
) -> list[Team]:
    """Choose who reviews in a cohort and who leads; return the teams left alone.

    A team's tutor is one of the cohort's, so whoever leaves the cohort leaves its
    teams as well. What the page showed (`seen`) and the person left as it was stays as
    somebody else changed it since.
    """
    lock_cohort(cohort)
    if seen:
        tutors, lead = _beside_others(cohort, seen, tutors, lead)
    if lead and lead not in tutors:
        db.session.rollback()
        raise RuleError("Ведущий тьютор — один из тьюторов потока: отметьте и его.")
    before = _staff(cohort)
    cohort.tutors, cohort.lead = list(tutors), lead
    left = list(
        db.session.scalars(
            sa.select(Team)
            .where(Team.cohort_id == cohort.id, Team.tutor_id.is_not(None))
            .where(Team.tutor_id.not_in([tutor.id for tutor in tutors]))
        )
    )
    for team in left:
        team.tutor = None
    after = _staff(cohort)
    record(actor.id, "назначены тьюторы", cohort, before=before, after=after)
    db.session.commit()
    return left


def _beside_others(
    cohort: Cohort,
    seen: Mapping[str, str],
    tutors: Sequence[User],
    lead: User | None,
) -> tuple[list[User], User | None]:
    before = set(seen.get("tutors", "").split())
    kept = [one for one in cohort.tutors if one in tutors or str(one.id) not in before]
    added = [one for one in tutors if one not in kept and str(one.id) not in before]
    is_left = seen.get("lead") == str(lead.id if lead else 0)
    return kept + added, cohort.lead if is_left else lead


def choose_tutors(
    cohort: Cohort, *, choices: Sequence[TutorChoice], actor: User
) -> int:
    """Give many teams their tutors at once, all or none; return how many changed.

    The cohort is held meanwhile, as when its tutors are chosen: nobody gets a tutor
    who has just left. Who meets the choice of a colleague is refused and sees it.
    """
    lock_cohort(cohort)
    tutors = {tutor.id: tutor for tutor in cohort.tutors}
    if any(one.wanted not in {None, *tutors} for one in choices):
        raise RuleError(GONE)
    teams = _teams_to_change(cohort, choices)
    known = [one for one in choices if one.team_id in teams]
    _refuse_met(teams, known)
    changed = [one for one in known if teams[one.team_id].tutor_id != one.wanted]
    before = _tutors_of([teams[one.team_id] for one in changed])
    for team_id, _, wanted in changed:
        teams[team_id].tutor = tutors[wanted] if wanted else None
    after = _tutors_of([teams[one.team_id] for one in changed])
    if changed:
        record(actor.id, "тьюторы команд", cohort, before=before, after=after)
    db.session.commit()
    return len(changed)


def _teams_to_change(cohort: Cohort, choices: Sequence[TutorChoice]) -> dict[int, Team]:
    query = (
        sa.select(Team)
        .where(Team.cohort_id == cohort.id)
        .where(Team.id.in_([one.team_id for one in choices]))
        .options(joinedload(Team.school), joinedload(Team.tutor))
        .execution_options(populate_existing=True)
    )
    return {team.id: team for team in db.session.scalars(query)}


def _refuse_met(teams: dict[int, Team], choices: Sequence[TutorChoice]) -> None:
    """Refuse what would undo the choice of a colleague, and name the first few."""
    met = [
        teams[team_id]
        for team_id, seen, wanted in choices
        if teams[team_id].tutor_id not in {seen, wanted}
    ]
    if met:
        names = [f"«{team.name}» — {_tutor_name(team)}" for team in met[:3]]
        more = " и другие" if len(met) > len(names) else ""
        raise RuleError(
            "Пока вы выбирали, тьютора сменил кто-то ещё. Сейчас: "
            f"{'; '.join(names)}{more}. Проверьте и сохраните ещё раз."
        )


def _tutors_of(teams: Sequence[Team]) -> dict[str, str]:
    return {f"{team.name}, {team.school.label}": _tutor_name(team) for team in teams}


def _tutor_name(team: Team) -> str:
    return team.tutor.full_name if team.tutor else "без своего тьютора"


def _staff(cohort: Cohort) -> dict[str, Any]:
    return {
        "тьюторы": [person.full_name for person in cohort.tutors],
        "ведущий тьютор": cohort.lead.full_name if cohort.lead else None,
    }


@ties_people
def tied_by_cohorts(person: User) -> Iterator[Tie]:
    """An admin gives the teams of a tutor to colleagues."""
    led = (
        sa.select(Cohort.name)
        .join(cohort_tutor, cohort_tutor.c.cohort_id == Cohort.id)
        .where(cohort_tutor.c.user_id == person.id, _goes_on())
    )
    for name in db.session.scalars(led.order_by(Cohort.name)):
        sentence = f"Вы тьютор потока «{name}»: ваши команды отдадут коллегам."
        yield Tie(sentence, is_binding=False)


@person_erased.connect
def leave_cohorts(person: User) -> None:
    """Leave the teams of cohorts that go on to whoever is chosen next."""
    going_on = sa.select(Cohort.id).where(_goes_on())
    theirs = Team.tutor_id == person.id, Team.cohort_id.in_(going_on)
    db.session.execute(sa.update(Team).where(*theirs).values(tutor_id=None))
    led = sa.update(Cohort).where(Cohort.lead_id == person.id, _goes_on())
    db.session.execute(led.values(lead_id=None))


def _goes_on() -> sa.ColumnElement[bool]:
    return Cohort.state != CohortState.CLOSED
