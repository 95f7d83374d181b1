"""What a school and its partners did together: events, beside joint projects."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import day
from lms.core.periods import Period
from lms.monitoring.projects.models import Event, EventPartner, Project
from lms.network.partners.models import Partner
from lms.network.ventures.figures import (
    CARD,
    Shares,
    in_joint_projects,
    share_of_partners,
)


def held_with_partners(school_id: int) -> dict[int, list[str]]:
    """Name the events that were held, by the card of each partner, the latest first.

    An event is named once, though both spellings of a partner stand in it.
    """
    held = (
        sa.select(CARD, Event.id, Event.what, Event.done_on)
        .join(EventPartner, EventPartner.partner_id == Partner.id)
        .join(Event, Event.id == EventPartner.event_id)
        .join(Project, Project.id == Event.project_id)
        .where(Project.school_id == school_id, _was_held())
        .order_by(Event.done_on.desc(), Event.id.desc())
        .distinct()
    )
    named: defaultdict[int, list[str]] = defaultdict(list)
    for card_id, _, what, done_on in db.session.execute(held):
        named[card_id].append(f"{what}, {day(done_on)}" if done_on else what)
    return dict(named)


def with_joint_event(school_ids: Collection[int], period: Period) -> Shares:
    """Count the partners with a joint project or a held event, of those of the end."""
    return share_of_partners(
        school_ids, period.ends_on, in_joint_projects(period), _at_events(period)
    )


def _at_events(period: Period) -> sa.Select[int]:
    """Return the cards of partners with an event that was held in a period."""
    return (
        sa.select(CARD)
        .join(EventPartner, EventPartner.partner_id == Partner.id)
        .join(Event, Event.id == EventPartner.event_id)
        .where(_was_held(), Event.done_on.between(period.starts_on, period.ends_on))
    )


def _was_held() -> sa.ColumnElement[bool]:
    return sa.and_(Event.removed_at.is_(None), Event.done_on.is_not(None))
