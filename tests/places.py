"""What the addresses of the access table name: works, plans, certificates.

It takes a second to make, so the first test that asks keeps a copy of the database
and of the files, and the others begin with that copy.
"""

import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Job
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.core.storage import store_bytes
from lms.course.editing.pending import PendingFile
from lms.course.modules.models import Module
from lms.course.modules.services import publish
from lms.course.releases.models import Release, ReleaseState
from lms.course.settings.models import SettingsRevision
from lms.course.settings.settings import Settings
from lms.identity.accounts.models import User
from lms.identity.accounts.password_links import password_link
from lms.identity.addresses.links import change_link, way_back_link
from lms.identity.erasures.asking import add_erasure
from lms.identity.erasures.letters import call_off_link
from lms.identity.erasures.models import Decision, Mention
from lms.identity.factors.services import begin_factor
from lms.identity.letters.models import DAILY
from lms.identity.letters.off_links import off_link
from lms.identity.requests.models import DataRequest, RequestKind
from lms.monitoring.diagnostics.models import Moment, Round, Sitting
from lms.monitoring.projects.models import RivalWords
from lms.monitoring.projects.quarters import close_quarter, quarter_to_close
from lms.monitoring.reports.scope import Scope, key_of
from lms.monitoring.reports.services import close, report_of, save_conclusions
from lms.monitoring.surveys.models import Respondent, SurveyEdition, SurveyRound
from lms.network.councils import meetings as sittings
from lms.network.councils import services as council
from lms.network.exchange import asking
from lms.network.exchange.services import show_line
from lms.network.partners.agreements import add_agreement, add_paper
from lms.network.partners.services import add_partner
from lms.network.practices.models import (
    Practice,
    PracticeConsent,
    PracticeQuestion,
    PracticeState,
)
from lms.network.ventures.services import add_venture
from lms.outcomes.batches.models import Archive, Batch, BatchPerson
from lms.outcomes.certificates.models import Certificate
from lms.overview.agenda.addresses import address_of, give_address
from lms.overview.announcements.services import Words, announce
from lms.overview.dossier.models import Export
from lms.overview.mailings.models import Mailing, Purpose, Recipient
from lms.review.appeals.models import Appeal
from lms.review.deferrals.services import ask
from lms.review.filters.services import save_filter
from lms.review.moderation.models import Kind, Opinion, Reading
from lms.review.questions import services as questions
from lms.review.questions.places import places_of
from lms.review.remarks.models import BankRemark
from lms.review.reviews.models import Review, Verdict
from lms.schools.enrolments.services import upload_list
from lms.schools.enrolments.sheets import sample
from lms.schools.invitations.services import current_invitation, end_of_term, invite
from lms.schools.meetings.models import AttendanceList, MeetingFile
from lms.schools.meetings.services import Arrangement, create_meeting
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Position
from lms.schools.teams.permissions import active_membership
from lms.work.drafts.files import ReadyFile, add_file, put_file, ready_file
from lms.work.previews.models import Thumbnail
from lms.work.quizzes.services import store_result
from lms.work.submissions.models import Attempt, AttemptFile, Status, Submission
from lms.work.submissions.services import start_submission
from lms.work.uploads.services import begin
from tests import sample_course
from tests.conftest import save
from tests.councils import meeting_words, member_words
from tests.library import put_in
from tests.measurements import measure, settle
from tests.measuring import SURVEY
from tests.mentors import accepted_request, ask_for_help, backdated, offer_help
from tests.pairs import event_of, pair_of
from tests.partners import agreement_words, partner_words, venture_words
from tests.projects import change, plan_event
from tests.signatures import INK

PEOPLE = [
    "guest",
    "member",
    "other",
    "tutor",
    "other_tutor",
    "admin",
    "coordinator",
    "other_coordinator",
]

ON_ITS_WAY = {"name": "карта.pdf", "size": 9, "mark": "1"}
ANSWERS = {1: {1}, 2: {1}}
# Addresses about a work that was sent.
DESKS = (
    "/reviews/<int:submission_id>",
    "/handovers/<int:submission_id>",
    "/threads/<int:submission_id>",
)


