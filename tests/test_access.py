"""Who may come to which address: every endpoint × every kind of person.

A page that is listed nowhere turns the build red. To add one, put a row into `READ`
(what a GET answers) or `WRITE` (what a POST answers), and what its address needs
into the fixture `places`. Who may come does not depend on the database, so these
tests run on one.
"""

import shutil
from io import BytesIO

import pytest

from lms.accounts.password_links import password_link
from lms.certificates.models import Certificate
from lms.database import utcnow
from lms.drafts.files import add_file
from lms.invitations.services import current_invitation, invite
from lms.language import today
from lms.modules.models import Module
from lms.plans.services import add_action
from lms.storage import store_bytes
from lms.submissions.models import Attempt, AttemptFile, Status, Submission
from lms.submissions.services import start_submission
from lms.teams.permissions import active_membership
from tests import course
from tests.conftest import save

PEOPLE = ["guest", "member", "other", "tutor", "other_tutor", "admin"]

#                                     guest, member, other, tutor, other_tutor, admin
READ = {
    "static":                       [200, 200, 200, 200, 200, 200],
    "health.healthz":               [200, 200, 200, 200, 200, 200],
    "health.readyz":                [200, 200, 200, 200, 200, 200],
    "accounts.sign_in":             [200, 302, 302, 302, 302, 302],
    "accounts.forgot":              [200, 200, 200, 200, 200, 200],
    "accounts.reset":               [200, 200, 200, 200, 200, 200],
    "accounts.consent":             [302, 302, 302, 302, 302, 302],
    "accounts.consent_text":        [200, 200, 200, 200, 200, 200],
    "accounts.profile":             [302, 200, 200, 200, 200, 200],
    "accounts.change_password":     [302, 200, 200, 200, 200, 200],
    "certificates.certificate":     [302, 404, 404, 200, 404, 200],
    "certificates.eligible":        [302, 404, 404, 200, 200, 200],
    "certificates.pdf":             [302, 200, 404, 200, 404, 200],
    "certificates.registry":        [302, 404, 404, 200, 200, 200],
    "certificates.remaining":       [302, 200, 404, 200, 404, 200],
    "certificates.replace":         [302, 404, 404, 404, 404, 200],
    "certificates.revoke":          [302, 404, 404, 404, 404, 200],
    "certificates.verify":          [200, 200, 200, 200, 200, 200],
    "certificates.verify_form":     [200, 200, 200, 200, 200, 200],
    "cohorts.calendar":              [302, 404, 404, 404, 404, 200],
    "cohorts.cohort":                [302, 404, 404, 200, 404, 200],
    "cohorts.create":                [302, 404, 404, 404, 404, 200],
    "cohorts.edit":                  [302, 404, 404, 404, 404, 200],
    "cohorts.index":                 [302, 404, 404, 404, 404, 200],
    "cohorts.open":                  [302, 404, 404, 404, 404, 200],
    "cohorts.preview":               [302, 404, 404, 404, 404, 302],
    "cohorts.tutors":                [302, 404, 404, 404, 404, 200],
    "drafts.edit":                  [302, 200, 404, 404, 404, 403],
    "drafts.file":                  [302, 200, 404, 404, 404, 403],
    "drafts.history":               [302, 200, 404, 404, 404, 403],
    "drafts.preview":               [302, 200, 404, 404, 404, 403],
    "home.front":                   [200, 200, 200, 200, 200, 200],
    "home.start":                   [302, 200, 200, 200, 200, 200],
    "invitations.invite":            [302, 403, 404, 200, 404, 200],
    "invitations.join":              [200, 200, 200, 200, 200, 200],
    "invitations.qr":                [302, 403, 404, 200, 404, 200],
    "invitations.sheet":             [302, 403, 404, 200, 404, 200],
    "members.leave":                 [302, 200, 404, 403, 404, 403],
    "members.position":              [302, 200, 404, 200, 404, 200],
    "modules.guide":                [302, 404, 404, 200, 200, 200],
    "modules.index":                [302, 200, 200, 200, 200, 200],
    "modules.media":                [302, 200, 200, 200, 200, 200],
    "modules.read":                 [302, 200, 200, 200, 200, 200],
    "plans.add_action":              [302, 200, 404, 403, 404, 403],
    "plans.change_action":           [302, 200, 404, 403, 404, 403],
    "plans.mine":                    [302, 302, 302, 404, 404, 404],
    "plans.paragraph":               [302, 200, 404, 403, 404, 403],
    "plans.pdf":                     [302, 200, 404, 200, 404, 200],
    "plans.plan":                    [302, 200, 404, 200, 404, 200],
    "plans.word":                    [302, 200, 404, 200, 404, 200],
    "revisions.difference":          [302, 404, 404, 404, 404, 200],
    "revisions.edit":                [302, 404, 404, 404, 404, 200],
    "revisions.index":               [302, 404, 404, 404, 404, 200],
    "revisions.preview":             [302, 404, 404, 404, 404, 200],
    "revisions.upload":              [302, 404, 404, 404, 404, 200],
    "submissions.attempt":          [302, 200, 404, 200, 404, 200],
    "submissions.attempt_file":     [302, 200, 404, 200, 404, 200],
    "submissions.work":             [302, 200, 404, 200, 404, 200],
    "teams.create":                  [302, 404, 404, 404, 404, 200],
    "teams.edit":                    [302, 404, 404, 404, 404, 200],
    "teams.index":                   [302, 404, 404, 200, 200, 200],
    "teams.mine":                    [302, 302, 302, 200, 200, 200],
    "teams.school":                  [302, 404, 404, 404, 404, 200],
    "teams.schools":                 [302, 404, 404, 404, 404, 200],
    "teams.team":                    [302, 200, 404, 200, 404, 200],
}  # fmt: skip

