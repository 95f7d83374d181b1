"""The stage (a site on each database) and the cast (people with names)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa
from flask import current_app
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as settings_of_examples

from lms.core.config import load_config
from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort, CohortState
from lms.course.cohorts.rule import CompletionRule, RuleModule
from lms.course.modules.services import publish
from lms.identity.accounts.models import Role, User
from lms.identity.accounts.passwords import hash_password
from lms.identity.audit.models import AuditEvent
from lms.outcomes.certificates.services import issue_certificate
from lms.schools.teams.models import Membership, Position, School, Team
from lms.schools.territories.models import Coordination, SchoolTerritory, Territory
from lms.text.limits import CHILDREN
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.submissions.models import Status
from lms.work.submissions.services import assignment_of, start_submission
from tests import sample_course
from tests.achievements import finish
from tests.calibrations import calibrate_everywhere

pytest_plugins = [
    "tests.databases",
    "tests.bare",
    "tests.buckets",
    "tests.mailings",
    "tests.measuring",
    "tests.places",
    "tests.history",
    "tests.questions",
    "tests.worlds",
]

# How long examples take says something of the machine alone.
settings_of_examples.register_profile(
    "site", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings_of_examples.load_profile("site")

PASSWORD = "tochka-sborki"
PASSPHRASE = "утюг сирень вокзал"
# What an open cohort has frozen; tests add the modules that they need.
RULE = CompletionRule(
    course_title="Школа — центр социума",
    hours=36,
    signer="Руководитель курса",
    quiz_percent=70,
    modules=[],
)


class Browser(FlaskClient):
    """A client whose requests share no `g` and no session with the test.

    The test's own transaction ends before: it would hold the one writer's place
    of SQLite, and afterwards it would not see what the request changed.
    """

    def open(self, *args, **kwargs):
        db.session.commit()
        with self.application.app_context():
            # A page is read to its end, so that files it sends are closed.
            return super().open(*args, **{"buffered": True} | kwargs)


def settings(url, instance):
    """The site's own settings, with cheap passwords and without form tokens."""
    config = load_config({"INSTANCE": str(instance), "SECRET_KEY": "tests"})
    return config | {
        "SQLALCHEMY_DATABASE_URI": url,
        "TESTING": True,
        "LMS_UNDO_SECONDS": 0,
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_ENABLED": False,
        "ARGON2": {"time_cost": 1, "memory_cost": 8, "parallelism": 1},
    }


@pytest.fixture
def sign_in(app):
    """Return a function that gives a browser in which a person is signed in."""

    def sign_in_as(user):
        browser = app.test_client()
        form = {"email": user.email, "password": PASSWORD}
        assert browser.post("/accounts/sign-in", data=form).status_code == 302
        return browser

    return sign_in_as


@pytest.fixture
def all_busy():
    """A process of the site that renders as many texts as it ever does at once."""
    taken = 0
    while CHILDREN.acquire(blocking=False):
        taken += 1
    yield
    CHILDREN.release(taken)


@pytest.fixture
def race(app):
    """Return a function that starts calls at once and tells how each one ended.

    Each runs in a thread with a session of its own, so give them ids, not rows.
    """

    def start_at_once(*calls):
        db.session.commit()
        line = threading.Barrier(len(calls))

        def run(call):
            with app.app_context():
                line.wait()
                try:
                    return call()
                except RuleError as error:
                    return error

        with ThreadPoolExecutor(len(calls)) as threads:
            return list(threads.map(run, calls))

    return start_at_once


@pytest.fixture
def count_statements(app):
    """Return a context manager that gives the list of SQL statements sent within."""

    @contextmanager
    def listen():
        statements = []

        def note(_connection, _cursor, statement, *_):
            if not statement.startswith("BEGIN"):
                statements.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)

    return listen


@pytest.fixture
def guest(app):
    """A browser in which nobody is signed in."""
    return app.test_client()


def save(row):
    """Store a row and give it back."""
    db.session.add(row)
    db.session.commit()
    return row


def copies_of(row):
    """Return a function that loads the row in the session of whoever calls it."""
    model, row_id = type(row), row.id
    return lambda: db.session.get_one(model, row_id)