@dataclass
class Copy:
    """A furnished site, once there is one."""

    folder: Path
    places: dict = field(default_factory=dict)
    emails: dict = field(default_factory=dict)

    def keep(self, url, instance):
        db.session.commit()
        db.engine.dispose()  # the last connection folds the journal into the file
        shutil.copy(sa.make_url(url).database, self.folder / "lms.sqlite3")
        shutil.copytree(instance / "files", self.folder / "files")

    def lay_out(self, instance):
        if self.places:
            shutil.copytree(self.folder / "files", instance / "files")


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    return Copy(tmp_path_factory.mktemp("furnished"))


@pytest.fixture
def one_database(copy, template_database, tmp_path, lay_out):
    """A database that is furnished, unless this is the first test."""
    copy.lay_out(tmp_path / "instance")
    return lay_out(copy.folder / "lms.sqlite3" if copy.places else template_database)


@pytest.fixture
def places(request, app, database_url, copy):
    """What stands in the addresses; `furniture` says it."""
    if not copy.places:
        people = {name: request.getfixturevalue(name) for name in PEOPLE[1:]}
        copy.emails = {name: person.email for name, person in people.items()}
        furniture = request.getfixturevalue("furniture")
        copy.keep(database_url, app.config["INSTANCE"])
        copy.places = furniture
    return copy.places


@pytest.fixture
def browser_of(app, places, copy, sign_in):
    """Return a function that gives the browser of one of `PEOPLE`."""

    def open_browser(name):
        if name == "guest":
            return app.test_client()
        return sign_in(SimpleNamespace(email=copy.emails[name]))

    return open_browser


@pytest.fixture
def begun_work(module, team, captain):
    """A work that the team writes, with a document and a picture."""
    work = start_submission(module, user=captain, team=team)
    add_file(work, BytesIO(sample_course.DOCUMENT), "карта.pdf", author=captain)
    ready = ReadyFile("карта.png", "png", INK)  # judged already: that takes a child
    picture = put_file(work, ready, author=captain).sha256
    save(Thumbnail(sha256=picture, small=picture, large=picture))
    return work


@pytest.fixture
def event(team, captain):
    """An event of the school's project, which is a line of the team's plan as well."""
    return plan_event(team, captain)


@pytest.fixture
def attempt_of(module, cohort, team, captain):
    """Return a function that makes a work which the team has sent, with a file."""

    def make(position, status):
        work = Submission(
            cohort=cohort,
            module=Module(slug=f"modul-{position}", position=position),
            team=team,
            status=status,
            sent_at=utcnow(),
        )
        answer = {"key": "zaprosy", "label": "Запросы", "text": "А", "html": "<p>А</p>"}
        sha256 = store_bytes(INK).sha256
        file = AttemptFile(sha256=sha256, name="a.png", media_type="image/png", size=1)
        attempt = Attempt(
            submission=work,
            number=1,
            revision_id=module.current_revision_id,
            fields=[answer],
            sent_by=captain,
            files=[file],
        )
        return save(attempt).submission

    return make


@pytest.fixture
def waiting_work(attempt_of):
    """A work that waits for a review."""
    return attempt_of(5, Status.WAITING)


@pytest.fixture
def returned_work(attempt_of, module, tutor):
    """A work that came back with a remark."""
    work = attempt_of(7, Status.RETURNED)
    work.module.current_revision_id = module.current_revision_id
    level = {"key": "svyaz", "title": "Связь", "points": 0, "max_points": 3}
    level |= {"level": "Запросов нет.", "remark": "Чьи?"}
    review = Review(
        attempt=work.attempts[0],
        tutor=tutor,
        verdict=Verdict.RETURNED,
        levels=[level],
        points=0,
        summary="",
    )
    return save(review).attempt.submission


@pytest.fixture
def request_for_days(begun_work, captain):
    """What the team has asked for."""
    later = begun_work.due_on + timedelta(days=5)
    return ask(begun_work, wanted_on=later, reason="Каникулы.", member=captain)


