"""Schools, partners and agreements for a page: found if they may be seen, else 404."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort
from flask_login import current_user
from sqlalchemy.orm import selectinload

from lms.core.access import require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.network.partners.models import Agreement, AgreementFile, Partner
from lms.network.partners.permissions import (
    can_edit_partners,
    people_of,
    visible_partners,
    visible_schools,
)
from lms.schools.teams.models import School

JOINED = "Эту карточку объединили с карточкой «{name}»: откройте её."


def get_school(school_id: int) -> School:
    """Load a school of whose partners the current user reads, or answer 404."""
    query = visible_schools(current_user).where(School.id == school_id)
    school: School = db.first_or_404(query)
    return school


def get_own_school(school_id: int) -> School:
    """Load a school whose partners the current user writes."""
    school = get_school(school_id)
    require(can_edit_partners(current_user, school.id))
    return school


def get_partner(partner_id: int) -> Partner:
    """Load a partner of whom the current user reads, or answer 404.

    What belongs to the partner is loaded apart: a joined row cannot be locked.
    """
    query = visible_partners(current_user).where(Partner.id == partner_id)
    partner: Partner = db.first_or_404(
        query.options(
            selectinload(Partner.school),
            selectinload(Partner.keeper),
            selectinload(Partner.member),
            selectinload(Partner.agreements).selectinload(Agreement.files),
            selectinload(Partner.merged).options(
                selectinload(Partner.keeper),
                selectinload(Partner.agreements).selectinload(Agreement.files),
            ),
        )
    )
    return partner


def get_own_partner(partner_id: int) -> Partner:
    """Load a partner with a card of their own, whom the current user writes."""
    partner = get_partner(partner_id)
    require(can_edit_partners(current_user, partner.school_id))
    if partner.merged_into:
        raise RuleError(JOINED.format(name=partner.merged_into.name))
    return partner


def get_agreement(agreement_id: int) -> Agreement:
    """Load an agreement of a partner whom the current user writes, or answer 404."""
    seen = visible_partners(current_user).with_only_columns(Partner.id)
    query = sa.select(Agreement).where(
        Agreement.id == agreement_id, Agreement.partner_id.in_(seen)
    )
    agreement: Agreement = db.first_or_404(
        query.options(selectinload(Agreement.partner))
    )
    require(can_edit_partners(current_user, agreement.partner.school_id))
    return agreement


def get_paper(agreement_id: int, file_id: int) -> tuple[Agreement, AgreementFile]:
    """Load a file of an agreement; the papers are for the school's own people."""
    agreement = get_agreement(agreement_id)
    found = [file for file in agreement.files if file.id == file_id]
    return agreement, found[0] if found else abort(404)


def people_to_choose(school_id: int) -> Sequence[User]:
    """Return who of the school may keep in touch with a partner."""
    people = people_of(school_id).order_by(User.full_name, User.id)
    found: Sequence[User] = db.session.scalars(people).all()
    return found
