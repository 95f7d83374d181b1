"""Writing together, files and sending."""

import io
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.core.language import today
from lms.core.storage import open_stored
from lms.identity.accounts.models import User
from lms.work.drafts import files, history, sending
from lms.work.drafts import services as drafts
from lms.work.drafts.history import history_of
from lms.work.drafts.models import DraftField, DraftFile, RivalText
from lms.work.drafts.rivals import rivals_of, settle
from lms.work.submissions import services
from lms.work.submissions.models import Attempt, Status, Submission
from tests.containers import boastful_archive, crowded_archive
from tests.photos import HEIC, boundless_png, opened, photo


@pytest.fixture
def work(module, team, captain):
    """The draft of «Опора» on the module, still empty."""
    return services.start_submission(module, user=captain, team=team)


def fields_of(work):
    return services.assignment_of(work.module.current_revision).fields


def keys(work):
    return [field.key for field in fields_of(work)]


def fill(work, author):
    """Write something into every field."""
    for key in keys(work):
        drafts.save_field(work, key, f"Ответ {key}", base_version=0, author=author)


def in_threads(app, *actions):
    """Do several things at the same moment; return what each gave or raised."""
    ready, outcomes = threading.Barrier(len(actions)), []

    def run(action):
        with app.app_context():
            ready.wait()
            try:
                outcomes.append(action())
            except RuleError as error:
                outcomes.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_second_member_gets_the_same_work(work, module, team, member):
    again = services.start_submission(module, user=member, team=team)

    assert again.id == work.id


def test_module_that_is_not_open_yet_is_refused(module, team, captain, cohort):
    cohort.rows[0].opens_on = today() + timedelta(days=1)
    cohort.rows[0].due_on = None
    db.session.commit()

    with pytest.raises(RuleError, match="не открыто"):
        services.start_submission(module, user=captain, team=team)


def test_two_members_in_two_fields_never_meet(work, captain, member):
    first, second = keys(work)[:2]

    drafts.save_field(work, first, "Первое", base_version=0, author=captain)
    drafts.save_field(work, second, "Второе", base_version=0, author=member)

    assert rivals_of(work) == {}


def test_two_members_in_one_field_keep_both_texts(work, captain, member):
    key = keys(work)[0]
    drafts.save_field(work, key, "Анна", base_version=0, author=captain)

    saved = drafts.save_field(work, key, "Олег", base_version=0, author=member)

    current = db.session.get_one(DraftField, (work.id, key))
    assert saved.is_rival
    assert (current.text, rivals_of(work)[key][0].text) == ("Анна", "Олег")


def test_the_same_text_from_two_members_is_no_rival(work, captain, member):
    key = keys(work)[0]
    drafts.save_field(work, key, "Одно", base_version=0, author=captain)

    saved = drafts.save_field(work, key, "Одно", base_version=0, author=member)

    assert not saved.is_rival


def test_saves_at_the_same_moment_lose_nothing(app, work, captain, member):
    key, work_id = keys(work)[0], work.id

    def save(text, author_id):
        submission = db.session.get_one(Submission, work_id)
        author = db.session.get_one(User, author_id)
        return drafts.save_field(submission, key, text, base_version=0, author=author)

    people = [(f"Текст {n}", (captain.id, member.id)[n % 2]) for n in range(2)]
    db.session.rollback()
    in_threads(app, *(lambda p=p: save(*p) for p in people))

    texts = {*db.session.scalars(sa.select(DraftField.text))}
    texts |= {*db.session.scalars(sa.select(RivalText.text))}
    assert texts == {"Текст 0", "Текст 1"}


@pytest.mark.parametrize(
    ("keep", "text"),
    [("field", "Анна"), ("rival", "Олег"), ("both", "Анна\n\nОлег")],
)
def test_team_chooses_and_the_other_text_stays_in_history(
    work, captain, member, keep, text
):
    key = keys(work)[0]
    drafts.save_field(work, key, "Анна", base_version=0, author=captain)
    drafts.save_field(work, key, "Олег", base_version=0, author=member)
    rival = rivals_of(work)[key][0]
    seen = rival.saved_at.isoformat()

    settle(work, rival.id, keep=keep, seen=seen, base_version=1, author=captain)

    history = {version.text for version in history_of(work, key)}
    assert db.session.get_one(DraftField, (work.id, key)).text == text
    assert rivals_of(work) == {}
    assert "Олег" in history