@pytest.fixture
def planned_work(attempt_of):
    """A work that is a section of the plan."""
    return attempt_of(6, Status.ACCEPTED)


@pytest.fixture
def paper(member, admin, team):
    """The certificate of `member`; its pages are somebody else's test."""
    return save(
        Certificate(
            number="ТС-2026-000001",
            code="K7QD-M2XP-4RTW-9HNC",
            user=member,
            cohort=team.cohort,
            team=team,
            holder_name=member.full_name,
            school_name=team.school.name,
            municipality=team.school.municipality,
            team_name=team.name,
            course_title="Курс",
            hours=36,
            modules=[],
            signer="Руководитель",
            issued_by=admin,
            pdf_sha256=store_bytes(sample_course.DOCUMENT).sha256,
        )
    )


@pytest.fixture
def team_places(cohort, team, captain, member, territory):
    invite(team, actor=captain)
    return {
        "territory_id": territory.id,
        "cohort_id": cohort.id,
        "team_id": team.id,
        "school_id": team.school_id,
        "membership_id": active_membership(member).id,
        "token": current_invitation(team).token,
    }


@pytest.fixture
def enrolment_places(cohort, team, admin):
    facts = {"full_name": "Ждан Анна", "position": Position.PARENT}
    term = end_of_term(30)
    newcomer = Newcomer(
        **facts, email="zhdan@example.org", token="imennoe", expires_at=term
    )
    newcomer.team, newcomer.invited_by = team, admin
    link = {"token": save(newcomer).token}
    content = sample("csv")
    enrolment = upload_list(cohort, content=content, name="a.csv", author=admin)
    return {
        "enrolment_id": enrolment.id,
        "newcomer_id": newcomer.id,
        "kind": "csv",
        "newcomers.enter": link,
        "newcomers.join": link,
    }


def export_of(person):
    """Store a copy of somebody's data as the job leaves it."""
    request = DataRequest(user_id=person.id, kind=RequestKind.EXPORT, done_at=utcnow())
    stored = store_bytes(b"a copy")
    facts = {"sha256": stored.sha256, "size": stored.size, "made_at": utcnow()}
    return save(Export(request=request, **facts))


@pytest.fixture
def erasure_places(app):
    """Somebody else's request; of one text it was decided already."""
    gone = User(full_name="Уходящая Яна", email="gone@example.org", password_hash="-")
    erasure = add_erasure(save(gone), RequestKind.ERASURE, erase_at=end_of_term(7))
    facts = {"table_name": "message", "row_key": '["1"]', "decision": Decision.LEFT}
    mention = save(Mention(request_id=erasure.request_id, **facts))
    return {
        "request_id": erasure.request_id,
        "mention_id": mention.id,
        "erasures.keep": {"token": call_off_link(erasure).rsplit("/", 1)[1]},
    }


@pytest.fixture
def account_places(member, tutor, erasure_places):
    begin_factor(tutor)
    return {
        **erasure_places,
        "user_id": member.id,
        "sign_in_id": 404,
        "static": {"filename": "css/site.css"},
        "accounts.reset": {"token": password_link(member).rsplit("/", 1)[1]},
        "dossier.copy_file": {"request_id": export_of(member).request_id},
        "addresses.confirm": {"token": change_link(member, "a@b.ru").rsplit("/", 1)[1]},
        "addresses.come_back": {"token": way_back_link(member).rsplit("/", 1)[1]},
        "letters.switch_off": {"token": off_link(member, DAILY).rsplit("/", 1)[1]},
    }


