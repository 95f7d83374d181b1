"""Letters as they leave: what was said in a header is read there."""

import resource
from email import header, message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.core.mail import compose, deliver, fate, message_name, message_of
from lms.core.mail_headers import WholeHeaders
from lms.identity.erasures.asking import ask_erasure
from tests.conftest import PASSWORD

# Words as they stand in subjects: of either alphabet, with signs, some of them long.
LETTERS = "абвгдеёжийкщъюяАЯ№—«»…!?.,:;=_()/ abcXYZ0129"
LINES = st.text(LETTERS, min_size=1, max_size=300).map(lambda t: " ".join(t.split()))
LONG = (
    "Отсрочка: 4. Наставничество. Практики — срок продлён до 5 декабря. Дождитесь"
    " опроса, без него карта неполная. и ещё 1"
)


def letter(**headers):
    """Return the bytes of a letter with these headers."""
    message = EmailMessage(policy=WholeHeaders())
    for name, value in headers.items():
        message[name] = value
    message.set_content("Добрый день")
    return message.as_bytes()


def by_the_book(sent, name):
    """Return a header decoded by RFC 2047 alone."""
    value = message_from_bytes(sent, policy=policy.compat32)[name]
    return str(header.make_header(header.decode_header(value)))


@given(LINES)
@example(LONG)
def test_subject_is_read_as_it_was_written(subject):
    sent = letter(Subject=subject)

    assert message_from_bytes(sent, policy=policy.default)["Subject"] == subject
    assert by_the_book(sent, "Subject") == subject


ENCODED = ["=?utf-8?q?a?= b", "Re: =?utf-8?b?DQpCY2M6IHpAei5ydQ0K?=", "Опрос =?x?="]


@pytest.mark.parametrize("subject", ENCODED)
def test_subject_that_looks_encoded_is_read_as_it_was_typed(app, subject):
    with app.test_request_context():
        said = {"to": "a@x.ru", "subject": subject, "text": "", "message_id": "<a@b>"}
        sent = message_of(said | {"sender": subject}).as_bytes()

    assert by_the_book(sent, "Subject") == subject
    assert by_the_book(sent, "From").strip('"').startswith(subject.replace("=?", "= ?"))
    assert b"Bcc" not in sent.partition(b"\n\n")[0]


@given(LINES)
@example(LONG)
def test_long_subject_is_folded(subject):
    lines = letter(Subject=subject).partition(b"\n\n")[0].split(b"\n")

    assert max(map(len, lines)) <= 78 or subject.isascii()


@pytest.mark.parametrize("name", ["Курс @Школа", "Школа (@центр), @дом", "@ё..", "@"])
def test_name_of_the_sender_may_have_an_at_sign(app, name):
    with app.test_request_context():
        said = {"to": "a@x.ru", "subject": "Тема", "text": "", "message_id": "<a@b>"}
        sent = message_of(said | {"sender": name}).as_bytes()

    [read] = message_from_bytes(sent, policy=policy.default)["From"].addresses
    assert (read.display_name, read.addr_spec) == (name, "noreply@example.org")


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e"])
def test_signs_that_nobody_sees_are_left_out_of_headers(app, sign):
    with app.test_request_context():
        said = {
            "to": "a@x.ru",
            "subject": f"a{sign}b",
            "text": "",
            "message_id": "<a@b>",
        }
        sent = message_of(said | {"sender": f"c{sign}d"}).as_bytes()

    assert b"Subject: ab\n" in sent
    assert b"From: cd <" in sent


@given(st.text("абвгдеёж —№12 ab", min_size=1).map(str.strip).filter(bool))
def test_name_of_the_sender_is_read_as_it_was_written(name):
    name = " ".join(name.split())

    sent = letter(From=f'"{name}" <noreply@школа.рф>')

    read = by_the_book(sent, "From").replace('"', "")
    assert read == f"{name} <noreply@xn--80atdl2c.xn--p1ai>"


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("ivan@школа.рф", "ivan@xn--80atdl2c.xn--p1ai"),
        ("ivan@ШКОЛА.РФ", "ivan@xn--80atdl2c.xn--p1ai"),
        ("ivan@school.ru", "ivan@school.ru"),
        (f"{'i' * 60}@{'s' * 60}.ru", f"{'i' * 60}@{'s' * 60}.ru"),
    ],
)
def test_address_goes_out_in_latin_letters(address, sent):
    assert f"To: {sent}\n".encode() in letter(To=address)