# Who sends an empty form; who is let in gets the form back (200) or an answer.
#                                     guest, member, other, tutor, other_tutor, admin
WRITE = {
    "accounts.sign_in":             [200, 302, 302, 302, 302, 302],
    "accounts.sign_out":            [302, 302, 302, 302, 302, 302],
    "accounts.sign_out_everywhere": [401, 302, 302, 302, 302, 302],
    "accounts.sign_out_browser":    [401, 302, 302, 302, 302, 302],
    "accounts.forgot":              [200, 200, 200, 200, 200, 200],
    "accounts.reset":               [200, 200, 200, 200, 200, 200],
    "accounts.consent":             [401, 302, 302, 302, 302, 302],
    "accounts.profile":             [401, 200, 200, 200, 200, 200],
    "accounts.change_password":     [401, 200, 200, 200, 200, 200],
    "certificates.issue":           [401, 404, 404, 302, 404, 302],
    "certificates.issue_cohort":    [401, 404, 404, 302, 404, 302],
    "certificates.issue_team":      [401, 404, 404, 302, 404, 302],
    "certificates.replace":         [401, 404, 404, 404, 404, 200],
    "certificates.revoke":          [401, 404, 404, 404, 404, 200],
    "cohorts.calendar":             [401, 404, 404, 404, 404, 302],
    "cohorts.close":                 [401, 404, 404, 404, 404, 302],
    "cohorts.create":                [401, 404, 404, 404, 404, 200],
    "cohorts.edit":                  [401, 404, 404, 404, 404, 200],
    "cohorts.open":                  [401, 404, 404, 404, 404, 200],
    "cohorts.reopen":                [401, 404, 404, 404, 404, 409],
    "cohorts.tutors":                [401, 404, 404, 404, 404, 302],
    "drafts.add_file":              [401, 409, 404, 404, 404, 403],
    "drafts.preview":               [401, 302, 404, 404, 404, 403],
    "drafts.remove_file":           [401, 302, 404, 404, 404, 403],
    "drafts.restore":               [401, 404, 404, 404, 404, 403],
    "drafts.save":                  [401, 302, 404, 404, 404, 403],
    "drafts.save_field":            [401, 200, 404, 404, 404, 403],
    "drafts.send":                  [401, 422, 404, 404, 404, 403],
    "drafts.settle":                [401, 403, 404, 404, 404, 403],
    "invitations.enter":             [401, 200, 200, 200, 200, 200],
    "invitations.invite":            [401, 403, 404, 200, 404, 200],
    "invitations.join":              [200, 200, 200, 200, 200, 200],
    "invitations.replace":           [401, 403, 404, 302, 404, 302],
    "invitations.withdraw":          [401, 403, 404, 302, 404, 302],
    "members.bring_back":            [401, 403, 404, 409, 404, 409],
    "members.leave":                 [401, 302, 404, 403, 404, 403],
    "members.make_captain":          [401, 403, 404, 302, 404, 302],
    "members.position":              [401, 200, 404, 200, 404, 200],
    "members.remove":                [401, 403, 404, 302, 404, 302],
    "modules.mark_read":            [401, 302, 302, 302, 302, 302],
    "plans.add_action":              [401, 200, 404, 403, 404, 403],
    "plans.change_action":           [401, 200, 404, 403, 404, 403],
    "plans.paragraph":               [401, 200, 404, 403, 404, 403],
    "plans.remove_action":           [401, 302, 404, 403, 404, 403],
    "plans.restore":                 [401, 302, 404, 403, 404, 403],
    "revisions.edit":                [401, 404, 404, 404, 404, 200],
    "revisions.publish":             [401, 404, 404, 404, 404, 302],
    "revisions.upload":              [401, 404, 404, 404, 404, 200],
    "revisions.withdraw":            [401, 404, 404, 404, 404, 302],
    "submissions.start":            [401, 302, 302, 404, 404, 404],
    "teams.create":                  [401, 404, 404, 404, 404, 200],
    "teams.edit":                    [401, 404, 404, 404, 404, 200],
    "teams.school":                  [401, 404, 404, 404, 404, 200],
}  # fmt: skip

# Stubs of features under way. Empty in the end: whoever builds a page takes it
# from here into the tables above.
NOT_BUILT_YET = {
    "audit.journal",
    "people.index",
    "people.person",
    "quizzes.result",
    "quizzes.take",
    "reviews.desk",
    "reviews.let_go",
    "reviews.next",
    "reviews.queue",
    "reviews.release",
    "reviews.save",
    "reviews.take",
}