@pytest.fixture
def work_places(
    member, admin, begun_work, waiting_work, returned_work, request_for_days
):
    revision = begun_work.module.current_revision
    picture = revision.media[-1]
    line = {"submission_id": returned_work.id, "item": "svyaz"}
    review = db.session.scalars(sa.select(Review)).first()
    appeal = Appeal(review=review, asked_by=member, reason="Запросы есть.")
    return {
        "slug": begun_work.module.slug,
        "submission_id": begun_work.id,
        "deferral_id": request_for_days.id,
        "upload_id": begin(begun_work, person=member, **ON_ITS_WAY).id,
        "file_id": 1,
        "size": "small",
        "key": "zaprosy",
        "rival_id": 1,
        "number": 1,
        "result_id": store_result(revision, user=member, answers=ANSWERS).id,
        "appeal_id": save(appeal).id,
        "appeals.ask": {"submission_id": returned_work.id},
        "checklists.tick": line,
        "checklists.untick": line,
        "drafts.picture": {"file_id": 2},
        "editing.pending": {
            "token": PendingFile("a.svg", picture.sha256).token_of(admin.id)
        },
        "modules.media": {"digest": picture.sha256[:16], "name": picture.name},
        "submissions.attempt": {"submission_id": waiting_work.id},
        "submissions.attempt_file": {"submission_id": waiting_work.id},
        "submissions.work": {"submission_id": waiting_work.id},
    }


@pytest.fixture
def plan_places(planned_work, event):
    return {
        "action_id": event.id,
        "plans.paragraph": {"slug": planned_work.module.slug},
        "plans.restore": {"slug": planned_work.module.slug},
    }


@pytest.fixture
def project_places(team, captain, member, event):
    """An event with two texts, and a closed quarter."""
    change(event, captain, what="Опрос родителей")
    seen = {"what": "Опрос"}
    change(event, member, seen=seen, base_version=1, what="Опрос учеников")
    rival = db.session.scalars(sa.select(RivalWords)).one()
    quarter = quarter_to_close().starts_on
    closed = close_quarter(team, quarter, author=captain)
    row = {"kind": "events", "row_id": event.id, "rival_id": rival.id}
    return {"part": "RISKS", "snapshot_id": closed.id} | {
        f"projects.{page}": row for page in ("add", "change", "remove", "settle")
    }


@pytest.fixture
def practice_places(attempt_of, planned_work, other):
    """A card in the bank with a question, one that is written, one with the editor."""

    def make(work, state, **facts):
        attempt = work.attempts[0]
        school = work.team.school
        place = {"school_name": school.name, "municipality": school.municipality}
        words = {"title": "Пары", "what": "Спросили.", "how": "Позвали."}
        owner = {"team": work.team, "module": work.module, "attempt": attempt}
        return save(Practice(**owner, **place, **words, state=state, **facts))

    now = utcnow()
    asked_by = planned_work.attempts[0].sent_by
    facts = {"asked_at": now, "asked_by_id": asked_by.id, "published_at": now}
    shown = make(planned_work, PracticeState.PUBLISHED, **facts)
    said = {"practice_id": shown.id, "version": 1, "user_id": asked_by.id}
    save(PracticeConsent(**said, agrees=True))
    question = save(PracticeQuestion(practice_id=shown.id, asker=other, text="Как?"))
    draft = make(attempt_of(11, Status.ACCEPTED), PracticeState.DRAFT)
    waiting = make(attempt_of(12, Status.ACCEPTED), PracticeState.EDITOR)
    written = {"practice_id": draft.id}
    judged = {"practice_id": waiting.id}
    return {
        "practice_id": shown.id,
        "practices.offer": {"submission_id": planned_work.id},
        "practices.reply": {"question_id": question.id},
        **{f"practices.{page}": judged for page in ("publish", "give_back")},
        **{
            f"practices.{page}": written
            for page in ("edit", "ask", "words", "withdraw")
        },
    }


@pytest.fixture
def library_places(admin):
    """A document of the library."""
    return {"document_id": put_in(admin).id, "library.file": {"number": 1}}


@pytest.fixture
def review_places(app, module, tutor, waiting_work):
    words = {"criterion": "svyaz", "title": "Чьи?", "text": "Чьи?"}
    kept = save(BankRemark(module=module, owner=tutor, **words))
    names = {"criterion": "svyaz", "remark": "guide-0", "verdict": "accepted"}
    names["note"] = "a1"
    names["filter_id"] = save_filter("Моё", {}, user=tutor).id
    desks = {
        rule.endpoint: {"submission_id": waiting_work.id}
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(DESKS)
    }
    return names | {"remark_id": kept.id} | desks


