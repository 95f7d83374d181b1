"""What a process keeps of revisions: never an old one, and not without end."""

import re

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.modules import contents
from lms.course.modules.contents import content_of, downloads_of
from lms.course.modules.models import Module, Revision
from lms.course.modules.services import newest_revision, publish
from lms.schools.teams.models import Membership
from tests.sample_course import LESSON, files_without, import_module

URL = "/modules/nastavnichestvo/"
PATCHED = LESSON.replace("title: Наставничество", "title: Новое название")


@pytest.fixture
def second(module):
    """A newer revision of the lesson with another title; not published."""
    return import_module(files=files_without(lesson=PATCHED))


def test_lesson_costs_two_statements_and_so_does_finding_it_unchanged(
    sign_in, member, module, count_statements
):
    reader = sign_in(member)
    known = {"If-None-Match": reader.get(URL).headers["ETag"]}

    with count_statements() as whole:
        reader.get(URL)
    with count_statements() as same:
        assert reader.get(URL, headers=known).status_code == 304

    assert len(whole) == len(same) == 2  # the person with the settings, the path


def test_pages_of_a_participant_compare_no_parameter_with_a_partial_index(
    sign_in, member, team, module, count_statements
):
    """SQLite would prepare the statement anew each time, longer than it takes."""
    reader = sign_in(member)
    told = Membership.__table__.update().values(news_seen_at=team.cohort.created_at)
    db.session.execute(told)
    db.session.commit()

    with count_statements() as statements:
        for page in (URL, "/home/"):
            reader.get(page)

    columns = "|".join(sorted(columns_of_partial_indexes()))
    assert columns.count("|") >= 2
    assert re.findall(rf"\b(?:{columns}) !?= [?%]", "\n".join(statements)) == []


def columns_of_partial_indexes():
    """Return the columns that a condition compares with a word."""
    return {
        rf"{table.name}\.{column}"
        for table in db.metadata.sorted_tables
        for index in table.indexes
        if (where := index.dialect_options["sqlite"]["where"]) is not None
        for column in re.findall(r"(\w+) = '", str(where))
    }


def test_revision_is_read_once_by_a_process(module, count_statements):
    revision = module.current_revision
    content_of(revision), downloads_of(revision)

    with count_statements() as statements:
        assert content_of(revision).lesson.title == revision.title
        assert [download.kind for download in downloads_of(revision)] == ["PDF"]

    assert statements == []


def test_lesson_that_was_brought_back_is_read_again(sign_in, member, module, second):
    reader, first = sign_in(member), module.current_revision
    titles = []

    for revision in (first, second, first):
        publish(revision, actor=None)
        titles.append("Новое название" in reader.get(URL).text)

    assert titles == [False, True, False]


def test_publication_by_another_process_is_seen_at_once(
    sign_in, member, module, second
):
    reader = sign_in(member)
    known = {"If-None-Match": reader.get(URL).headers["ETag"]}
    moved = sa.update(Module).values(current_revision_id=second.id)
    moved = moved.where(Module.id == module.id)
    db.session.commit()

    with db.engine.begin() as another:
        another.execute(moved)

    page = reader.get(URL, headers=known)
    assert "Новое название" in page.text


def test_backup_with_another_text_under_the_same_id_is_not_mistaken(module):
    revision = newest_revision(module)
    content_of(revision)
    changed = revision.content | {"order": 9}
    restored = sa.update(Revision).values(content=changed, content_hash="another")
    db.session.commit()

    with db.engine.begin() as backup:
        backup.execute(restored.where(Revision.id == 1))

    assert revision.id == 1
    assert content_of(revision).order == 9


def test_process_keeps_so_many_revisions_and_no_more(module):
    kept = (
        contents._read_content,
        contents._read_drawn_content,
        contents._read_downloads,
    )

    assert {one.cache_info().maxsize for one in kept} == {contents.KEPT_REVISIONS}
