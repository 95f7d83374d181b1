"""The map of mentors, and asking one of them, or the coordinator."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.identity.accounts.limits import additions_per_person
from lms.network.mentors import asking as services
from lms.network.mentors.forms import AskForm
from lms.network.mentors.hours import free_hours
from lms.network.mentors.listing import topics_for, topics_offered
from lms.network.mentors.loading import get_mentor, get_place
from lms.network.mentors.models import Mentor
from lms.network.mentors.queue import usual_wait
from lms.network.mentors.views.blueprint import bp
from lms.schools.teams.loading import my_membership

ASKED = "Запрос отправлен. Ответ придёт письмом и встанет здесь."


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """Find a mentor by topic, then by territory."""
    words = request.args.get("find", "").strip()
    return render_template(
        "network/mentors/index.html",
        topics=topics_for(current_user, words),
        words=words,
        is_member=my_membership() is not None,
    )


@bp.route("/<int:mentor_id>/ask", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def ask(mentor_id: int) -> ResponseReturnValue:
    """Ask a mentor."""
    return _ask(get_mentor(mentor_id))


@bp.route("/requests/new", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def ask_coordinator() -> ResponseReturnValue:
    """Ask for help with a topic for which there is no mentor."""
    return _ask(None)


def _ask(mentor: Mentor | None) -> ResponseReturnValue:
    school = get_place().team.school
    form = AskForm(topic=request.args.get("topic", ""))
    if form.validate_on_submit():
        try:
            asked = services.ask(
                current_user,
                school,
                mentor,
                topic=form.topic.data,
                text=form.text.data,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(ASKED, "success")
            return redirect(url_for(".request", request_id=asked.id))
    return render_template(
        "network/mentors/ask.html",
        form=form,
        mentor=mentor,
        free=free_hours([mentor])[mentor.id] if mentor else None,
        obstacle=services.obstacle(mentor, current_user) if mentor else "",
        usual=usual_wait(mentor.id if mentor else None),
        topics=_topics(mentor),
    )


def _topics(mentor: Mentor | None) -> list[str]:
    if mentor is None:
        return topics_offered(current_user)
    return [topic.name for topic in mentor.topics]
