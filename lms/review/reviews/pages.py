"""Ways between the pages of reviews, with the filters that were on."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lms.review.reviews.loading import chosen_filters


def to_queue() -> ResponseReturnValue:
    """Lead to the queue with the filters that were on."""
    return redirect(url_for("reviews.queue", **chosen_filters().chosen))


def to_desk(submission_id: int, anchor: str | None = None) -> ResponseReturnValue:
    """Lead to a desk with the filters that were on."""
    chosen = chosen_filters().chosen
    return redirect(
        url_for("reviews.desk", submission_id=submission_id, _anchor=anchor, **chosen)
    )
