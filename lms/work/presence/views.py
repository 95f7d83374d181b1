"""The address at which the page of a draft tells where the person is."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.language import moment
from lms.core.names import short_name
from lms.work.drafts.loading import get_own
from lms.work.drafts.models import DraftField
from lms.work.presence import services

bp = Blueprint("presence", __name__, url_prefix="/presence")

LONGEST_KEY = 60


@bp.post("/<int:submission_id>")
@allow(SIGNED_IN)
def tell(submission_id: int) -> ResponseReturnValue:
    """Note where I am, and answer where the others are and what they have saved."""
    submission = get_own(submission_id)
    if not submission.is_editable:
        return {"message": "Работу уже отправили, текст больше не меняется."}
    key = request.form.get("field", "")[:LONGEST_KEY]
    if key:
        services.enter(submission, key, person=current_user)
    else:
        services.leave(submission, person=current_user)
    newer = services.newer_fields(submission, _versions())
    return {
        "here": services.others_in(submission, current_user),
        "newer": {field.key: _shown(field) for field in newer},
    }


def _versions() -> dict[str, int]:
    """Read the versions of the fields that the page shows."""
    names = [name for name in request.form if name.startswith("version-")]
    return {
        name.removeprefix("version-"): request.form.get(name, 0, type=int)
        for name in names
    }


def _shown(field: DraftField) -> dict[str, object]:
    return {
        "version": field.version,
        "text": field.text,
        "by": short_name(field.author.full_name),
        "at": moment(field.saved_at),
    }
