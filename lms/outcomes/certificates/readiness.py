"""How many people may have a certificate: counted by the database, laid out nowhere.

The same question as `Candidate.is_ready` asks of each; a test compares the two.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import run_cohorts
from lms.course.cohorts.rule import CompletionRule, RuleModule, read_rule
from lms.identity.accounts.models import User
from lms.outcomes.certificates.models import Certificate, Finisher
from lms.review.reviews.permissions import works_to_read_blind
from lms.schools.meetings.counting import has_taken, has_watched
from lms.schools.teams.models import Membership, Team
from lms.work.credits.models import Credit
from lms.work.quizzes.models import QuizResult

# What a rule asks for: works by module, self-checks by module, their percent, webinars.
# Tutors of one cohort ask the same.
KEPT_STATEMENTS = 64
Demand = tuple[frozenset[int], frozenset[int], int, tuple[RuleModule, ...]]


def rules_of(viewer: User) -> dict[int, CompletionRule]:
    """Return the rules of the cohorts that a person runs; one statement."""
    opened = run_cohorts(viewer).where(Cohort.rule.is_not(None))
    rows = db.session.execute(
        opened.with_only_columns(Cohort.id, sa.cast(Cohort.rule, sa.Text))
    )
    read = ((cohort_id, read_rule(stored)) for cohort_id, stored in rows)
    return {cohort_id: rule for cohort_id, rule in read if rule}


def ready_count(
    rules: Mapping[int, CompletionRule], viewer: User
) -> sa.ScalarSelect[int]:
    """Count who has met a rule and has no certificate, as a part of a statement.

    What the viewer may have to read a second time counts for nobody.

    After a revocation an admin decides, so any certificate counts as one.
    """
    cohorts: dict[Demand, list[int]] = defaultdict(list)
    for cohort_id, rule in sorted(rules.items()):
        cohorts[_demand(rule)].append(cohort_id)
    demands = tuple((demand, tuple(ids)) for demand, ids in cohorts.items())
    return _ready(demands, viewer)


@lru_cache(maxsize=KEPT_STATEMENTS)
def _ready(
    demands: tuple[tuple[Demand, tuple[int, ...]], ...], viewer: User
) -> sa.ScalarSelect[int]:
    certified = sa.exists().where(
        Certificate.user_id == Membership.user_id,
        Certificate.cohort_id == Team.cohort_id,
    )
    people = sa.select(Membership.user_id, Team.cohort_id).join(Membership.team)
    everybody = people.where(~certified).distinct()
    met = [everybody.where(_has_met(*demand, viewer)) for demand in demands]
    ready = sa.union(*met).subquery() if met else people.where(sa.false()).subquery()
    return sa.select(sa.func.count()).select_from(ready).scalar_subquery()


def _demand(rule: CompletionRule) -> Demand:
    works = frozenset(module.module_id for module in rule.required)
    quizzes = frozenset(module.module_id for module in rule.quizzes)
    return works, quizzes, rule.quiz_percent, tuple(rule.webinars)


def _has_met(
    demand: Demand, cohort_ids: Collection[int], viewer: User
) -> sa.ColumnElement[bool]:
    """Tell of a member whether everything is there that some cohorts ask for."""
    works, quizzes, percent, webinars = demand
    met: list[sa.ColumnElement[bool]] = [Team.cohort_id.in_(cohort_ids)]
    if works:
        credited = sa.select(sa.func.count(Credit.id)).where(
            Credit.user_id == Membership.user_id,
            Credit.cohort_id == Team.cohort_id,
            Credit.module_id.in_(works),
            sa.or_(Credit.submission_id.is_(None), ~_is_kept(viewer)),
        )
        met.append(credited.scalar_subquery() == len(works))
        met.append(_is_finisher(cohort_ids))
    if quizzes:
        passed = sa.select(sa.func.count(QuizResult.module_id.distinct())).where(
            QuizResult.user_id == Membership.user_id,
            QuizResult.counts_in(Team.cohort_id),
            QuizResult.module_id.in_(quizzes),
            QuizResult.percent >= percent,
        )
        met.append(passed.scalar_subquery() == len(quizzes))
    met += [_webinar_is_met(module, percent) for module in webinars]
    return sa.and_(*met)


def _webinar_is_met(module: RuleModule, percent: int) -> sa.ColumnElement[bool]:
    """Tell of a member whether they were at a webinar, or what stands for that."""
    person = Membership.user_id, Team.cohort_id, module.module_id
    was_there = has_taken(*person, module.webinar_percent)
    if not module.recording_counts:
        return was_there
    watched = has_watched(*person)
    if module.recording_asks_quiz:
        passed = sa.select(QuizResult.id).where(
            QuizResult.user_id == Membership.user_id,
            QuizResult.counts_in(Team.cohort_id),
            QuizResult.module_id == module.module_id,
            QuizResult.percent >= percent,
        )
        watched = sa.and_(watched, passed.exists())
    return sa.or_(was_there, watched)


def _is_finisher(cohort_ids: Collection[int]) -> sa.ColumnElement[bool]:
    """Leave those of whom it has to be asked: without it, of the whole country."""
    kept = sa.select(Finisher.user_id, Finisher.cohort_id)
    return sa.tuple_(Membership.user_id, Team.cohort_id).in_(
        kept.where(Finisher.cohort_id.in_(cohort_ids))
    )


def _is_kept(viewer: User) -> sa.ColumnElement[bool]:
    return Credit.submission_id.in_(works_to_read_blind(viewer))