@pytest.fixture
def release_places(module, admin, begun_work):
    """A plan of the module, a release that was told, a draft with another task."""
    other = sample_course.ASSIGNMENT.replace("Первые пары", "Пары")
    files = sample_course.files_without(assignment=other)
    begun_work.revision_id = sample_course.import_module(files=files).id
    revision_id = module.current_revision_id
    sides = {"revision_id": revision_id, "instead_of_id": revision_id}
    facts = sides | {"module_id": module.id, "author_id": admin.id}
    later = utcnow() + timedelta(days=3)
    plan = save(Release(**facts, planned_for=later))
    done = {"state": ReleaseState.PUBLISHED, "released_at": utcnow()}
    told = save(Release(**facts, **done, planned_for=utcnow(), note="Новый пример."))
    return {"release_id": told.id, "releases.cancel": {"release_id": plan.id}}


@pytest.fixture
def calibration_places(module, tutor):
    """A module whose samples the tutor has not scored yet."""
    revision = sample_course.import_module("08-novoe")
    publish(revision, actor=None)
    return {"calibration.score": {"slug": revision.module.slug}}


@pytest.fixture
def reading_of(attempt_of, tutor, module):
    """Return a function that has a returned work read again."""

    def make(position, kind, **facts):
        review = Review(
            attempt=attempt_of(position, Status.RETURNED).attempts[0],
            tutor=tutor,
            verdict=Verdict.RETURNED,
            levels=[],
            points=0,
            summary="-",
        )
        revision = module.current_revision
        facts |= {"revision": revision, "rubric_hash": revision.rubric_hash}
        return save(Reading(review=review, kind=kind, **facts))

    return make


@pytest.fixture
def reading_places(reading_of, other_tutor):
    """A work to be read again, and one that two tutors see otherwise."""
    facts = {"levels": [], "points": 5, "verdict": Verdict.ACCEPTED, "words": "-"}
    opinion = Opinion(reader=other_tutor, differs=True, **facts)
    apart = {"reading_id": reading_of(10, Kind.SECOND, opinion=opinion).id}
    return {
        "reading_id": reading_of(9, Kind.NEW_RUBRIC).id,
        "readings.comparison": apart,
        "readings.settle": apart,
    }


@pytest.fixture
def question_places(module, team, member, tutor):
    """A question about a lesson, with an answer to the team and one for all."""
    anchor = next(iter(places_of(module.current_revision)))
    words = "Сколько запросов нужно?"
    asked = questions.ask(
        module.current_revision, anchor, words, author=member, team=team
    )
    questions.answer(asked, "Пяти хватит.", tutor=tutor)
    db.session.refresh(asked)
    questions.share(asked, words, "Пяти хватит.", tutor=tutor)
    return {"question_id": asked.id}


@pytest.fixture
def certificate_places(paper, tutor, cohort):
    batch = save(Batch(cohort=cohort, asked_by=tutor, finished_at=utcnow()))
    issued = {"user_id": paper.user_id, "certificate_id": paper.id}
    save(BatchPerson(batch=batch, place=1, done_at=utcnow(), **issued))
    made = {"made_at": utcnow(), "sha256": paper.pdf_sha256, "certificates": 1}
    save(Archive(cohort_id=cohort.id, **made))
    return {
        "batch_id": batch.id,
        "code": paper.code,
        "certificates.certificate": {"number": paper.address},
        "certificates.pdf": {"number": paper.address},
        "certificates.replace": {"number": paper.address},
        "certificates.revoke": {"number": paper.address},
        "holders.picture": {"number": paper.address},
    }


# What is done with an uploaded attendance list.
LISTS = "check", "discard"


