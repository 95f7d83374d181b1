"""Pictures of strangers: turned as they were held, silent about place and camera."""

import pytest
from PIL import Image, PngImagePlugin

from lms.core.picture_child import clean
from lms.core.picture_ends import has_more
from lms.core.pictures import (
    PictureError,
    clean_picture,
    copies_of_picture,
    open_picture_sandbox,
)
from tests.photos import (
    BLUE,
    HEIC,
    MAKER,
    ORIENTATION,
    RED,
    TURNED_RIGHT,
    boundless_heic,
    boundless_jpeg,
    boundless_png,
    drawn,
    opened,
    packed,
    photo,
    plain_profile,
)


@pytest.fixture
def cleaned():
    """Return a function that cleans a picture in a child of its own."""

    def run(kind, content):
        with open_picture_sandbox() as sandbox:
            return clean_picture(sandbox, kind, content)

    return run


def looks_like(picture, point, colour):
    seen = picture.convert("RGB").getpixel(point)
    return all(abs(a - b) < 12 for a, b in zip(seen, colour, strict=True))


@pytest.mark.parametrize(
    ("kind", "content"),
    [("jpg", photo()), ("png", photo("PNG")), ("webp", photo("WEBP"))],
)
def test_photo_is_turned_as_it_was_held_and_tells_nothing(cleaned, kind, content):
    kept = cleaned(kind, content)
    picture = opened(kept.content)

    assert (kept.kind, picture.size) == (kind, (48, 64))
    assert looks_like(picture, (24, 5), RED)
    assert looks_like(picture, (24, 60), BLUE)
    assert not picture.getexif()
    assert b"Exif" not in kept.content


def test_photo_of_an_iphone_becomes_one_that_browsers_show(cleaned):
    kept = cleaned("heic", HEIC)
    picture = opened(kept.content)

    assert (kept.kind, picture.format, picture.size) == ("jpg", "JPEG", (64, 48))
    assert looks_like(picture, (5, 24), RED)
    assert b"Camera" not in kept.content


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_what_was_cleaned_once_is_not_written_again(cleaned, kind):
    format_ = {"jpg": "JPEG"}.get(kind, kind.upper())
    once = cleaned(kind, photo(format_, icc_profile=plain_profile())).content

    assert cleaned(kind, once).content == once


def words_of_a_png():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Вера Лях", zip=True)
    return packed(drawn(), "PNG", pnginfo=words)


def silent_jpeg(segment):
    content = packed(drawn(), "JPEG")
    return content[:2] + segment + content[2:]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("png", words_of_a_png()),
        ("jpg", packed(drawn(), "JPEG", comment="Вера Лях")),
        ("webp", packed(drawn(), "WEBP", xmp=b"<x:xmpmeta/>")),
        ("jpg", silent_jpeg(b"\xff\xed\0\x10Photoshop 3.0\0")),
        ("jpg", silent_jpeg(b"\xff\xe4\0\x08secret")),
    ],
)
def test_words_beside_the_picture_are_taken_off(cleaned, kind, content):
    kept = cleaned(kind, content).content

    assert kept != content
    assert not opened(kept).info.keys() & {"Author", "comment", "xmp", "photoshop"}
    assert b"secret" not in kept


def test_picture_without_words_stays_to_the_byte(cleaned):
    content = packed(drawn(), "JPEG", icc_profile=plain_profile(), dpi=(300, 300))

    assert cleaned("jpg", content).content == content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("more", [b"GPS 55.03, 82.92", b"\xff\xd9", b"\0" * 16])
def test_what_stands_behind_a_picture_is_taken_off(cleaned, kind, more):
    whole = packed(drawn(), kind, icc_profile=plain_profile() + b"\xff\xd9")

    kept = cleaned(kind.lower(), whole + more).content

    assert kept != whole + more
    assert not has_more(kept, kind)
    assert cleaned(kind.lower(), whole).content == whole