def test_choice_about_texts_that_changed_meanwhile_is_refused(work, captain, member):
    key = keys(work)[0]
    drafts.save_field(work, key, "Анна", base_version=0, author=captain)
    drafts.save_field(work, key, "Олег", base_version=0, author=member)
    rival = rivals_of(work)[key][0]
    seen = rival.saved_at.isoformat()
    drafts.save_field(work, key, "Олег, дальше", base_version=0, author=member)

    with pytest.raises(RuleError, match="текст изменили"):
        settle(work, rival.id, keep="field", seen=seen, base_version=1, author=captain)


def test_history_of_two_who_write_at_once_has_a_limit(
    work, captain, member, monkeypatch
):
    (key, *_) = keys(work)
    monkeypatch.setattr(history, "MOST_ENTRIES", 4)

    for version in range(9):
        author = (captain, member)[version % 2]
        drafts.save_field(work, key, str(version), base_version=version, author=author)

    assert [v.text for v in history_of(work, key)] == ["8", "7", "6", "5"]


def test_one_sitting_is_one_entry_of_history(work, captain, member):
    key = keys(work)[0]
    drafts.save_field(work, key, "А", base_version=0, author=captain)
    drafts.save_field(work, key, "АБ", base_version=1, author=captain)
    drafts.save_field(work, key, "АБВ", base_version=2, author=member)

    assert [v.text for v in history_of(work, key)] == ["АБВ", "АБ"]


def test_unknown_field_is_refused(work, captain):
    with pytest.raises(RuleError, match="поля"):
        drafts.save_field(work, "net_takogo", "x", base_version=0, author=captain)


def test_sending_makes_an_attempt_that_remembers_its_revision(work, captain, module):
    fill(work, captain)

    attempt = sending.send_attempt(work, author=captain)

    assert (attempt.number, work.status) == (1, Status.WAITING)
    assert attempt.revision_id == module.current_revision_id
    assert attempt.fields[0]["html"] == f"<p>Ответ {keys(work)[0]}</p>"


def test_empty_draft_names_every_missing_field(work, captain):
    with pytest.raises(sending.NotReadyError) as refusal:
        sending.send_attempt(work, author=captain)

    required = [f.key for f in fields_of(work) if f.required]
    assert [key for key, _ in refusal.value.problems] == required


def test_too_long_a_field_is_kept_and_not_sent(work, captain):
    fill(work, captain)
    field = fields_of(work)[0]
    text = "я" * (field.max_chars + 2)
    drafts.save_field(work, field.key, text, base_version=1, author=captain)

    with pytest.raises(sending.NotReadyError, match="сократите на 2"):
        sending.send_attempt(work, author=captain)


def test_unsettled_rivals_keep_the_work_from_being_sent(work, captain, member):
    fill(work, captain)
    drafts.save_field(work, keys(work)[0], "Олег", base_version=0, author=member)

    with pytest.raises(sending.NotReadyError, match="двух вариантов"):
        sending.send_attempt(work, author=captain)


def test_sent_work_takes_no_more_text(work, captain):
    fill(work, captain)
    sending.send_attempt(work, author=captain)

    with pytest.raises(RuleError, match="уже отправлена"):
        drafts.save_field(work, keys(work)[0], "x", base_version=1, author=captain)


