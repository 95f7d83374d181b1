"""Worlds that differ in a first tutor's decision are one to a second reader."""

from dataclasses import dataclass

import pytest

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.language import today
from lms.course.cohorts.models import Cohort, CohortState
from lms.identity.accounts.models import Role, User
from lms.outcomes.batches.services import start_batch
from lms.outcomes.certificates.services import issue_certificate
from lms.overview.agenda.addresses import give_address, link_of
from lms.overview.bulletins.contents import bulletin_of
from lms.overview.digest.sending import compose_digest
from lms.overview.dossier.sections import sections_of
from lms.overview.progress.facts import read_facts
from lms.review.moderation.models import Reading
from lms.schools.teams.models import School, Team
from lms.work.credits.services import owed_by
from tests.achievements import pass_quiz
from tests.conftest import count, look_after, member_of, save
from tests.works import accept, send
from tests.worlds import MOMENT, answer_of

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# Lists in which somebody may look for one kind of works.
ASKED = {
    "reviews.queue": ("state=RETURNED", "state=ACCEPTED", "q=Опора"),
    "reviews.released": ("verdict=RETURNED&who=all", "verdict=ACCEPTED&who=all"),
    "progress.cohort": ("what=stuck", "sort=activity", "by=people", "by=people&one=1"),
    "progress.workbook": ("by=people",),
    "outbox.index": ("only=KEPT", "only=WAITING"),
    "search.index": ("q=хорошо", "q=Опора", "q=запросы", "q=запросы&kind=remark"),
}
# They end the session, or close what the others are about.
LAST = ("accounts.", "factors.", "people.", "cohorts.", "members.", "readings.")
TYPED = {
    "reason": "Работала с нами.",
    "text": "Да.",
    "answer": "Да.",
    "summary": "Хорошо.",
    "level-svyaz": 0,
    "level-pary": 0,
    "remark-svyaz": "Чьи?",
    "outcome": "KEEP",
}


@dataclass(frozen=True)
class Reader:
    """What a second reader is besides a tutor of the cohort."""

    is_lead: bool = False
    is_admin: bool = False
    is_busy_elsewhere: bool = False

    def __str__(self):
        return " ".join(name for name, is_so in vars(self).items() if is_so) or "tutor"


# A reader, and whether the due day of the work has passed.
READERS = [
    (Reader(), False),
    (Reader(is_lead=True, is_busy_elsewhere=True), True),
    (Reader(is_admin=True), True),
    (Reader(is_lead=True, is_admin=True), False),
]


@pytest.fixture
def second_cohort(cohort):
    """Another cohort that runs by the same rule."""
    facts = {"state": CohortState.OPEN, "opened_at": utcnow(), "rule": cohort.rule}
    calendar = {"calendar": cohort.calendar, "starts_on": today()}
    return save(Cohort(name="Второй", **calendar, **facts))


@pytest.fixture
def session_of(sign_in, cohort, tutor2, module, second_cohort, waiting_attempt):
    """Return a function that signs a reader in; it returns the session's cookie."""

    def enter(reader):
        if reader.is_lead:
            cohort.lead_id = tutor2.id
        if reader.is_admin:
            tutor2.roles = frozenset({Role.TUTOR, Role.ADMIN})
        if reader.is_busy_elsewhere:
            second_cohort.tutors.append(tutor2)
            school = School(name="Школа № 5", municipality="Омск")
            team = save(Team(school=school, cohort=second_cohort, name="Луч"))
            member_of(team, tutor2, captain=True)
        browser = sign_in(tutor2)
        for slug in (module.slug, "novoe"):  # what a process reads once
            browser.get(f"/modules/{slug}/")
            browser.get(f"/calibration/{slug}/1/score")
        return browser.get_cookie("session").value

    return enter


@pytest.fixture
def look(app, count_statements):
    """Return a function that reads everything in a world, then tries everything."""

    def asked(method, url, **sent):
        return lambda browser: browser.open(url, method=method, **sent)

    def everything(world):
        for url, endpoint in world.addresses(app, "GET").items():
            yield url, asked("GET", url)
            for query in ASKED.get(endpoint, ()):
                yield f"{url}?{query}", asked("GET", f"{url}?{query}")
        json = {"Accept": "application/json"}
        for url, endpoint in world.addresses(app, "POST").items():
            if not endpoint.startswith(LAST):
                yield f"POST {url}", asked("POST", url)
                yield f"typed {url}", asked("POST", url, data=TYPED)
                yield f"json {url}", asked("POST", url, data=TYPED, headers=json)

    def look_at(world):
        return {
            name: answer_of(world.browser, ask_for, count_statements)
            for name, ask_for in everything(world)
        }

    return look_at


@ON_SQLITE
@pytest.mark.parametrize(("reader", "is_late"), READERS, ids=str)
def test_second_reader_learns_nothing_of_the_decision(
    reader, is_late, session_of, world_after, accepting, returning, look
):
    cookie = session_of(reader)

    accepted = look(world_after(accepting, cookie, is_late=is_late))
    returned = look(world_after(returning, cookie, is_late=is_late))

    assert [url for url in accepted if accepted[url] != returned.get(url)] == []
    assert accepted.keys() == returned.keys()
    assert accepted["/reviews/"][0] == 200