@pytest.fixture
def agenda_places(team, tutor, member):
    arrangement = Arrangement("Встреча", utcnow() + timedelta(days=2), 60, "Школа", "")
    meeting = create_meeting(team.cohort, team, arrangement, actor=tutor)
    paper = MeetingFile(
        meeting_id=meeting.id,
        sha256=store_bytes(sample_course.DOCUMENT).sha256,
        name="протокол.pdf",
        media_type="application/pdf",
        size=9,
        uploaded_by_id=tutor.id,
    )
    papers = {"meeting_id": meeting.id, "file_id": save(paper).id}
    facts = {"meeting_id": meeting.id, "author_id": tutor.id, "name": "zoom.csv"}
    uploaded = save(AttendanceList(**facts, people=[], has_minutes=True))
    give_address(member)
    token = address_of(member).token
    month = {
        f"timesheets.{page}": {"user_id": tutor.id}
        for page in ("sheet", "word", "workbook")
    }
    files = {f"meetings.{page}": papers for page in ("paper", "remove_file")}
    sheet = {"meetings.sheet": {"meeting_id": meeting.id, "kind": "docx"}}
    feed = {"agenda.feed": {"token": token}}
    files |= {f"meetings.{page}": {"list_id": uploaded.id} for page in LISTS}
    return {"meeting_id": meeting.id} | feed | files | sheet | month


@pytest.fixture
def announcement_places(team, tutor):
    words = Words("Вебинар", "В среду в 17:00.", today() + timedelta(days=9))
    announcement = announce(team.cohort, team, words, author=tutor)
    return {"announcement_id": announcement.id}


@pytest.fixture
def mailing_places(cohort, team, member, tutor):
    letter = {"title": "Без капитана", "subject": "Кто капитан", "text": "Ответьте"}
    mailing = Mailing(
        cohort=cohort,
        purpose=Purpose.HEADLESS,
        author=tutor,
        form_key="k",
        recipients=[Recipient(user=member, team=team)],
        **letter,
    )
    job = save(Job(kind="mail", payload={}, error="550", parked_at=utcnow()))
    return {"job_id": job.id, "about": "quiet", "mailing_id": save(mailing).id}


@pytest.fixture
def settings_places(admin):
    """Settings with the picture of a signature, before there is a course."""
    words = Settings(signer="Седова", hours=36, signature=store_bytes(INK).sha256)
    content = words.model_dump(mode="json")
    revision = save(SettingsRevision(number=1, content=content, author=admin))
    own = {"sha256": words.signature}
    return {
        "settings.restore": {"number": revision.number},
        "settings.revision": {"number": revision.number},
        "settings.signature": own,
    }


@pytest.fixture
def report_places(territory, captain, coordinator, admin):
    """A year report that was closed, with two texts of its conclusions since."""
    scope = Scope(SchoolYear.of(today()), None, territory=territory)
    close(scope, actor=coordinator)
    for author, words in ((coordinator, "Раз."), (admin, "Два.")):
        save_conclusions(scope, {"results": words}, [], base_version=0, author=author)
    place = {"territory_id": territory.id, "year": key_of(scope.year)}
    (rival,) = report_of(scope).rivals
    return {
        "reports.report": place,
        "reports.close": place,
        "reports.settle": place | {"rival_id": rival.id, "choice": "take"},
        "reports.edition": place | {"number": 1},
        "reports.download": place | {"number": 1, "kind": "docx"},
    }


@pytest.fixture
def partner_places(team, captain, other, other_team, other_coordinator):
    """A partner of the school, with an agreement and its scan, shown to neighbours."""
    partner = add_partner(team.school, partner_words(), author=captain)
    agreement = add_agreement(partner, agreement_words(), author=captain)
    add_paper(agreement, "договор.pdf", sample_course.DOCUMENT, author=captain)
    place = {"agreement_id": agreement.id, "file_id": agreement.files[0].id}
    venture = add_venture(
        team.school, venture_words(partners=[partner]), author=captain
    )
    names = {"partner_id": partner.id, "agreement_id": agreement.id}
    line = show_line(partner, seen=partner.version, author=captain)
    names |= {"venture_id": venture.id, "line_id": line.id}
    asking.ask(line, "Возьмёте?", asker=other, school=other_team.school)
    (question,) = asking.questions_of(line)
    names |= {"exchange.reply": {"line_id": line.id, "question_id": question.id}}
    return names | {f"partners.{page}": place for page in ("paper", "remove_paper")}


