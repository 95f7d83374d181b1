"""How the site starts, and when it refuses to."""

import errno

import pytest

from lms.core import environment
from lms.core.config import check_bind, load_config
from lms.core.environment import StartError
from lms.site import create_app
from tests.conftest import settings


@pytest.fixture
def env(tmp_path):
    """The smallest environment: only a place to store."""
    return {"INSTANCE": str(tmp_path)}


@pytest.mark.parametrize(
    "production", [{"LMS_ENV": "production"}, {"SERVER_SOFTWARE": "gunicorn/27.0"}]
)
def test_production_does_not_start_without_a_secret(env, production):
    with pytest.raises(StartError, match="SECRET_KEY"):
        load_config(env | production)


def test_own_machine_keeps_one_random_secret(env, tmp_path):
    first, second = load_config(env), load_config(env)

    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_demonstration_refuses_production(env):
    with pytest.raises(StartError, match="LMS_DEMO"):
        load_config(env | {"LMS_DEMO": "1", "LMS_ENV": "production"})


@pytest.mark.parametrize(
    ("demo", "production"), [(True, False), (False, False), (True, True)]
)
def test_strangers_reach_only_production(demo, production):
    with pytest.raises(StartError, match="с других машин"):
        check_bind("0.0.0.0", demo=demo, production=production)


def test_loopback_and_production_are_served():
    check_bind("127.0.0.1", demo=True, production=False)
    check_bind("0.0.0.0", demo=False, production=True)


@pytest.fixture
def production(env):
    """The smallest environment of a real site."""
    address = {"LMS_URL": "https://course.example.org", "LMS_PROXIES": "1"}
    return env | address | {"LMS_ENV": "production", "SECRET_KEY": "к" * 32}


def test_production_starts_with_a_key_an_address_and_its_proxies(production):
    assert load_config(production)["LMS_PRODUCTION"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "k" * 31),
        ("LMS_URL", ""),
        ("LMS_URL", "http://course.example.org"),
        ("LMS_PROXIES", ""),
        ("LMS_ENV", "prod"),
    ],
)
def test_production_refuses_what_would_leave_it_open(production, name, value):
    with pytest.raises(StartError, match=name):
        load_config(production | {name: value, "SERVER_SOFTWARE": "gunicorn/27.0"})


def test_production_may_be_tried_on_loopback_without_tls(production):
    config = load_config(production | {"LMS_URL": "http://127.0.0.1:8000"})

    assert not config["SESSION_COOKIE_SECURE"]


def test_demonstration_has_a_folder_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr("lms.core.config.ROOT", tmp_path)

    assert load_config({"LMS_DEMO": "1"})["INSTANCE"].name == "instance-demo"
    assert load_config({})["INSTANCE"].name == "instance"


def test_folder_is_closed_to_others(tmp_path):
    folder = load_config({"INSTANCE": str(tmp_path / "new")})["INSTANCE"]

    assert folder.stat().st_mode & 0o077 == 0


def test_folder_that_cannot_be_written_is_told_at_the_start(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(StartError, match=r"INSTANCE=.*не записать"):
        load_config({"INSTANCE": str(tmp_path / "file")})


@pytest.fixture
def full_disk(env, monkeypatch):
    """Return a function that fills the disk under what may be written."""

    def refuse(*_words, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    def fill():
        monkeypatch.setattr(environment, "TemporaryFile", refuse)
        monkeypatch.setattr(environment.Path, "write_text", refuse)

    return fill


def test_full_disk_leaves_the_commands_that_only_read(env, full_disk, tmp_path):
    kept = load_config(env)["SECRET_KEY"]

    full_disk()

    assert load_config(env)["SECRET_KEY"] == kept
    assert load_config(env)["INSTANCE"] == tmp_path


def test_full_disk_without_a_secret_is_told_and_nothing_is_left(
    env, full_disk, tmp_path
):
    full_disk()

    with pytest.raises(StartError, match=r"INSTANCE=.*не записать"):
        load_config(env)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_addresses_of_postgresql_get_the_driver(env, scheme):
    config = load_config(env | {"DATABASE_URL": f"{scheme}://u:p@db/lms"})

    assert config["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://u:p@db/lms"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "99999"),
        ("LMS_PROXIES", "-1"),
        ("LMS_PROXIES", "abc"),
        ("DATABASE_URL", "foo"),
        ("DATABASE_URL", "mysql://u:p@db/lms"),
        ("DATABASE_URL", "postgresql://u:p@db:port/lms"),
        ("SMTP_URL", "mail.example.org"),
        ("SMTP_URL", "smtp://mail.example.org:port"),
        ("SMTP_URL", "smtp://u:%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C@mail.example.org"),
        ("LMS_MAIL_FROM", "noreply"),
        ("LMS_LIMITS_URL", "localhost:6379"),
        ("LMS_LIMITS_URL", "redis://localhost:port"),
        ("LMS_URL", "course.example.org"),
        ("LMS_URL", "https://course..example.org"),
        ("LMS_JOBS", "no"),
        ("LMS_TIMEZONE", "Moscow time"),
        ("LMS_TIMEZONE", "../../etc/passwd"),
    ],
)
def test_setting_that_makes_no_sense_is_told_at_the_start(env, name, value):
    with pytest.raises(StartError, match=name):
        load_config(env | {name: value})


@pytest.mark.parametrize("name", ["DATABASE_URL", "SMTP_URL"])
def test_refusal_repeats_no_password(env, name):
    with pytest.raises(StartError) as refusal:
        load_config(env | {name: "ftp://user:secret@host"})

    assert "secret" not in str(refusal.value)


def test_cookies_are_secure_behind_tls(env):
    config = load_config(env | {"LMS_URL": "https://course.example.org/"})

    assert config["SESSION_COOKIE_SECURE"]
    assert config["LMS_URL"] == "https://course.example.org"


def test_address_without_a_rule_of_access_stops_the_start(tmp_path, monkeypatch):
    from lms.overview.home import views

    monkeypatch.delattr(views.front, "access")

    with pytest.raises(RuntimeError, match=r"no rule of access: home\.front"):
        create_app(settings("sqlite://", tmp_path))


def test_lost_redis_does_not_close_the_site(template_database, tmp_path):
    lost = {"RATELIMIT_STORAGE_URI": "redis://127.0.0.1:1/0", "RATELIMIT_ENABLED": True}
    site = create_app(settings(f"sqlite:///{template_database}", tmp_path) | lost)

    assert site.test_client().get("/accounts/sign-in").status_code == 200


def test_headers_tell_what_the_site_never_does(guest):
    headers = guest.get("/accounts/sign-in").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-src" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_browsers_are_kept_to_tls_behind_tls(guest):
    page = guest.get("/accounts/sign-in", base_url="https://course.example.org")

    assert "Strict-Transport-Security" in page.headers


def test_static_files_are_kept_for_a_year_by_their_hash(guest):
    page = guest.get("/accounts/sign-in").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]

    with guest.get(address) as hashed, guest.get("/static/css/site.css") as plain:
        assert "max-age=31536000" in hashed.headers["Cache-Control"]
        assert "max-age=31536000" not in plain.headers.get("Cache-Control", "")


def test_signing_out_leaves_no_pages_behind(sign_in, member):
    browser = sign_in(member)

    page, left = browser.get("/home/"), browser.post("/accounts/sign-out")

    assert page.headers["Cache-Control"] == "private, no-cache"
    assert left.headers["Clear-Site-Data"] == '"cache"'
