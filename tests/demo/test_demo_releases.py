"""Lessons of the demonstration that change."""

from datetime import timedelta

from lms.core.language import course_day, today
from lms.course.modules.services import publish
from lms.course.releases.services import waiting_release
from lms.demo.releases import begin_with_earlier_text, plan, renew
from tests.sample_course import import_module

URL = "/modules/nastavnichestvo/"


def test_renewed_lesson_has_the_text_of_the_folder(module, admin, member, sign_in):
    imported = module.current_revision.content_hash
    begin_with_earlier_text(module, admin)

    renew(module, [member], admin)

    assert module.current_revision.content_hash == imported
    page = sign_in(member).get(URL).text
    assert "Занятие обновлено" in page
    assert "общем чате потока" in sign_in(member).get(f"{URL}changes/1").text


def test_plan_waits_for_the_morning_in_three_days(app, admin):
    revision = import_module("05-drugoe")
    publish(revision, actor=None)

    plan(revision.module, admin)

    release = waiting_release(revision.module_id)
    assert release.is_waiting
    assert course_day(release.planned_for) == today() + timedelta(days=3)
    assert revision.module.current_revision is revision