def test_colours_keep_their_profile(cleaned):
    kept = opened(cleaned("jpg", photo(icc_profile=plain_profile())).content)

    assert kept.info["icc_profile"] == plain_profile()


def test_picture_that_moves_still_does(cleaned):
    film = {"save_all": True, "append_images": [drawn().rotate(180)], "lossless": True}
    content = packed(drawn(), "WEBP", exif=b"Exif\0\0secret", **film)

    assert opened(cleaned("webp", content).content).n_frames == 2


def test_large_photo_becomes_as_large_as_phones_make_them(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    told = Image.Exif()
    told[MAKER] = "Камера"
    Image.new("L", (8064, 6048)).save(source, "JPEG", exif=told)

    clean(str(source), "jpg", str(target))

    assert opened(target.read_bytes()).size == (4032, 3024)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("png", boundless_png()),
        ("jpg", boundless_jpeg()),
        ("heic", boundless_heic()),
    ],
)
def test_picture_of_too_many_points_is_refused(cleaned, kind, content):
    with pytest.raises(PictureError, match="больше 65 млн точек"):
        cleaned(kind, content)


def test_photo_that_tells_nonsense_of_itself_is_taken(cleaned):
    content = packed(drawn(), "JPEG", exif=b"Exif\0\0nonsense")

    assert opened(cleaned("jpg", content).content).size == (64, 48)


@pytest.mark.parametrize("place", [17, 67])
def test_photo_that_tells_of_itself_in_broken_words_is_taken(cleaned, place):
    content = bytearray(photo())
    content[content.index(b"Exif") + place] = 0

    assert not opened(cleaned("jpg", bytes(content)).content).getexif()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("jpg", photo()[:700]),
        ("png", packed(drawn(), "PNG")[:-60]),
        ("webp", packed(drawn(), "WEBP")[:-20]),
        ("heic", HEIC[:-20]),
        ("heic", b"\0"),
        ("jpg", b"%!PS-Adobe-3.0 EPSF-3.0"),
    ],
)
def test_what_is_not_a_whole_picture_is_refused(cleaned, kind, content):
    with pytest.raises(PictureError, match="не читается"):
        cleaned(kind, content)


def copies(content, kind, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(content)
    with open_picture_sandbox() as sandbox:
        found = copies_of_picture(sandbox, kind, source, [320, 1600])
    return [opened(copy) for copy in found]


def test_copies_are_small_and_upright(tmp_path):
    told = Image.Exif()
    told[ORIENTATION] = TURNED_RIGHT
    content = packed(drawn(2000, 1000), "JPEG", exif=told)

    small, large = copies(content, "jpg", tmp_path)

    assert (small.size, large.size) == ((160, 320), (800, 1600))
    assert looks_like(small, (80, 20), RED)
    assert not small.getexif()


def test_copy_of_a_small_picture_is_no_larger(tmp_path):
    small, large = copies(packed(drawn(), "PNG"), "png", tmp_path)

    assert small.size == large.size == (64, 48)


def test_colours_of_a_copy_need_no_profile(tmp_path):
    content = packed(drawn(), "JPEG", icc_profile=plain_profile())

    small, _ = copies(content, "jpg", tmp_path)

    assert "icc_profile" not in small.info
    assert looks_like(small, (5, 24), RED)


def test_what_is_clear_in_a_picture_is_clear_in_its_copy(tmp_path):
    clear = drawn().convert("RGBA")
    clear.putalpha(0)

    small, _ = copies(packed(clear, "PNG"), "png", tmp_path)

    assert small.getpixel((5, 5))[3] == 0


def test_copy_of_a_scan_in_fine_greys_shows_them(tmp_path):
    scan = Image.new("I;16", (64, 48), 128 * 256)

    small, _ = copies(packed(scan, "PNG"), "png", tmp_path)

    assert looks_like(small, (5, 5), (128, 128, 128))