def test_two_members_send_at_once_and_one_attempt_is_made(app, work, captain):
    fill(work, captain)
    work_id, author_id = work.id, captain.id
    db.session.rollback()

    def send():
        submission = db.session.get_one(Submission, work_id)
        author = db.session.get_one(User, author_id)
        return sending.send_attempt(submission, author=author).number

    outcomes = in_threads(app, send, send)

    count = db.session.scalar(sa.select(sa.func.count()).select_from(Attempt))
    assert count == 1
    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 1


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def test_file_travels_with_the_attempt(work, captain):
    fill(work, captain)
    files.add_file(work, io.BytesIO(PNG), "карта.png", author=captain)

    attempt = sending.send_attempt(work, author=captain)

    assert [(f.name, f.media_type) for f in attempt.files] == [
        ("карта.png", "image/png")
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("вирус.exe", b"MZ", "не принимаются, подойдут pdf, docx"),
        ("план.DOC", b"\xd0\xcf", r"Writer и сохраните как \.docx"),
        ("план.rtf", b"{", r"сохраните как \.docx"),
        ("смета.xls", b"\xd0\xcf", r"сохраните как \.xlsx"),
        ("показ.ppt", b"\xd0\xcf", r"сохраните как \.pptx"),
        ("IMG_1.HEIC", b"\0", "картинка не читается"),
        ("снимок.jpg", b"\xff\xd8" + b"\xff" * 20_000_000, "внутри не jpg"),
        ("снимок.jpg", photo()[:700], "картинка не читается"),
        ("карта.png", boundless_png(), "больше 65 млн точек"),
        ("фото.rar", b"Rar!", "соберите архив .zip"),
        ("урок.mp4", b"\0", "дайте ссылку"),
        ("план.pages", b"PK", "Экспортировать"),
        ("письмо.pdf", b"<html>", "внутри не pdf"),
        ("фото.jpg", PNG, "внутри не jpg"),
        ("пусто.pdf", b"", "пуст"),
        ("архив.zip", b"PK\x03\x04", "внутри не zip"),
        ("архив.zip", crowded_archive(), "слишком много файлов"),
        ("архив.zip", boastful_archive(), "больше 500 МБ"),
        ("большой.pdf", b"%PDF-" + b"0" * (20 * 1024 * 1024), r"больше 20\sМБ"),
    ],
)
def test_file_is_judged_by_its_content(work, captain, name, content, sentence):
    with pytest.raises(RuleError, match=sentence):
        files.add_file(work, io.BytesIO(content), name, author=captain)

    assert db.session.scalars(sa.select(DraftFile)).all() == []


def test_photo_of_an_iphone_comes_in_as_jpg(work, captain):
    file = files.add_file(work, io.BytesIO(HEIC), "IMG_1.HEIC", author=captain)

    assert (file.name, file.media_type) == ("IMG_1.jpg", "image/jpeg")
    with open_stored(file.sha256) as stored:
        assert opened(stored.read()).format == "JPEG"


def test_photo_of_an_iphone_under_another_name_is_known(work, captain):
    file = files.add_file(work, io.BytesIO(HEIC), "photo.png", author=captain)

    assert (file.name, file.media_type) == ("photo.jpg", "image/jpeg")


def test_photo_leaves_its_place_and_camera_behind(work, captain):
    file = files.add_file(work, io.BytesIO(photo()), "зал.jpg", author=captain)

    with open_stored(file.sha256) as stored:
        picture = opened(stored.read())
    assert picture.size == (48, 64)
    assert not picture.getexif()


def test_file_sent_twice_is_there_once(work, captain, member):
    first = files.add_file(work, io.BytesIO(PNG), "карта.png", author=captain)
    second = files.add_file(work, io.BytesIO(PNG), "карта.png", author=member)
    files.add_file(work, io.BytesIO(PNG), "копия.png", author=captain)

    assert first.id == second.id
    assert db.session.scalar(sa.select(sa.func.count(DraftFile.id))) == 2


def test_eleventh_file_is_refused(work, captain):
    for number in range(files.MAX_FILES):
        files.add_file(work, io.BytesIO(PNG), f"{number}.png", author=captain)

    with pytest.raises(RuleError, match="не больше 10"):
        files.add_file(work, io.BytesIO(PNG), "лишний.png", author=captain)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Мои документы\\план.docx", "план.docx"),
        ("a\u202egnp.exe.png", "agnp.exe.png"),
        ('<img src=x>".png', "_img src=x__.png"),
        ("..png", "png"),
    ],
)
def test_names_of_files_are_made_safe(name, clean):
    assert clean_name(name) == clean
