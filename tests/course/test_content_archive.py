"""Files from a folder and from a zip that somebody sent."""

import io
import stat
import struct
import zipfile

import pytest

from lms.core.language import NBSP
from lms.course.content.archive import ArchiveError, content_hash, read_folder, read_zip
from tests.containers import crowded_archive
from tests.sample_module import FOLDER, module_files, packed

LESSON = {"lesson.md": b"1"}


def refusal(content):
    """What a person hears about a zip that was not opened."""
    with pytest.raises(ArchiveError) as refused:
        read_zip(content)
    return str(refused.value)


def entry(name, **facts):
    """A zip with a lesson and one entry that is peculiar in some way."""
    info = zipfile.ZipInfo(name)
    for fact, value in facts.items():
        setattr(info, fact, value)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lesson.md", b"1")
        archive.writestr(info, b"2")
    return buffer.getvalue()


def test_zip_with_the_files_themselves_is_opened():
    archive = read_zip(packed(module_files()))

    assert archive == ("", module_files())


def test_zip_with_the_folder_of_the_module_is_opened():
    inside = {f"{FOLDER}/{path}": file for path, file in module_files().items()}

    archive = read_zip(packed(inside))

    assert archive == (FOLDER, module_files())


def test_traces_of_computers_are_left_out():
    traces = ["__MACOSX/._lesson.md", ".DS_Store", "media/Thumbs.db", ".git/config"]

    archive = read_zip(packed(LESSON | dict.fromkeys(traces, b"")))

    assert archive.files == LESSON


def test_backslashes_of_windows_are_understood():
    archive = read_zip(packed(LESSON | {"media\\a.svg": b"2"}))

    assert set(archive.files) == {"lesson.md", "media/a.svg"}


@pytest.mark.parametrize("coding", ["cp866", "cp437", "utf-8"])
def test_russian_name_of_windows_and_of_macs_can_be_read(coding):
    name = {"cp437": "caf\xe9"}.get(coding, "карта")
    content = packed(LESSON | {"X" * len(name.encode(coding)): b"2"})
    content = content.replace(b"X" * len(name.encode(coding)), name.encode(coding))

    archive = read_zip(content)

    assert len(archive.files) == 2
    assert ("карта" in archive.files) == (coding != "cp437")


@pytest.mark.parametrize(
    "name",
    [
        "../lesson.md",
        "media/../../x",
        "/etc/passwd",
        "\\windows\\x",
        "..\\x",
        "C:\\x",
        "c:/x",
        "//host/x",
    ],
)
def test_path_out_of_the_archive_is_refused(name):
    assert "ведёт за пределы архива" in refusal(entry(name))


def test_file_without_a_name_is_refused():
    content = bytearray(packed({"a": b"1"}))
    central = content.index(b"PK\x01\x02")
    content[central + 28], content[central + 30] = 0, 1  # the name becomes an extra

    assert "за пределы" in refusal(bytes(content))


def test_symbolic_link_is_refused():
    link = entry("media/a.svg", external_attr=(stat.S_IFLNK | 0o777) << 16)

    assert "ссылка, а не файл" in refusal(link)


def test_file_under_a_password_is_refused():
    content = bytearray(packed(LESSON))
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1

    assert "под паролем" in refusal(bytes(content))


@pytest.mark.parametrize("again", ["lesson.md", "LESSON.md", "./lesson.md"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_same_file_twice_is_refused(again):
    assert "лежит в архиве дважды" in refusal(entry(again))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compression_is_refused(method):
    assert "сжат необычно" in refusal(entry("media/a.svg", compress_type=method))


def test_bomb_is_refused_by_how_much_it_shrank():
    bomb = packed(LESSON | {"media/a.svg": bytes(10_000_000)})

    assert "сжат подозрительно сильно" in refusal(bomb)


def test_bomb_of_many_files_is_refused_by_what_they_declare():
    bomb = packed(LESSON | {f"media/{n}.svg": bytes(200_000) for n in range(300)})

    assert f"больше 50{NBSP}МБ" in refusal(bomb)


def test_size_that_is_a_lie_is_found_while_reading():
    honest = packed(LESSON | {"media/a.svg": b"2" * 5_000})
    liar = honest.replace((5_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert "не открывается" in refusal(liar)


def test_zip_over_50_mb_is_not_even_opened():
    assert f"больше 50{NBSP}МБ" in refusal(b"PK" + bytes(50 * 1024 * 1024))


def test_more_than_500_files_are_refused():
    assert "501 файлов" in refusal(packed({f"{n}.md": b"" for n in range(501)}))


@pytest.mark.parametrize("name", ["a", "a/"])
def test_crowd_of_files_or_folders_is_refused_unopened(name):
    assert "слишком много" in refusal(crowded_archive(name=name))


@pytest.mark.parametrize("hidden", [400_000, 47 * 400_000])
def test_crowd_is_seen_by_the_number_of_files_and_by_the_length_of_their_list(hidden):
    crowd = crowded_archive().replace(struct.pack("<Q", hidden), struct.pack("<Q", 1))

    assert "слишком много" in refusal(crowd)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x05\x06" + bytes(18),
        b"Rar!\x1a\x07\x00",
        packed(LESSON)[:-30],
        packed(LESSON)[30:],
    ],
)
def test_what_is_not_a_whole_zip_is_refused(content):
    assert refusal(content)


def test_damaged_file_is_refused():
    content = bytearray(packed({"lesson.md": b"abc" * 100}))
    content[45] ^= 0xFF

    assert "не открывается" in refusal(bytes(content))


def test_zip_in_a_zip_is_refused():
    assert "ещё один архив" in refusal(packed({"04-proba.zip": packed(LESSON)}))


def test_several_modules_at_once_are_refused():
    both = packed({"04-a/lesson.md": b"1", "05-b/lesson.md": b"2"})

    assert "несколько занятий" in refusal(both)


def test_zip_without_a_lesson_is_refused():
    assert "нет lesson.md" in refusal(packed({"notes.txt": b"1"}))


def test_folder_is_read_without_hidden_files_and_links(tmp_path):
    for path in ["lesson.md", "media/a.svg", ".DS_Store", "__MACOSX/x", ".git/y"]:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(b"1")
    (tmp_path / "media" / "link.svg").symlink_to("/etc/passwd")

    files = read_folder(tmp_path)

    assert files == {"lesson.md": b"1", "media/a.svg": b"1"}


def test_hash_depends_on_names_and_contents_and_not_on_order():
    one = content_hash({"a": b"1", "b": b"2"})

    assert one == content_hash({"b": b"2", "a": b"1"})
    assert len({one, content_hash({"a": b"2", "b": b"1"}), content_hash({})}) == 3
