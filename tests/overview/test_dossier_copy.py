"""A copy of one's own data: all of one's own, and nothing of anybody else's."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import handlers
from lms.core.storage import open_stored, store_bytes, stored_names
from lms.identity.requests.models import DataRequest
from lms.overview.dossier import services
from lms.overview.dossier.holdings import holdings_of
from lms.overview.dossier.models import LASTS, Export
from lms.overview.dossier.services import KIND, ask_for_copy
from lms.work.drafts.models import DraftFile
from lms.work.drafts.services import save_field
from lms.work.submissions.services import start_submission
from tests.conftest import PASSWORD, count, letters

MINE, THEIRS = "Шьют по средам.", "Вяжут по четвергам."
PAGE = "/accounts/data/copy"


def put_file(work, author, name):
    """Put a file to the draft of a team."""
    stored = store_bytes(name.encode())
    facts = {"sha256": stored.sha256, "size": stored.size, "media_type": "text/plain"}
    row = {"submission_id": work.id, "uploaded_by_id": author.id, "name": name}
    db.session.add(DraftFile(**row, **facts))
    db.session.commit()


@pytest.fixture
def draft_of_two(module, team, captain, member):
    """Two people of one team have a text and a file each in the same draft."""
    work = start_submission(module, user=member, team=team)
    save_field(work, "zaprosy", MINE, base_version=0, author=member)
    save_field(work, "pary", THEIRS, base_version=0, author=captain)
    put_file(work, member, "мой.txt")
    put_file(work, captain, "чужой.txt")
    return work


def copy_of(person):
    """Ask for a copy, do the jobs, and open what is there."""
    ask_for_copy(person, password=PASSWORD)
    letters()
    export = db.session.query(Export).one()
    with open_stored(export.sha256) as file:
        return ZipFile(BytesIO(file.read()))


def everything_in(archive):
    """Return all names and all bytes of an archive as one text."""
    read = (archive.read(name).decode() for name in archive.namelist())
    return "\n".join([*archive.namelist(), *read])


def test_copy_has_ones_own_rows_and_files(draft_of_two, member):
    text = everything_in(copy_of(member))

    for mine in (member.full_name, member.email, MINE, "мой.txt"):
        assert mine in text


def test_copy_holds_nothing_of_another_person_of_the_team(
    draft_of_two, member, captain
):
    text = everything_in(copy_of(member))

    for theirs in (captain.full_name, captain.email, THEIRS, "чужой.txt"):
        assert theirs not in text
    assert member.password_hash not in text


def test_page_and_json_say_the_same_by_the_schema(draft_of_two, member):
    archive = copy_of(member)
    told, schema = (
        json.loads(archive.read(name)) for name in ("data.json", "data.schema.json")
    )

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(told)
    rows = told["tables"]["draft_file"]["rows"]
    assert [archive.read(row["files"][0]).decode() for row in rows] == ["мой.txt"]
    assert MINE in archive.read("index.html").decode()


def test_file_that_the_disk_has_lost_is_told_of(draft_of_two, member, app):
    stored = db.session.query(DraftFile).filter_by(name="мой.txt").one().sha256
    next(app.config["INSTANCE"].rglob(stored)).unlink()

    page = copy_of(member).read("index.html").decode()

    assert "Файл «мой.txt» на сервере не нашёлся." in page


def test_wrong_password_asks_for_nothing(member):
    with pytest.raises(RuleError):
        ask_for_copy(member, password="не тот пароль")

    assert count(DataRequest) == 0


def test_second_request_leads_to_the_first(member, sign_in):
    browser = sign_in(member)
    for _ in range(2):
        browser.post(PAGE, data={"current_password": PASSWORD})

    assert count(DataRequest) == 1
    assert "Копия собирается" in browser.get(PAGE).text


def test_two_requests_at_once_are_one(member, race):
    user_id, person = member.id, type(member)

    def ask():
        ask_for_copy(db.session.get_one(person, user_id), password=PASSWORD)

    assert race(ask, ask) == [None, None]
    assert count(DataRequest) == 1


def test_job_that_is_done_twice_makes_one_copy(member):
    ask_for_copy(member, password=PASSWORD)
    asked = {"request_id": db.session.query(DataRequest).one().id}
    for _ in range(2):
        handlers[KIND](asked)

    assert count(Export) == 1
    assert [sent["to"] for sent in letters()] == [member.email]


def test_job_that_was_stopped_while_it_wrote_begins_anew(member, monkeypatch):
    def power_cut(*_args, **_more):
        raise KeyboardInterrupt

    ask_for_copy(member, password=PASSWORD)
    asked = {"request_id": db.session.query(DataRequest).one().id}
    with monkeypatch.context() as patch:
        patch.setattr("lms.overview.dossier.archive.render_template", power_cut)
        with pytest.raises(KeyboardInterrupt):
            handlers[KIND](asked)
    db.session.rollback()
    handlers[KIND](asked)

    assert count(Export) == 1


def test_copy_of_somebody_who_is_erased_meanwhile_leaves_no_bytes(member, monkeypatch):
    whole = services.write_copy

    def write_and_erase(file, person, *rest, **said):
        whole(file, person, *rest, **said)
        services.drop_copies(person)
        db.session.commit()

    monkeypatch.setattr(services, "write_copy", write_and_erase)
    ask_for_copy(member, password=PASSWORD)
    letters()

    assert count(Export) == 0
    assert stored_names() == set()


def test_link_is_for_the_person_and_for_a_week(member, captain, sign_in):
    copy_of(member)
    export = db.session.query(Export).one()
    address = f"{PAGE}/{export.request_id}.zip"

    assert sign_in(member).get(address).status_code == 200
    assert sign_in(captain).get(address).status_code == 404
    export.made_at = utcnow() - LASTS - timedelta(minutes=1)
    db.session.commit()
    assert sign_in(member).get(address).status_code == 404


def test_night_forgets_the_copy_and_keeps_the_request(member):
    copy_of(member)
    db.session.query(Export).one().made_at = utcnow() - LASTS - timedelta(minutes=1)
    db.session.commit()

    handlers["forget export.made_at"]({})

    assert (count(Export), count(DataRequest)) == (0, 1)


def test_page_counts_what_is_kept_in_one_statement(member, count_statements):
    assert member.email  # as loaded as whoever looks at a page is
    with count_statements() as statements:
        counts = {one.caption: one.count for one in holdings_of(member)}

    assert len(statements) == 1
    assert counts["Учётная запись, команды, чтение и черновики"] == 2


def test_closed_account_gets_no_copy(member):
    ask_for_copy(member, password=PASSWORD)
    member.closed_at = utcnow()
    db.session.commit()

    letters()

    assert count(Export) == 0
    assert not db.session.query(DataRequest).one().is_open
