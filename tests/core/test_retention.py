"""What is kept for a while only goes after its term, and docs say the same terms."""

import os
import re
from datetime import timedelta

import sqlalchemy as sa

from lms.core.config import ROOT
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Job, handlers
from lms.core.retention import BATCH, JOBS_LAST, LETTERS_LAST, terms
from lms.identity.accounts.models import SignIn
from lms.overview.mailings.models import Mailing, Outcome, Purpose, Recipient
from tests.conftest import count


def finished(ago, number=1, **facts):
    moment = utcnow() - ago
    db.session.add_all(
        Job(kind="mail", payload={}, done_at=moment, **facts) for _ in range(number)
    )
    db.session.commit()


def test_done_jobs_go_after_their_term_and_no_earlier(app):
    finished(JOBS_LAST + timedelta(hours=1), number=BATCH + 1)
    finished(JOBS_LAST - timedelta(hours=1))
    db.session.add(Job(kind="mail", payload={}))
    db.session.commit()

    handlers["forget job.done_at"]({})

    assert count(Job) == 2


def test_clock_set_back_forgets_nothing(app):
    finished(-timedelta(days=1000))

    handlers["forget job.done_at"]({})

    assert count(Job) == 1


def test_failed_jobs_go_after_their_term_and_no_earlier(app):
    for hours in (1, -1):
        parked_at = utcnow() - JOBS_LAST - timedelta(hours=hours)
        db.session.add(Job(kind="mail", payload={}, parked_at=parked_at))
    db.session.commit()

    handlers["forget job.parked_at"]({})

    assert count(Job) == 1


def test_ended_sign_ins_go(member):
    ended = utcnow() - terms["sign_in.created_at"].lasts - timedelta(minutes=1)
    db.session.add(SignIn(user_id=member.id, token_hash="-", created_at=ended))
    db.session.commit()

    handlers["forget sign_in.created_at"]({})

    assert count(SignIn) == 0


def test_guide_to_operating_tells_the_terms(app):
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

    rows = dict(re.findall(r"^\| (.+?) \| (\d+) д[а-я]+ \|", guide, re.MULTILINE))

    said = {what: timedelta(days=int(days)) for what, days in rows.items()}
    assert {term.what: term.lasts for term in terms.values()}.items() <= said.items()


def test_keys_of_several_columns_are_removed_as_well(app, count_statements):
    with count_statements() as statements:
        handlers["forget presence.seen_at"]({})

    assert any(sql.startswith("DELETE FROM presence") for sql in statements)


def test_rows_go_a_few_at_a_time(app, count_statements):
    finished(JOBS_LAST + timedelta(hours=1), number=BATCH + 1)

    with count_statements() as statements:
        handlers["forget job.done_at"]({})

    assert len([sql for sql in statements if sql.startswith("DELETE")]) == 3
    assert db.session.scalar(sa.select(sa.func.count(Job.id))) == 0


def test_letters_in_the_folder_go_after_their_term(app):
    folder = app.config["INSTANCE"] / "mail"
    folder.mkdir()
    for name, age in (("old.eml", 1), ("half.eml.part", 1), ("new.eml", -1)):
        (folder / name).touch()
        kept_at = (utcnow() - LETTERS_LAST - timedelta(hours=age)).timestamp()
        os.utime(folder / name, (kept_at, kept_at))

    handlers["forget mail"]({})

    assert [path.name for path in folder.iterdir()] == ["new.eml"]


def test_letters_to_teams_go_after_their_term(cohort, captain, team):
    for number, age in enumerate((1, -1)):
        moment = utcnow() - LETTERS_LAST - timedelta(hours=age)
        facts = {"cohort": cohort, "author": captain, "form_key": str(number)}
        words = {"title": "Все", "subject": "Сроки", "text": "Успеваем."}
        one = Mailing(purpose=Purpose.WORK, created_at=moment, **facts, **words)
        one.recipients = [
            Recipient(user=captain, team=team, outcome=Outcome.SENT, settled_at=moment)
        ]
        db.session.add(one)
    db.session.commit()

    for kind in ("forget recipient.settled_at", "forget mailing.created_at"):
        handlers[kind]({})

    assert count(Mailing) == count(Recipient) == 1
