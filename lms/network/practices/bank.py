"""Finding practices: by words in any form, module, kind of school and cost."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.network.practices.models import (
    Practice,
    PracticeConsent,
    PracticeState,
    PracticeUse,
    SchoolKind,
)
from lms.network.practices.permissions import (
    is_edited_by,
    is_quoted,
    public_practices,
)
from lms.schools.teams.models import School
from lms.schools.teams.permissions import own_teams
from lms.text.stems import has_stems

OF_LESSON = 3
MOST_OWN = 20


@dataclass(frozen=True)
class Filters:
    """What somebody looks for; `chosen` holds columns and their values."""

    words: str = ""
    # The place of a module in the course.
    module: int | None = None
    chosen: dict[str, enum.Enum] = field(default_factory=dict)


def find_practices(filters: Filters, viewer: User | None = None) -> sa.Select[Practice]:
    """Return the cards that fit, the newest first."""
    query = public_practices(viewer).where(*has_stems(Practice.words, filters.words))
    if filters.module is not None:
        module = sa.select(Module.id).filter_by(position=filters.module)
        query = query.where(Practice.module_id == module.scalar_subquery())
    for name, value in filters.chosen.items():
        query = query.where(getattr(Practice, name) == value)
    newest = query.order_by(Practice.published_at.desc(), Practice.id.desc())
    return newest.options(
        joinedload(Practice.module).joinedload(Module.current_revision)
    )


def count_practices(words: str, viewer: User | None = None) -> int:
    """Return how many cards have all the words."""
    found = public_practices(viewer).where(*has_stems(Practice.words, words))
    count = sa.select(sa.func.count()).select_from(found.subquery())
    return db.session.scalar(count) or 0


def kind_of(school: School | None) -> SchoolKind | None:
    """Return what a school has said of itself."""
    return db.session.get(SchoolKind, school.id) if school else None


def practices_of_lesson(
    module_id: int, viewer: User | None = None
) -> Sequence[Practice]:
    """Return a few cards of a module: first those that most schools took."""
    schools = sa.select(sa.func.count()).where(PracticeUse.practice_id == Practice.id)
    return db.session.scalars(
        public_practices(viewer)
        .where(Practice.module_id == module_id)
        .order_by(schools.scalar_subquery().desc(), Practice.id.desc())
        .limit(OF_LESSON)
    ).all()


def waiting_for(user: User) -> Sequence[Practice]:
    """Return the cards that ask a person for an answer, a text or a decision."""
    said = sa.exists().where(
        PracticeConsent.practice_id == Practice.id,
        PracticeConsent.version == Practice.version,
        PracticeConsent.user_id == user.id,
    )
    asked = sa.and_(Practice.state == PracticeState.CONSENT, is_quoted(user), ~said)
    own = sa.and_(
        Practice.team_id.in_(own_teams(user)),
        Practice.state != PracticeState.PUBLISHED,
    )
    return db.session.scalars(
        sa.select(Practice)
        .where(sa.or_(asked, own, is_edited_by(user)))
        .order_by(Practice.id.desc())
        .limit(MOST_OWN)
    ).all()
