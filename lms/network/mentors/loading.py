"""Mentors and requests for a page: found if the person may see them, else 404."""

from flask import abort
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from lms.core.access import require
from lms.core.extensions import db
from lms.network.mentors.models import Mentor, MentorRequest
from lms.network.mentors.offers import offer_of
from lms.network.mentors.permissions import (
    is_asker,
    is_led,
    is_mentor,
    visible_mentors,
    visible_requests,
)
from lms.schools.teams.loading import my_membership
from lms.schools.teams.models import Membership


def get_place() -> Membership:
    """Return where the person who looks belongs to a school, or answer 404."""
    return my_membership() or abort(404)


def get_mentor(mentor_id: int) -> Mentor:
    """Load a mentor who offers help to the person who looks, or answer 404."""
    query = visible_mentors(current_user).where(Mentor.id == mentor_id)
    people = joinedload(Mentor.user), joinedload(Mentor.school)
    mentor: Mentor = db.first_or_404(
        query.options(*people, selectinload(Mentor.topics))
    )
    return mentor


def get_own_offer() -> Mentor:
    """Load what the person who looks offers, or answer 404."""
    get_place()
    return offer_of(current_user) or abort(404)


def get_request(request_id: int) -> MentorRequest:
    """Load a request that the current user may see, or answer 404."""
    query = visible_requests(current_user).where(MentorRequest.id == request_id)
    mentor = joinedload(MentorRequest.mentor)
    people = joinedload(MentorRequest.asker), joinedload(MentorRequest.school)
    request: MentorRequest = db.first_or_404(
        query.options(
            *people, mentor.joinedload(Mentor.user), mentor.joinedload(Mentor.school)
        )
    )
    return request


def get_led(request_id: int) -> MentorRequest:
    """Load a request for which the current user answers, or say 404 or 403."""
    request = get_request(request_id)
    require(leads(request))
    return request


def get_answerable(request_id: int) -> MentorRequest:
    """Load a request that the current user may answer, or say 404 or 403."""
    request = get_request(request_id)
    require(may_answer(request))
    return request


def get_own_request(request_id: int) -> MentorRequest:
    """Load a request that the current user has asked, or say 404 or 403."""
    request = get_request(request_id)
    require(is_asker(current_user, request))
    return request


def get_shared(request_id: int) -> MentorRequest:
    """Load a request of which the current user is a side, or say 404 or 403."""
    request = get_request(request_id)
    require(is_asker(current_user, request) or is_mentor(current_user, request))
    return request


def leads(request: MentorRequest) -> bool:
    """Tell whether the person who looks answers for what becomes of a request."""
    query = visible_requests(current_user).where(
        MentorRequest.id == request.id, is_led(current_user)
    )
    return db.session.scalar(query.with_only_columns(MentorRequest.id)) is not None


def may_answer(request: MentorRequest) -> bool:
    """The mentor who has a request answers; without one whoever leads it may."""
    if request.mentor is None:
        return leads(request)
    return is_mentor(current_user, request)