def count(model):
    """Return the number of rows of a model."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def journal():
    """Return what was done, in the words of the journal, in order."""
    actions = sa.select(AuditEvent.action).order_by(AuditEvent.id)
    return list(db.session.scalars(actions))


def letters():
    """Do all jobs and return every letter that went out: to, subject, text."""
    while run_next():
        pass
    files = sorted((current_app.config["INSTANCE"] / "mail").glob("*.eml"))
    return [read_letter(file.read_bytes()) for file in files]


def read_letter(sent):
    """Read a letter as a mail program does."""
    message = message_from_bytes(sent, policy=default)
    text = message.get_body(("plain",)).get_content()
    named = {name: message[name] for name in ("To", "Subject", "Reply-To")}
    return {name.lower(): value for name, value in named.items()} | {"text": text}


def person(name, email, *roles):
    """Store a person with the password of the demonstration."""
    return save(
        User(
            full_name=name,
            email=email,
            password_hash=hash_password(PASSWORD),
            roles=frozenset(roles),
        )
    )


def member_of(team, user, *, position=Position.TEACHER, captain=False):
    """Put a person into a team."""
    membership = Membership(user=user, team=team, position=position, is_captain=captain)
    save(membership)
    return user


@pytest.fixture
def admin(app):
    """Publishes modules and opens cohorts."""
    return person("Лях Вера Павловна", "admin@example.org", Role.ADMIN)


@pytest.fixture
def tutor(app, cohort):
    """Reviews the works of `cohort`."""
    user = person("Громов Илья Петрович", "tutor@example.org", Role.TUTOR)
    cohort.tutors.append(user)
    db.session.commit()
    calibrate_everywhere(user)
    return user


@pytest.fixture
def tutor2(app, cohort):
    """Reviews the works of `cohort` too."""
    user = person("Ким Ольга Юрьевна", "tutor2@example.org", Role.TUTOR)
    cohort.tutors.append(user)
    db.session.commit()
    calibrate_everywhere(user)
    return user


@pytest.fixture
def other_tutor(app):
    """Reviews in no cohort that we know: the outsider of every permission test."""
    return person("Белов Павел Ильич", "belov@example.org", Role.TUTOR)


@pytest.fixture
def cohort(app):
    """An open cohort in the middle of its course."""
    return save(
        Cohort(
            name="Осень 2026",
            calendar="two_years",
            starts_on=date.today() - timedelta(days=200),
            state=CohortState.OPEN,
            opened_at=utcnow(),
            rule=RULE.model_dump(mode="json"),
        )
    )


@pytest.fixture
def module(app, cohort):
    """The fourth module: published, open for `cohort`, its work due in 14 days."""
    revision = sample_course.import_module()
    publish(revision, actor=None)
    module = revision.module
    cohort.rows.append(
        CalendarRow(
            module=module,
            position=module.position,
            opens_on=today() - timedelta(days=30),
            due_on=today() + timedelta(days=14),
        )
    )
    counts = RuleModule(
        slug=module.slug,
        module_id=module.id,
        position=module.position,
        title=revision.title,
        work_required=True,
        by="team",
        quiz_required=True,
    )
    cohort.rule = RULE.model_copy(update={"modules": [counts]}).model_dump(mode="json")
    db.session.commit()
    calibrate_everywhere(*db.session.scalars(sa.select(User)))
    return module


@pytest.fixture
def team(app, cohort):
    """The team «Опора» of school № 12."""
    school = School(name="Школа № 12", municipality="Новосибирск")
    return save(Team(school=school, cohort=cohort, name="Опора"))


@pytest.fixture
def other_team(app, cohort):
    """The team of another school in the same cohort."""
    school = School(name="Лицей № 3", municipality="Бердск")
    return save(Team(school=school, cohort=cohort, name="Мост"))


@pytest.fixture
def captain(team):
    """Leads the team «Опора»."""
    user = person("Седова Анна Викторовна", "captain@example.org")
    return member_of(team, user, position=Position.DEPUTY, captain=True)


@pytest.fixture
def member(team):
    """A teacher in the team «Опора»."""
    user = person("Орлов Олег Сергеевич", "member@example.org")
    return member_of(team, user)


@pytest.fixture
def other(other_team):
    """A member of another team."""
    user = person("Юсупова Алия Маратовна", "other@example.org")
    return member_of(other_team, user, captain=True)


def look_after(user, *territories):
    """Give a coordinator some territories."""
    for territory in territories:
        save(Coordination(user=user, territory=territory, since=today()))
    return user


@pytest.fixture
def territory(team):
    """The town of «Опора», and a region around it."""
    region = Territory(name="Новосибирская область")
    town = save(Territory(name=team.school.municipality, parent=region))
    save(SchoolTerritory(school_id=team.school_id, territory=town))
    return town


@pytest.fixture
def coordinator(territory):
    """Looks after the town of «Опора»."""
    user = person("Власова Инна Сергеевна", "coordinator@example.org", Role.COORDINATOR)
    return look_after(user, territory)


@pytest.fixture
def other_coordinator(territory, other_team):
    """Looks after the town of «Мост», the other team."""
    town = Territory(name=other_team.school.municipality, parent=territory.parent)
    save(SchoolTerritory(school_id=other_team.school_id, territory=town))
    user = person("Ершов Лев Ильич", "ershov@example.org", Role.COORDINATOR)
    return look_after(user, town)


@pytest.fixture
def accepted(module, team, captain, tutor):
    """A work of «Опора» that was accepted; every field says something."""
    work = start_submission(module, user=captain, team=team)
    for field in assignment_of(work.module.current_revision).fields:
        text = f"{field.label}: **да**.\n\n- раз\n\n| А | Б |\n|---|---|\n| 1 | 2 |"
        save_field(work, field.key, text, base_version=0, author=captain)
    send_attempt(work, author=captain)
    work.status = Status.ACCEPTED
    db.session.commit()
    return work


@pytest.fixture
def class_of(accepted, team):
    """Return a function that gives the ids of people with everything done."""

    def make(size):
        people = [person(f"Участник {n}", f"{n}@example.org") for n in range(size)]
        return [finish(member_of(team, user), accepted).id for user in people]

    return make


@pytest.fixture
def graduate(accepted, captain):
    """Седова Анна Викторовна, with every condition of the certificate met."""
    return finish(captain, accepted)


@pytest.fixture
def certificate(graduate, cohort, tutor):
    """The certificate of Седова Анна Викторовна."""
    return issue_certificate(graduate, cohort, actor=tutor)
