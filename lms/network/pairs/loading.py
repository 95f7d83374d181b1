"""Pairs and rows of their plans for a page: found if visible, else 404."""

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import require
from lms.core.extensions import db
from lms.network.pairs.models import Pair, PairEvent
from lms.network.pairs.permissions import can_lead, can_write, visible_pairs


def get_pair(pair_id: int) -> Pair:
    """Load a pair that the current user may see, or answer 404."""
    query = visible_pairs(current_user).where(Pair.id == pair_id)
    schools = joinedload(Pair.first), joinedload(Pair.second)
    pair: Pair = db.first_or_404(query.options(*schools))
    return pair


def get_own_pair(pair_id: int) -> Pair:
    """Load a pair whose plan the current user writes, or say 404 or 403."""
    pair = get_pair(pair_id)
    require(can_write(current_user, pair))
    return pair


def get_led_pair(pair_id: int) -> Pair:
    """Load a pair that the current user may close, or say 404 or 403."""
    pair = get_pair(pair_id)
    require(can_lead(current_user, pair))
    return pair


def get_event(pair: Pair, event_id: int) -> PairEvent:
    """Load a row of a plan, or answer 404."""
    query = sa.select(PairEvent).filter_by(id=event_id, pair_id=pair.id)
    event: PairEvent = db.first_or_404(query.where(PairEvent.removed_at.is_(None)))
    return event