@pytest.fixture
def council_places(team, captain):
    """A council with a member, and a meeting that has its minutes."""
    sitting = council.add_member(team.school, member_words(), author=captain)
    met = sittings.add_meeting(team.school, meeting_words(), author=captain)
    sittings.add_paper(met, "протокол.pdf", sample_course.DOCUMENT, author=captain)
    minutes = {"meeting_id": met.id, "file_id": met.files[0].id}
    pages = "meeting", "add_paper", "paper", "remove_meeting", "remove_paper"
    places = {f"councils.{page}": minutes for page in pages}
    return places | {
        f"councils.{page}": {"member_id": sitting.id}
        for page in ("change_member", "remove_member")
    }


@pytest.fixture
def measure_places(cohort, team, member, edition):
    """What a member has finished and answered, of a cohort that is over."""
    found = save(Round(cohort=cohort, edition=edition))
    form = {"moment": Moment.ENTRY, "form": "a", "answers": {}}
    place = {"user": member, "team": team, "position": Position.TEACHER, "round": found}
    sitting = save(Sitting(**place, **form, finished_at=utcnow()))
    facts = {"title": SURVEY.title, "content": SURVEY.model_dump(mode="json")}
    asked = SurveyEdition(
        slug=SURVEY.slug,
        after_module=sample_course.FOLDER.partition("-")[2],
        content_hash="0",
        **facts,
    )
    survey = SurveyRound(
        cohort=cohort, slug=SURVEY.slug, edition=asked, closes_on=today()
    )
    save(Respondent(round_id=save(survey).id, user_id=member.id))
    slug = {"slug": SURVEY.slug}
    pages = ("answer", "results", "workbook")
    own = {"sitting_id": sitting.id, "moment": "entry"}
    return own | {f"surveys.{page}": slug for page in pages}


@pytest.fixture
def indicator_places(team, member, coordinator):
    parents = settle("parents")
    paper = ready_file("Протокол.pdf", b"%PDF-1.4\n%%EOF\n")
    sent = measure(team.school, parents, 12, 90, author=member, file=paper)
    names = {"indicator_id": parents.id, "measurement_id": sent.id}
    schools = {
        f"indicators.{page}": {"school_id": team.school_id}
        for page in ("school", "accept", "school_target")
    }
    return names | schools | {"indicators.begin": {"key": "quality"}}


@pytest.fixture
def network_places(team, other_team, captain, member, other, other_coordinator):
    """What a member has asked a mentor of another school, and a pair of the two."""
    pair = pair_of(team, other_team, other_coordinator)
    row = {"pair_id": pair.id, "event_id": event_of(pair, member).id}
    mentor = offer_help(other)
    accepted = accepted_request(member, mentor)
    backdated(accepted, -3, "meets_at")
    asked = {"request_id": ask_for_help(member, mentor).id}
    return {
        "mentor_id": mentor.id,
        "request_id": accepted.id,
        "mentors.accept": asked,
        "mentors.decline": asked,
    } | row


@pytest.fixture
def furniture(
    team_places,
    enrolment_places,
    account_places,
    work_places,
    review_places,
    plan_places,
    project_places,
    practice_places,
    library_places,
    calibration_places,
    release_places,
    reading_places,
    question_places,
    certificate_places,
    agenda_places,
    announcement_places,
    mailing_places,
    indicator_places,
    settings_places,
    report_places,
    measure_places,
    network_places,
    partner_places,
    council_places,
):
    """What stands in the addresses, by the name in the URL rule; add yours.

    Where one endpoint means another thing by the same name, its own entry wins.
    """
    work = work_places | review_places | plan_places | project_places
    people = team_places | enrolment_places | account_places
    papers = calibration_places | release_places | reading_places | certificate_places
    papers |= question_places | practice_places | library_places
    letters = agenda_places | announcement_places | mailing_places
    rest = measure_places | indicator_places | settings_places | report_places
    rest |= network_places | partner_places | council_places
    return people | work | papers | letters | rest
