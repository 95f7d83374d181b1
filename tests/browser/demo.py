"""What the addresses of the site name in the demonstration."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.periods import SchoolYear
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.modules.contents import content_of
from lms.course.modules.files import files_of, folder_of
from lms.course.modules.intake import import_revision
from lms.course.modules.models import Revision
from lms.course.releases.models import Release, ReleaseState
from lms.identity.accounts.models import User
from lms.identity.accounts.password_links import password_link
from lms.identity.addresses.links import change_link, way_back_link
from lms.identity.erasures.asking import add_erasure
from lms.identity.erasures.erasing import erase
from lms.identity.erasures.letters import call_off_link
from lms.identity.erasures.mentions import search_names
from lms.identity.erasures.models import Erasure
from lms.identity.factors.services import begin_factor
from lms.identity.letters.models import DAILY
from lms.identity.letters.off_links import off_link
from lms.identity.requests.models import RequestKind
from lms.monitoring.diagnostics.models import Sitting
from lms.monitoring.indicators.models import Indicator, Measurement
from lms.monitoring.projects.models import Event, Project, QuarterSnapshot
from lms.monitoring.reports.models import ReportEdition
from lms.monitoring.reports.scope import key_of
from lms.monitoring.surveys.models import SurveyRound
from lms.network.councils.models import CouncilFile, CouncilMember, Side
from lms.network.exchange.models import ShownLine
from lms.network.library.models import LibraryDocument
from lms.network.mentors.models import MentorRequest, RequestState
from lms.network.pairs.models import Pair, PairEvent
from lms.network.partners.models import Agreement, Partner, PartnerKind
from lms.network.practices.models import Practice, PracticeState
from lms.network.ventures.models import Venture
from lms.outcomes.batches.models import Batch
from lms.outcomes.certificates.models import Certificate
from lms.overview.announcements.models import Announcement
from lms.overview.mailings.addressees import Group, addressees_of
from lms.overview.mailings.models import Purpose
from lms.overview.mailings.services import Draft, write_to_group
from lms.overview.progress.matrix import matrix_of
from lms.review.appeals.models import Appeal
from lms.review.calibration.models import Calibration
from lms.review.deferrals.models import Deferral, DeferralState
from lms.review.moderation.models import Kind, Opinion, Reading
from lms.review.questions.models import Question
from lms.review.remarks.services import keep_remark
from lms.review.reviews.models import Lease, Review
from lms.schools.enrolments.services import upload_list
from lms.schools.enrolments.sheets import sample
from lms.schools.invitations.services import current_invitation, end_of_term, invite
from lms.schools.meetings.lists import upload_attendance
from lms.schools.meetings.models import Meeting, MeetingKind
from lms.schools.meetings.services import Arrangement, create_meeting
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Position, School, Team
from lms.schools.teams.permissions import active_membership
from lms.schools.territories.models import Territory
from lms.work.quizzes.services import store_result
from lms.work.submissions.models import Attempt, Status, Submission

PEOPLE = {
    "guest": None,
    "member": "captain@example.org",
    # Reviews in both cohorts and has a work on the desk.
    "tutor": "tutor2@example.org",
    "admin": "admin@example.org",
    # Looks after three towns, and not after that of the captain.
    "coordinator": "coordinator@example.org",
}

# Found by name, only alike, and nobody of the teams.
LIKELY = "Имя,Почта\nСедова Анна,\nЕгоров М.,\nOlga iPhone,".encode()

# What is downloaded or shown inside a page.
FILES = {
    "agenda.feed",
    "agenda.meeting_event",
    "meetings.paper",
    "meetings.sheet",
    "static",
    "batches.archive_file",
    "certificates.pdf",
    "certificates.workbook",
    "councils.paper",
    "diagnostics.workbook",
    "dossier.copy_file",
    "drafts.file",
    "drafts.picture",
    "editing.pending",
    "enrolments.refused",
    "enrolments.sample",
    "factors.picture",
    "health.healthz",
    "health.readyz",
    "holders.picture",
    "home.robots",
    "indicators.file",
    "indicators.school_word",
    "indicators.school_workbook",
    "indicators.word",
    "indicators.workbook",
    "invitations.qr",
    "library.file",
    "mentors.meeting_event",
    "metrics.metrics",
    "modules.media",
    "pairs.word",
    "pairs.workbook",
    "partners.paper",
    "partners.word",
    "partners.workbook",
    "plans.pdf",
    "previews.file",
    "previews.picture",
    "progress.workbook",
    "settings.signature",
    "plans.word",
    "reports.download",
    "practices.word",
    "projects.word",
    "projects.workbook",
    "surveys.workbook",
    "timesheets.word",
    "timesheets.workbook",
    "submissions.attempt_file",
    "uploads.upload",
}


def only(model, **facts):
    """Return the first row of a kind."""
    return db.session.scalars(sa.select(model).filter_by(**facts)).first()


def team_names(captain):
    """The team of the captain, its people and its plan."""
    membership = active_membership(captain)
    team = membership.team
    invite(team, actor=captain)
    return {
        "user_id": captain.id,
        "membership_id": membership.id,
        "team_id": team.id,
        "school_id": team.school_id,
        "cohort_id": team.cohort_id,
        "token": current_invitation(team).token,
        "action_id": only(Event, team_id=team.id).id,
    }


def project_names(team):
    """A row of the school's project, and the quarter that was closed."""
    event = only(Event, team_id=team.id)
    row = {"kind": "events", "row_id": event.id}
    closed = only(QuarterSnapshot, project_id=event.project_id)
    return {
        "snapshot_id": closed.id,
        "projects.add": {"kind": "events"},
        "projects.change": row,
    }