WRITES = [
    (endpoint, visitor, status)
    for endpoint, answers in WRITE.items()
    for visitor, status in zip(PEOPLE, answers, strict=True)
]


@pytest.fixture
def database_url(template_database, tmp_path):
    return f"sqlite:///{shutil.copy(template_database, tmp_path / 'lms.sqlite3')}"


@pytest.fixture
def draft(module, team, captain):
    """A work that the team writes, with a file."""
    work = start_submission(module, user=captain, team=team)
    add_file(work, BytesIO(course.DOCUMENT), "карта.pdf", author=captain)
    return work


@pytest.fixture
def action(team):
    """A line of the team's plan."""
    return add_action(team, what="Опрос", who="Анна", due_on=today())


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
        sha256 = store_bytes(course.DOCUMENT).sha256
        file = AttemptFile(sha256=sha256, name="a.pdf", media_type="-", size=1)
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
def sent(attempt_of):
    """A work that waits for a review."""
    return attempt_of(5, Status.WAITING)


@pytest.fixture
def accepted(attempt_of):
    """A work that is a section of the plan."""
    return attempt_of(6, Status.ACCEPTED)


@pytest.fixture
def membership(member):
    """The place of `member` in the team."""
    return active_membership(member)


@pytest.fixture
def invitation(team, captain):
    """The link into the team."""
    invite(team, actor=captain)
    return current_invitation(team)


@pytest.fixture
def certificate(member, admin, team):
    """The certificate of `member`; its paper is somebody else's test."""
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
            pdf_sha256=store_bytes(course.DOCUMENT).sha256,
        )
    )


@pytest.fixture
def places(
    app,
    cohort,
    team,
    member,
    membership,
    invitation,
    draft,
    action,
    sent,
    accepted,
    certificate,
):
    """What stands in the addresses, by the name in the URL rule.

    Where one endpoint means another thing by the same name, its own entry wins.
    """
    picture = draft.module.current_revision.media[-1]
    return {
        "cohort_id": cohort.id,
        "team_id": team.id,
        "user_id": member.id,
        "sign_in_id": 404,
        "membership_id": membership.id,
        "school_id": team.school_id,
        "token": invitation.token,
        "static": {"filename": "css/tokens.css"},
        "accounts.reset": {"token": password_link(member).rsplit("/", 1)[1]},
        "slug": draft.module.slug,
        "submission_id": draft.id,
        "file_id": 1,
        "key": "zaprosy",
        "rival_id": 1,
        "action_id": action.id,
        "number": 1,
        "code": certificate.code,
        "certificates.certificate": {"number": certificate.address},
        "certificates.pdf": {"number": certificate.address},
        "certificates.replace": {"number": certificate.address},
        "certificates.revoke": {"number": certificate.address},
        "modules.media": {"digest": picture.sha256[:16], "name": picture.name},
        "plans.paragraph": {"slug": accepted.module.slug},
        "plans.restore": {"slug": accepted.module.slug},
        "submissions.attempt": {"submission_id": sent.id},
        "submissions.attempt_file": {"submission_id": sent.id},
        "submissions.work": {"submission_id": sent.id},
    }


@pytest.fixture
def url_of(app, places):
    """Return a function that gives the address of an endpoint."""

    def build(endpoint):
        values = places | places.get(endpoint, {})
        rule = next(app.url_map.iter_rules(endpoint))
        with app.test_request_context():
            return app.url_for(endpoint, **{n: values[n] for n in rule.arguments})

    return build


@pytest.fixture
def browser_of(request, guest, sign_in):
    """Return a function that gives the browser of one of `PEOPLE`."""

    def open_browser(visitor):
        if visitor == "guest":
            return guest
        return sign_in(request.getfixturevalue(visitor))

    return open_browser


def endpoints(app, method):
    """Return the endpoints that answer to a method."""
    return {
        rule.endpoint for rule in app.url_map.iter_rules() if method in rule.methods
    }


@pytest.mark.parametrize(("method", "table"), [("GET", READ), ("POST", WRITE)])
def test_every_page_is_listed(app, method, table):
    assert endpoints(app, method) - NOT_BUILT_YET == set(table)


def test_nothing_is_built_and_not_built(app):
    known = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert not NOT_BUILT_YET - known
    assert not NOT_BUILT_YET & {*READ, *WRITE}


@pytest.mark.parametrize("endpoint", READ)
def test_who_may_read(url_of, browser_of, endpoint):
    url = url_of(endpoint)

    answers = []
    for visitor in PEOPLE:
        with browser_of(visitor).get(url) as response:
            answers.append(response.status_code)

    assert answers == READ[endpoint]


@pytest.mark.parametrize(("endpoint", "visitor", "status"), WRITES)
def test_who_may_write(url_of, browser_of, endpoint, visitor, status):
    url = url_of(endpoint)

    assert browser_of(visitor).post(url).status_code == status