@pytest.mark.parametrize(
    ("server", "one", "many"),
    [
        (
            "smtp://mail.example.org",
            "Письмо с причиной в очереди и скоро уйдёт.",
            "Письма в очереди и скоро уйдут.",
        ),
        (
            "",
            "Почта не настроена: письмо с причиной останется на сервере, в папке mail.",
            "Почта не настроена: письма останутся на сервере, в папке mail.",
        ),
    ],
)
def test_nobody_hears_that_a_letter_has_gone_before_it_has(app, server, one, many):
    app.config["SMTP_URL"] = server

    assert fate("письмо с причиной") == one
    assert fate("письма", many=True) == many


URL = "https://course.school.ru"


@pytest.fixture
def leaving(app):
    """Return a function that reads a letter as it leaves a real site."""
    app.config.update(LMS_URL=URL, LMS_MAIL_FROM="kurs@school.ru")

    def read(text="Добрый день", **facts):
        base = {"to": "anna@example.org", "subject": "Зачтено", "text": text}
        sent = message_of(base | {"message_id": message_name()} | facts).as_bytes()
        return message_from_bytes(sent, policy=policy.default)

    return read


def page(letter):
    return letter.get_body(("html",)).get_content()


def test_letter_is_kept_whole_or_not_at_all(app):
    sent = {"to": "anna@example.org", "subject": "Зачтено", "text": "Добрый день"}
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, most[1]))

    with pytest.raises(OSError, match="too large"):
        deliver(sent | {"message_id": message_name()})

    resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert list((app.config["INSTANCE"] / "mail").iterdir()) == []


def test_letter_comes_from_somebody_with_a_name(leaving, app):
    assert leaving()["From"] == "Точка сборки <kurs@school.ru>"
    for name in ('ЦНППМ "Рост"', "ЦНППМ\u2028Рост", "ЦНППМ\r\nРост "):
        assert leaving(sender=name)["From"] == "ЦНППМ Рост <kurs@school.ru>"

    app.config["LMS_MAIL_FROM"] = "Курс <kurs@school.ru>"
    assert leaving(sender="ЦНППМ")["From"] == "Курс <kurs@school.ru>"


def test_letter_says_that_a_machine_wrote_it(leaving):
    assert leaving()["Auto-Submitted"] == "auto-generated"
    assert leaving(headers={"Auto-Submitted": "no"})["Auto-Submitted"] == "no"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (URL, "course.school.ru"),
        ("https://школа.рф/курс", "xn--80atdl2c.xn--p1ai"),
        ("http://[::1]:8000", "localhost"),
    ],
)
def test_name_of_a_letter_has_the_host_of_the_site(app, address, host):
    app.config["LMS_URL"] = address

    assert message_name().endswith(f"@{host}>")
    assert message_name("digest:1") == message_name("digest:1")
    assert message_name() != message_name()


def test_text_of_a_letter_stays_as_it_is_beside_the_page(leaving):
    text = f"Работа вернулась:\n\n{URL}/submissions/1/\n\nПлан: {URL}/plans/1/"
    text += f"\n\n--\nНе присылать: {URL}/off"

    letter = leaving(text)

    plain = letter.get_body(("plain",)).get_content()
    assert plain.strip() == text
    assert page(letter).count("Открыть на сайте") == 1
    assert f'href="{URL}/submissions/1/"' in page(letter)


def test_line_of_dashes_in_the_words_of_people_is_no_foot(leaving):
    text = f"Анна пишет:\n\nраз\n--\nдва\n\n«{URL}/threads/1/»\n\n--\nНе присылать"

    before, _, foot = page(leaving(text)).partition("border-top")

    assert "раз<br>--<br>два" in before
    assert f'<a href="{URL}/threads/1/" style=' in before
    assert "Не присылать" in foot


def test_button_leads_to_the_site_alone(leaving):
    letter = leaving("Встреча: https://meet.example.org/1")

    assert "Открыть на сайте" not in page(letter)
    assert 'href="https://meet.example.org/1"' in page(letter)


def test_words_of_people_stay_words_on_the_page(leaving):
    shown = page(leaving("<img src=x onerror=alert(1)> & <b>жирно</b>"))

    assert "&lt;img src=x onerror=alert(1)&gt; &amp; &lt;b&gt;" in shown
    assert "<img" not in shown


@pytest.mark.parametrize("zone", ["Asia/Vladivostok", "Europe/Kaliningrad"])
def test_hours_in_a_letter_are_those_of_its_reader(app, member, zone):
    erasure = ask_erasure(member, password=PASSWORD)
    member.timezone = zone
    about = {"person": member, "erasure": erasure, "link": ""}

    with app.test_request_context():
        letter = compose("", "Тема", "identity/erasures/mail/asked.txt", **about)

    theirs = erasure.erase_at.astimezone(ZoneInfo(zone))
    assert f"{theirs:, %H:%M}." in letter["text"]