def partner_names(team):
    """A partner of the school whose agreement has a paper."""
    depot = only(Partner, school_id=team.school_id, kind=PartnerKind.BUSINESS)
    agreement = only(Agreement, partner_id=depot.id)
    venture = only(Venture, school_id=team.school_id)
    names = {"partner_id": depot.id, "agreement_id": agreement.id}
    line = only(ShownLine, partner_id=depot.id)
    return names | {"venture_id": venture.id, "line_id": line.id}


def council_names():
    """A parent in the council, and a meeting that has its minutes."""
    minutes = only(CouncilFile)
    parent = only(CouncilMember, side=Side.PARENT, left_on=None)
    met = {"meeting_id": minutes.meeting_id}
    return {
        "councils.change_member": {"member_id": parent.id},
        "councils.meeting": met,
        "councils.paper": met | {"file_id": minutes.id},
    }


def work_names(captain, team_id):
    """The work that was returned, and an answer to its self-check."""
    work = only(Submission, team_id=team_id, status=Status.RETURNED)
    revision = work.module.current_revision
    content = content_of(revision)
    answers = {question.id: {1} for question in content.quiz.questions}
    return {
        "submission_id": work.id,
        "slug": work.module.slug,
        "number": 1,
        "key": content.assignment.fields[0].key,
        "result_id": store_result(revision, user=captain, answers=answers).id,
    }


def newer_task_names(captain, admin):
    """A work whose draft answers a task with other words than the live one."""
    team_id = active_membership(captain).team_id
    work = only(Submission, team_id=team_id, status=Status.RETURNED)
    live = work.module.current_revision
    label = content_of(live).assignment.fields[0].label
    files = files_of(live)
    text = files["assignment.md"].decode().replace(label, f"{label}, подробно")
    files["assignment.md"] = text.encode()
    earlier = import_revision(folder_of(live), files, author=admin, note="Подробно")
    work.revision_id = earlier.id
    db.session.commit()
    return {"tasks.compare": {"submission_id": work.id}}


def release_names():
    """A release of which readers were told."""
    told = only(Release, state=ReleaseState.PUBLISHED)
    names = {"slug": told.module.slug, "release_id": told.id}
    return {"releases.changes": names}


def accepted_names(team_id):
    """A work that was accepted, and its section of the plan."""
    work = only(Submission, team_id=team_id, status=Status.ACCEPTED)
    field = content_of(work.module.current_revision).assignment.fields[0]
    return {
        "submissions.work": {"submission_id": work.id},
        "plans.paragraph": {"slug": work.module.slug, "key": field.key},
    }


def question_names(team_id):
    """A question of the team with an answer, about a lesson."""
    question = only(Question, team_id=team_id)
    return {
        "question_id": question.id,
        "questions.index": {"slug": question.module.slug},
        "questions.ask": {"slug": question.module.slug},
    }


def deferral_names():
    """A request that waits for an answer."""
    return {"deferral_id": only(Deferral, state=DeferralState.OPEN).id}


def remark_names(tutor, work):
    """A remark that a tutor keeps."""
    criterion = content_of(work.module.current_revision).assignment.rubric[0].key
    text = "Спросите самих учеников: чьи это слова?"
    return {"remark_id": keep_remark(work.module_id, criterion, text, owner=tutor).id}


def reading_names(team):
    """A judged work of the team that is to be read again."""
    attempts = sa.select(Attempt.id).join(Attempt.submission)
    of_team = attempts.where(Submission.team_id == team.id)
    review = db.session.scalars(
        sa.select(Review)
        .where(Review.attempt_id.in_(of_team))
        .order_by(Review.id.desc())
    ).first()
    revision = review.attempt.revision
    facts = {"revision": revision, "rubric_hash": revision.rubric_hash}
    reading = Reading(review=review, kind=Kind.NEW_RUBRIC, **facts)
    db.session.add(reading)
    db.session.commit()
    compared = db.session.scalars(sa.select(Opinion)).first().reading_id
    comparison = {"readings.comparison": {"reading_id": compared}}
    return {"reading_id": reading.id} | comparison