@ON_SQLITE
@pytest.mark.parametrize(("reader", "is_late"), READERS, ids=str)
def test_morning_letter_and_calendar_tell_a_second_reader_nothing(
    reader, is_late, session_of, world_after, accepting, returning, tutor2
):
    cookie, tutor2_id = session_of(reader), tutor2.id
    give_address(tutor2)

    def look(decide):
        browser = world_after(decide, cookie, is_late=is_late).browser
        second = db.session.get_one(User, tutor2_id)
        letter = compose_digest(second)
        calendar = browser.get(link_of(second).split("8000", 1)[1]).text
        return letter["subject"], letter["text"], MOMENT.sub("", calendar)

    accepted, returned = look(accepting), look(returning)

    assert accepted == returned


@ON_SQLITE
@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR], ids=str)
def test_copy_of_own_data_and_letter_of_the_month_tell_a_second_reader_nothing(
    role, session_of, world_after, accepting, returning, tutor2, territory
):
    cookie, tutor2_id = session_of(Reader()), tutor2.id
    tutor2.roles = frozenset({Role.TUTOR, role})
    look_after(tutor2, territory)
    db.session.commit()

    def look(decide):
        world_after(decide, cookie, is_late=True)
        second = db.session.get_one(User, tutor2_id)
        copy = [
            (section.table, [MOMENT.sub("", str(row.values)) for row in section.rows])
            for section in sections_of(second)
        ]
        return copy, bulletin_of(second, today().replace(day=1))

    accepted, returned = look(accepting), look(returning)

    assert accepted == returned


@pytest.fixture
def accepted_work(module, cohort, captain, team, tutor, tutor2):
    """A work that Громов accepted, which waits for a second reader, with all done."""
    cohort.second_share = 100
    review = accept(send(module, captain, team), tutor)
    pass_quiz(captain, module, 100)
    assert count(Reading) == 1
    return review.attempt.submission


def test_those_who_may_know_see_the_decision(
    accepted_work, captain, tutor, tutor2, cohort
):
    known = {
        reader: read_facts([cohort.id], reader).gradebook.works
        for reader in (tutor, tutor2)
    }

    [mine], [theirs] = (works.values() for works in known.values())
    assert (mine.is_secret, theirs.is_secret) == (False, True)


def test_certificate_issued_meanwhile_tells_a_second_reader_nothing(
    accepted_work, captain, tutor, tutor2, cohort, sign_in
):
    paper = issue_certificate(captain, cohort, actor=tutor)
    browser = sign_in(tutor2)

    registry = browser.get("/certificates/").text
    remaining = browser.get(f"/certificates/remaining/{captain.id}").text

    assert paper.number not in registry + remaining
    assert browser.get(f"/certificates/{paper.number}").status_code == 404
    assert paper.number in sign_in(tutor).get("/certificates/").text


def test_certificate_is_in_no_journal_or_outbox_of_a_second_reader(
    accepted_work, captain, tutor, tutor2, cohort, sign_in
):
    tutor2.roles = frozenset({Role.TUTOR, Role.ADMIN})
    paper = issue_certificate(captain, cohort, actor=tutor)
    browser = sign_in(tutor2)

    journal = browser.get("/audit/").text
    letters = browser.get("/outbox/").text

    assert paper.number not in journal
    assert "Ваш сертификат" not in letters


def test_attempt_to_issue_what_was_issued_tells_a_second_reader_nothing(
    accepted_work, captain, tutor, tutor2, cohort
):
    issue_certificate(captain, cohort, actor=tutor)

    with pytest.raises(RuleError, match="Выполнено ещё не всё"):
        issue_certificate(captain, cohort, actor=tutor2)


def test_issue_to_a_whole_cohort_tells_a_second_reader_nothing(
    accepted_work, captain, tutor, tutor2, cohort, sign_in
):
    batch = start_batch(cohort, actor=tutor)
    while run_next():
        pass
    browser = sign_in(tutor2)
    page, archive = f"/certificates/batches/{batch.id}", "/certificates/archives/"

    eligible = browser.get("/certificates/eligible").text

    assert "выдача потоку" not in eligible
    assert browser.get(page).status_code == 404
    assert "Скачать архив" not in browser.get(f"{archive}{cohort.id}").text
    assert browser.get(f"{archive}{cohort.id}.zip").status_code == 403
    assert captain.full_name in sign_in(tutor).get(page).text
    assert sign_in(tutor).get(f"{archive}{cohort.id}.zip").status_code == 200


def test_reading_in_one_cohort_keeps_nothing_in_another(
    accepted_work, cohort, captain, module, tutor2, second_cohort
):
    owed = owed_by(captain, second_cohort, viewer=tutor2)

    assert module.id in {lesson.module_id for lesson in owed}
    assert owed_by(captain, cohort, viewer=tutor2) == []
