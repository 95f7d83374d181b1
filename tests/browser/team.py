"""A team that has begun its work, made without the pages."""

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts import services as cohorts
from lms.course.modules.models import Module
from lms.identity.accounts.consents import accept_consent
from lms.identity.accounts.models import User
from lms.schools.teams.models import School
from lms.schools.teams.services import create_team
from lms.schools.teams.tutors import assign_tutors
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.services import start_submission
from tests.browser.demo import only
from tests.browser.journey import furnish
from tests.calibrations import calibrate_everywhere
from tests.conftest import member_of, person
from tests.works import send_back

CAPTAIN = "captain@example.org"
TUTOR = "tutor@example.org"


def open_cohort(admin, tutor):
    """Open a cohort that begins today."""
    cohort = cohorts.create_cohort(
        name="Весна", calendar="intensive", starts_on=today(), actor=admin
    )
    assign_tutors(cohort, tutors=[tutor], actor=admin)
    rule = cohorts.planned_rule(cohort)
    cohorts.open_cohort(cohort, seen=rule.fingerprint, actor=admin)
    calibrate_everywhere(tutor)
    return cohort


def begin_work(site):
    """Make a team whose captain has begun the work; return the work's id."""
    furnish(site)
    with site.app_context():
        admin, tutor = only(User, email="admin@example.org"), only(User, email=TUTOR)
        team = create_team(
            cohort=open_cohort(admin, tutor),
            school=School(name="Школа № 12", municipality="Новосибирск"),
            name="Опора",
            tutor=tutor,
            actor=admin,
        )
        captain = person("Седова Анна Викторовна", CAPTAIN)
        accept_consent(captain, "1")
        member_of(team, captain, captain=True)
        return start_submission(only(Module), user=captain, team=team).id


def send_work(site):
    """Make a work that waits for a tutor; return its id."""
    work_id = begin_work(site)
    with site.app_context():
        work = db.session.get_one(Submission, work_id)
        captain = only(User, email=CAPTAIN)
        for key in ("zaprosy", "pary"):
            save_field(work, key, "Пятеро.", base_version=0, author=captain)
        send_attempt(work, author=captain)
    return work_id


def return_work(site):
    """Make a work that came back with a remark about its first field; return its id."""
    work_id = send_work(site)
    with site.app_context():
        attempt, tutor = only(Attempt), only(User, email=TUTOR)
        send_back(attempt, tutor)
    return work_id