def unscored_names(tutor):
    """Samples that a tutor has not scored yet."""
    scored = sa.select(Calibration.module_id).filter_by(tutor_id=tutor.id)
    unscored = sa.select(Revision).where(Revision.module_id.not_in(scored))
    revision = db.session.scalars(unscored.where(Revision.has_samples)).first()
    return {"slug": revision.module.slug, "number": revision.number}


def link_names(captain):
    """What is in the letters of the captain."""
    return {
        "accounts.reset": {"token": password_link(captain).rsplit("/", 1)[1]},
        "addresses.confirm": {
            "token": change_link(captain, "a@b.ru").rsplit("/", 1)[1]
        },
        "addresses.come_back": {"token": way_back_link(captain).rsplit("/", 1)[1]},
        "letters.switch_off": {"token": off_link(captain, DAILY).rsplit("/", 1)[1]},
    }


def erasure_names():
    """Somebody erased whom texts still name, and a request that can be called off."""
    leaver = User(full_name="Орлов Осип", email="osip@example.org", password_hash="-")
    db.session.add(leaver)
    db.session.flush()
    erasure = add_erasure(leaver, RequestKind.ERASURE, erase_at=utcnow())
    db.session.commit()
    erase(erasure.request_id)
    search_names({"request": erasure.request_id})
    pending = only(Erasure, erased_at=None)
    return {
        "request_id": erasure.request_id,
        "erasures.keep": {"token": call_off_link(pending).rsplit("/", 1)[1]},
    }


def meeting_names(team, tutor):
    """A meeting of the team to come, and a webinar with a list to be looked at."""
    when = utcnow() + timedelta(days=2)
    arrangement = Arrangement("Первая встреча пар", when, 60, "Школа № 12", "")
    meeting = create_meeting(team.cohort, team, arrangement, actor=tutor)
    held = only(Meeting, cohort_id=team.cohort_id, kind=MeetingKind.WEBINAR)
    uploaded = upload_attendance(held, content=LIKELY, name="zoom.csv", author=tutor)
    pages = ("summary", "attendance", "upload")
    names = {f"meetings.{page}": {"meeting_id": held.id} for page in pages}
    return {"meeting_id": meeting.id, "list_id": uploaded.id} | names


def announcement_names(team):
    """What was announced to the cohort of a team."""
    return {"announcement_id": only(Announcement, cohort_id=team.cohort_id).id}


def mailing_names(team, tutor):
    """A letter to those who are stuck in the cohort of a team."""
    cohort = team.cohort
    matrix = matrix_of(cohort)
    group = Group(Purpose.QUIET)
    people = [addressee.user.id for addressee in addressees_of(matrix, group)]
    draft = Draft("Как дела", "{имя}, начните здесь: {ссылка}", people, form_key="4dd5")
    mailing = write_to_group(cohort, group, draft, author=tutor)
    return {"about": "returned", "mailing_id": mailing.id}


def enrolment_names(team, admin):
    """A list of people who are to come, and one person who was invited by name."""
    newcomer = Newcomer(
        full_name="Ждан Анна Ильинична",
        email="zhdan@example.org",
        position=Position.PARENT,
        team=team,
        invited_by=admin,
        token="imennoe",
        expires_at=end_of_term(30),
    )
    db.session.add(newcomer)
    db.session.commit()
    content = sample("csv")
    people = upload_list(team.cohort, content=content, name="люди.csv", author=admin)
    return {"enrolment_id": people.id, "newcomers.join": {"token": newcomer.token}}


def measure_names(captain):
    """What the captain answered in a finished cohort, and figures that are told."""
    finished = sa.select(Cohort.id).where(Cohort.state == CohortState.CLOSED)
    own = db.session.scalars(
        sa.select(Sitting)
        .where(Sitting.user_id == captain.id, Sitting.cohort_id.in_(finished))
        .order_by(Sitting.id)
    ).first()
    under_way = SurveyRound.cohort_id != own.cohort_id
    told = db.session.scalars(sa.select(SurveyRound).where(under_way)).one()
    figures = {"cohort_id": told.cohort_id, "slug": told.slug}
    return {
        "sitting_id": own.id,
        "diagnostics.cohort": figures,
        "surveys.index": figures,
        "surveys.results": figures,
        "surveys.answer": figures | {"cohort_id": own.cohort_id},
    }


