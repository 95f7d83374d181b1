import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.modules.contents import content_of
from lms.course.modules.files import files_of, folder_of
from lms.course.modules.intake import ContentError, import_revision
from lms.course.modules.models import Module, Revision
from lms.course.modules.services import newest_revision, publish, withdraw
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from tests.sample_course import (
    ASSIGNMENT,
    FILES,
    FOLDER,
    LESSON,
    files_without,
    import_module,
)


def second_revision(**changes):
    return import_module(files=files_without(lesson=LESSON.replace("25", "30")))


def test_revision_tells_lists_what_they_need(app):
    revision = import_module()

    assert (revision.number, revision.position, revision.minutes) == (1, 4, 25)
    assert revision.short_title == revision.title == "Наставничество. Практики"
    assert revision.assignment_title == "Карта наставничества"
    assert (revision.assignment_by, revision.work_required) == ("team", True)
    assert revision.has_quiz
    assert not revision.module.is_live


def test_revision_holds_the_files_as_they_came(app):
    revision = import_module()

    assert files_of(revision) == FILES
    assert folder_of(revision) == FOLDER


def test_lesson_leads_to_its_media_by_their_content(app):
    html = content_of(import_module()).lesson.html

    assert 'src="/modules/nastavnichestvo/media/' in html
    assert "/para.svg" in html


def test_next_revision_has_the_next_number(app):
    import_module()

    assert second_revision().number == 2


def test_same_files_make_no_other_revision(app):
    first = import_module()

    assert import_module() is first


def test_another_number_of_the_folder_is_a_change(app):
    import_module()

    assert import_module("05-nastavnichestvo").number == 2


def test_nothing_is_stored_of_files_with_mistakes(app):
    broken = files_without(
        "media/para.svg", assignment=ASSIGNMENT.replace("by:", "bu:")
    )

    with pytest.raises(ContentError) as refusal:
        import_revision(FOLDER, broken, author=None, note="")

    paths = {problem.path for problem in refusal.value.report.errors}
    assert paths == {f"{FOLDER}/lesson.md", f"{FOLDER}/assignment.md"}
    assert db.session.scalar(sa.select(sa.func.count(Module.id))) == 0


def test_number_of_another_module_is_refused(app):
    import_module()

    with pytest.raises(RuleError, match="Номер 04 уже у занятия «nastavnichestvo»"):
        import_module("04-drugoe")


def test_two_first_imports_at_once_make_one_module(app, race):
    import_module()
    db.session.rollback()
    files = [
        files_without(lesson=LESSON.replace("25", str(minutes))) for minutes in (7, 8)
    ]

    race(*[lambda f=f: import_module("05-para", f).id for f in files])

    numbers = sa.select(Revision.number).join(Module, Revision.module_id == Module.id)
    found = db.session.scalars(numbers.where(Module.slug == "para"))
    assert sorted(found) == [1, 2]


def test_publishing_is_written_into_the_journal(app, admin):
    revision = import_module()

    publish(revision, actor=admin)

    event = db.session.scalars(sa.select(AuditEvent)).one()
    assert revision.module.current_revision is revision
    assert (event.actor_id, event.after["версия"]) == (admin.id, 1)


def test_publishing_again_is_no_event(app, admin):
    revision = import_module()
    publish(revision, actor=admin)

    publish(revision, actor=admin)

    assert db.session.scalar(sa.select(sa.func.count(AuditEvent.id))) == 1


def test_earlier_revision_can_be_live_again(app, admin):
    first, second = import_module(), second_revision()
    publish(second, actor=admin)

    publish(first, actor=admin, instead_of=2)

    assert first.module.current_revision is first
    assert newest_revision(first.module) is second


def test_colleagues_revision_is_not_replaced_unseen(app, admin):
    first, second = import_module(), second_revision()
    publish(first, actor=admin)

    with pytest.raises(RuleError, match="опубликована версия 1"):
        publish(second, actor=admin, instead_of=0)


def test_of_two_admins_at_once_one_publishes(app, admin, race):
    first, second = import_module(), second_revision()
    ids, admin_id = [first.id, second.id], admin.id

    def publish_by_id(revision_id):
        revision = db.session.get(Revision, revision_id)
        actor = db.session.get(User, admin_id)
        publish(revision, actor=actor, instead_of=0)

    ends = race(*[lambda i=i: publish_by_id(i) for i in ids])

    assert sorted(isinstance(end, RuleError) for end in ends) == [False, True]
    assert db.session.scalar(sa.select(sa.func.count(AuditEvent.id))) == 1


def test_publishing_moves_the_module_to_its_number(app, admin):
    import_module()

    publish(import_module("05-nastavnichestvo"), actor=admin)

    assert db.session.scalars(sa.select(Module.position)).one() == 5


def test_taken_number_stops_publishing(app, admin):
    import_module()
    revision = import_module("05-drugoe")
    moved = import_module("04-drugoe")

    with pytest.raises(RuleError, match="Номер 04 уже у занятия «nastavnichestvo»"):
        publish(moved, actor=admin)

    assert revision.module.position == 5


def test_withdrawn_module_keeps_its_revisions(app, admin):
    revision = import_module()
    publish(revision, actor=admin)

    withdraw(revision.module, actor=admin)
    withdraw(revision.module, actor=admin)

    assert not revision.module.is_live
    assert newest_revision(revision.module) is revision
    assert db.session.scalar(sa.select(sa.func.count(AuditEvent.id))) == 2
