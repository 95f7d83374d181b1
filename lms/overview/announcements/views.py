"""Addresses and pages of announcements."""

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import day, plural
from lms.core.mail import fate
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import run_cohorts, staffed_cohorts
from lms.identity.accounts.permissions import STAFF, can_run_cohorts
from lms.overview.announcements import reading, services
from lms.overview.announcements.audience import count_people, reach_of
from lms.overview.announcements.forms import NewAnnouncementForm, WordsForm
from lms.overview.announcements.models import Announcement
from lms.overview.announcements.permissions import can_correct, visible_announcements
from lms.schools.teams.models import Team

bp = Blueprint("announcements", __name__, url_prefix="/announcements")

PER_PAGE = 20
# So many stand on a start page; behind a link are all of them.
MOST_STANDING = 3


def get_announcement(announcement_id: int) -> Announcement:
    """Load an announcement that the current user may read, or answer 404."""
    query = visible_announcements(current_user).where(
        Announcement.id == announcement_id
    )
    announcement: Announcement = db.first_or_404(query.options(*_names()))
    return announcement


def get_correctable(announcement_id: int) -> Announcement:
    """Load an announcement that the current user may change, or answer 404, 403."""
    announcement = get_announcement(announcement_id)
    require(can_correct(current_user, announcement))
    return announcement


def _names() -> list[sa.sql.base.ExecutableOption]:
    return [
        joinedload(Announcement.author),
        joinedload(Announcement.cohort).options(selectinload(Cohort.tutors)),
        joinedload(Announcement.team).joinedload(Team.school),
    ]


@bp.app_template_global()
def standing_announcements() -> tuple[list[Announcement], bool]:
    """Return what stands on the start page of who looks, and whether there is more."""
    standing = reading.standing_for(current_user)
    return standing[:MOST_STANDING], len(standing) > MOST_STANDING


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """What was announced, the newest first; to staff with how many it has reached."""
    found = visible_announcements(current_user).options(*_names())
    order = Announcement.written_at.desc(), Announcement.id.desc()
    page = db.paginate(found.order_by(*order), per_page=PER_PAGE)
    run = run_cohorts(current_user).with_only_columns(Cohort.id)
    return render_template(
        "overview/announcements/index.html",
        page=page,
        reach=reach_of(page.items),
        run_ids=set(db.session.scalars(run)),
        may_announce=can_run_cohorts(current_user),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(STAFF)
def create() -> ResponseReturnValue:
    """Announce something to a cohort, or to one team."""
    cohorts = list(db.session.scalars(staffed_cohorts(current_user)))
    ids = [cohort.id for cohort in cohorts]
    teams = db.session.scalars(
        sa.select(Team)
        .where(Team.cohort_id.in_(ids))
        .order_by(Team.name, Team.id)
        .options(joinedload(Team.school))
    ).all()
    asked = request.args.get("audience", "")
    form = NewAnnouncementForm(cohorts, teams, count_people(ids), audience=asked)
    if form.validate_on_submit() and (announcement := announce(form)):
        flash(_said("Объявлено", announcement), "success")
        return redirect(url_for(".announcement", announcement_id=announcement.id))
    return render_template(
        "overview/announcements/create.html", form=form, cohorts=cohorts
    )


def announce(form: NewAnnouncementForm) -> Announcement | None:
    """Announce what the form says, or say there why not."""
    try:
        return services.announce(
            *form.audience.chosen,
            form.words,
            author=current_user,
            by_mail=form.by_mail.data,
            insists=form.insists.data,
            form_key=form.sent_key,
        )
    except RuleError as error:
        form.form_errors.append(str(error))
        form.may_insist |= isinstance(error, services.SaidLatelyError)
    return None


@bp.get("/<int:announcement_id>/")
@allow(SIGNED_IN)
def announcement(announcement_id: int) -> ResponseReturnValue:
    """One announcement, with «Прочитано»; to staff with how many it has reached."""
    announcement = get_announcement(announcement_id)
    may_correct = can_correct(current_user, announcement)
    return render_template(
        "overview/announcements/announcement.html",
        announcement=announcement,
        may_correct=may_correct,
        reach=reach_of([announcement])[announcement.id] if may_correct else None,
        stands=reading.is_standing(announcement, current_user),
    )


@bp.route("/<int:announcement_id>/edit", methods=["GET", "POST"])
@allow(STAFF)
def edit(announcement_id: int) -> ResponseReturnValue:
    """Correct an announcement; other words are read anew."""
    announcement = get_correctable(announcement_id)
    form = WordsForm.of(announcement)
    if form.validate_on_submit():
        try:
            services.correct(
                announcement,
                form.words,
                seen=form.edition,
                actor=current_user,
                by_mail=form.by_mail.data,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(_said("Сохранено", announcement), "success")
            return redirect(url_for(".announcement", announcement_id=announcement_id))
    return render_template(
        "overview/announcements/edit.html",
        form=form,
        announcement=announcement,
        reach=reach_of([announcement])[announcement_id],
    )


@bp.post("/<int:announcement_id>/withdraw")
@allow(STAFF)
def withdraw(announcement_id: int) -> ResponseReturnValue:
    """Take an announcement away from everybody."""
    services.withdraw(get_correctable(announcement_id), actor=current_user)
    flash("Объявление снято, его больше никто не увидит.", "success")
    return redirect(url_for(".index"))


@bp.post("/<int:announcement_id>/read")
@allow(SIGNED_IN)
def read(announcement_id: int) -> ResponseReturnValue:
    """«Прочитано»: it leaves the start page of this person."""
    announcement = get_announcement(announcement_id)
    seen = request.form.get("seen", announcement.edition, type=int)
    reading.mark_opened(announcement, seen=seen, reader=current_user)
    return redirect(url_for("home.start", _anchor="content"))


def _said(what: str, announcement: Announcement) -> str:
    """Tell the author how long it stands, and what becomes of its letters."""
    sentence = f"{what}, висит до {day(announcement.until)}."
    if not announcement.sent_by_mail:
        return sentence
    people = reach_of([announcement])[announcement.id].people
    letters = plural(people, "письмо", "письма", "писем")
    return f"{sentence} {letters}: {fate('письма', many=True).lower()}"