def indicator_names(team):
    """A number that the school of a team has sent."""
    parents = only(Indicator, key="parents").id
    sent = only(Measurement, indicator_id=parents, school_id=team.school_id)
    school = {"school_id": team.school_id}
    pages = {f"indicators.{page}": school for page in ("school", "school_target")}
    return {"indicator_id": parents, "measurement_id": sent.id} | pages


def certificate_names():
    """A certificate that is valid, and what was issued to a whole cohort."""
    paper = next(p for p in db.session.scalars(sa.select(Certificate)) if p.is_valid)
    pages = ("certificate", "replace", "revoke")
    number = {"number": paper.address}
    batch = only(Batch)
    archive = {"batches.archive": {"cohort_id": batch.cohort_id}}
    names = {"code": paper.code, "batch_id": batch.id} | archive
    return names | {f"certificates.{page}": number for page in pages}


def territory_names():
    """A town, and what is in its school: team, project, and a number that it sent."""
    town = only(Territory, name="Бердск")
    school = only(School, municipality=town.name)
    parents = only(Indicator, key="parents")
    sent = only(Measurement, indicator_id=parents.id, school_id=school.id)
    project = only(Project, school_id=school.id)
    team = only(Team, school_id=school.id, name="Мост")
    webinar = only(Meeting, cohort_id=team.cohort_id, kind=MeetingKind.WEBINAR)
    hers = {
        "meeting_id": webinar.id,
        # The first edition of the report of the town.
        "territory_id": town.id,
        "number": 1,
        "school_id": school.id,
        "measurement_id": sent.id,
        "team_id": team.id,
        "partner_id": only(Partner, school_id=school.id, kind=PartnerKind.BUSINESS).id,
        "snapshot_id": only(QuarterSnapshot, project_id=project.id).id,
        "request_id": only(MentorRequest, state=RequestState.NEW, chosen_id=None).id,
    }
    return {"territory_id": town.id, "coordinator": hers}


def practice_names():
    """A card in the bank, and one that the captain still writes."""
    query = sa.select(Practice).order_by(Practice.id)
    shown = query.where(Practice.state == PracticeState.PUBLISHED)
    asked = query.where(Practice.state == PracticeState.CONSENT)
    return {
        "practice_id": db.session.scalars(shown).first().id,
        "practices.edit": {"practice_id": db.session.scalars(asked).one().id},
    }


def network_names():
    """A meeting of the captain with a mentor, and a pair that coordinators see."""
    arranged = only(MentorRequest, state=RequestState.ARRANGED)
    pair = only(Pair)
    row = {"pair_id": pair.id, "event_id": only(PairEvent, pair_id=pair.id).id}
    # It has a former edition.
    row["document_id"] = only(LibraryDocument, number=2).id
    return {"mentor_id": arranged.mentor_id, "request_id": arranged.id} | row


def report_names():
    """The report of a territory that was closed for the last school year."""
    edition = db.session.scalars(sa.select(ReportEdition)).first()
    report = edition.report
    year = key_of(SchoolYear.starting(report.year))
    place = {"territory_id": report.territory_id, "year": year}
    closed = place | {"number": edition.number}
    return {"reports.report": place, "reports.edition": closed}


def names_of_demo():
    """Return what stands in the addresses; the entry of an endpoint wins."""
    captain = only(User, email=PEOPLE["member"])
    tutor = only(User, email=PEOPLE["tutor"])
    admin = only(User, email=PEOPLE["admin"])
    begin_factor(tutor)
    names = team_names(captain)
    team = db.session.get_one(Team, names["team_id"])
    on_desk = only(Lease, tutor_id=tutor.id).submission
    return {
        **names,
        **project_names(team),
        **partner_names(team),
        **council_names(),
        **work_names(captain, team.id),
        **deferral_names(),
        "appeal_id": only(Appeal).id,
        **question_names(team.id),
        **remark_names(tutor, on_desk),
        **newer_task_names(captain, admin),
        **release_names(),
        **accepted_names(team.id),
        **link_names(captain),
        **erasure_names(),
        **certificate_names(),
        **measure_names(captain),
        **announcement_names(team),
        **mailing_names(team, tutor),
        **meeting_names(team, tutor),
        **enrolment_names(team, admin),
        "calibration.score": unscored_names(tutor),
        **reading_names(team),
        "reviews.desk": {"submission_id": on_desk.id},
        **indicator_names(team),
        "timesheets.sheet": {"user_id": tutor.id},
        **territory_names(),
        **report_names(),
        **practice_names(),
        **network_names(),
    }


def address(site, endpoint, person=""):
    """Return the address of a page in the demonstration, as a person may see it."""
    names = site.config["NAMES"]
    values = names | names.get(endpoint, {}) | names.get(person, {})
    arguments = next(site.url_map.iter_rules(endpoint)).arguments
    with site.test_request_context():
        return site.url_for(endpoint, **{name: values[name] for name in arguments})
