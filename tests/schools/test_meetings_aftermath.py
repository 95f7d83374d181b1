"""What is left of a meeting: a summary, the recording, papers, answers beforehand."""

from io import BytesIO

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.schools.meetings import aftermath
from lms.schools.meetings.aftermath import Aftermath
from lms.schools.meetings.recordings import tell_lost
from lms.schools.meetings.replies import reply, reply_of
from tests import sample_course
from tests.conftest import letters
from tests.meetings import held

LINK = "https://video.example.org/vebinar"


@pytest.fixture
def past(cohort, team, tutor):
    return held(cohort, tutor)


def tell(meeting, tutor, summary="**Решили**", link=LINK, seen=None):
    now = aftermath.aftermath_of(meeting).fingerprint
    told = Aftermath(summary, link)
    aftermath.tell_aftermath(meeting, told, seen=seen or now, actor=tutor)


def test_members_read_the_summary_and_find_the_recording(past, tutor, member, sign_in):
    tell(past, tutor)

    page = sign_in(member).get(f"/agenda/meetings/{past.id}/").text

    assert "<strong>Решили</strong>" in page
    assert f'href="{LINK}"' in page


def test_second_of_two_tutors_keeps_both_texts(past, tutor, tutor2, sign_in):
    browser, url = sign_in(tutor), f"/agenda/meetings/{past.id}/summary"
    seen = aftermath.aftermath_of(past).fingerprint
    tell(past, tutor2, "Первый текст")

    page = browser.post(url, data={"summary": "Второй", "seen": seen}).text

    assert "сохранил кто-то ещё" in page
    assert "Второй" in page
    assert "<p>Первый текст</p>" in page


def test_link_that_is_not_https_is_refused_with_what_was_typed(past, tutor, sign_in):
    form = {"summary": "Слова", "recording_url": "http://example.org"}

    page = sign_in(tutor).post(f"/agenda/meetings/{past.id}/summary", data=form).text

    assert "начинается с https://" in page
    assert "Слова" in page
    assert past.recording_url == ""


def test_meeting_that_has_not_begun_has_no_summary(past, tutor):
    past.starts_at = past.starts_at.replace(year=past.starts_at.year + 1)
    db.session.commit()

    with pytest.raises(RuleError, match="не началась"):
        tell(past, tutor)


def test_paper_is_there_once_and_is_downloaded(past, tutor, member, sign_in):
    for _ in range(2):
        aftermath.add_paper(past, "П.pdf", sample_course.DOCUMENT, actor=tutor)

    [file] = past.files
    answer = sign_in(member).get(f"/agenda/meetings/{past.id}/files/{file.id}")

    assert answer.data == sample_course.DOCUMENT
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"MZ"), ("a.mp4", b"text"), ("a.pdf", b"")]
)
def test_other_files_are_refused(past, tutor, sign_in, name, content):
    form = {"file": (BytesIO(content), name)}

    page = sign_in(tutor).post(f"/agenda/meetings/{past.id}/files", data=form).text

    assert "field--invalid" in page
    assert past.files == []


def test_own_recording_counts_as_one(past, tutor):
    content = b"\0\0\0\x18ftypmp42" + bytes(20)

    aftermath.add_paper(past, "запись.mp4", content, actor=tutor)

    assert past.has_recording


def test_person_changes_the_answer_before_the_meeting(past, member):
    past.starts_at = past.starts_at.replace(year=past.starts_at.year + 1)
    db.session.commit()

    reply(past, member, comes=True)
    reply(past, member, comes=False)

    assert reply_of(past, member).comes is False


def test_nobody_answers_once_it_has_begun(past, member):
    with pytest.raises(RuleError, match="уже началась"):
        reply(past, member, comes=True)


def test_dead_link_is_told_to_the_tutor_once(past, tutor, member, sign_in):
    tell(past, tutor)
    browser, url = sign_in(member), f"/agenda/meetings/{past.id}"

    for _ in range(2):
        browser.post(f"{url}/lost")

    [letter] = letters()
    assert letter["to"] == tutor.email
    assert LINK in letter["text"]
    assert "не открывается" in sign_in(tutor).get(f"{url}/").text


def test_another_link_ends_the_complaint(past, tutor, member):
    tell(past, tutor)
    tell_lost(past, reader=member)

    tell(past, tutor, link=f"{LINK}-2")

    assert past.recording_lost_at is None
