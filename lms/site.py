"""The site, put together from its wings."""

import mimetypes
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from lms.core import (
    access,
    assets,
    commands,
    compression,
    errors,
    headers,
    health,
    language,
    logs,
    metrics,
)
from lms.core.backup.commands import register_backup
from lms.core.config import ROOT, load_config
from lms.core.extensions import csrf, db, limiter, login_manager
from lms.core.fields import as_on_page
from lms.core.mail import has_mail_server
from lms.core.migrations import register_migrations
from lms.core.request import CONVERTERS, HostCheck, SiteRequest
from lms.course.settings.loading import register_organiser
from lms.identity.accounts.sessions import register_sessions
from lms.identity.erasures.commands import register_replay
from lms.overview.home.navigation import register_navigation
from lms.setup.commands import register_setup
from lms.text.stored import stored_html

# The wings of the house, lowest first, with their features in the same order:
# each knows only those before it (tests/test_layers.py).
WINGS = {
    "identity": [
        "audit",
        "accounts",
        "factors",
        "addresses",
        "letters",
        "outbox",
        "requests",
        "erasures",
    ],
    "course": [
        "content",
        "modules",
        "editing",
        "revisions",
        "releases",
        "settings",
        "cohorts",
    ],
    "schools": [
        "territories",
        "teams",
        "members",
        "invitations",
        "people",
        "newcomers",
        "enrolments",
        "meetings",
    ],
    "work": [
        "quizzes",
        "submissions",
        "ticks",
        "quotas",
        "drafts",
        "tasks",
        "presence",
        "uploads",
        "previews",
        "credits",
    ],
    "review": [
        "filters",
        "remarks",
        "calibration",
        "reviews",
        "questions",
        "threads",
        "appeals",
        "moderation",
        "handovers",
        "deferrals",
    ],
    "outcomes": [
        "certificates",
        "batches",
        "holders",
        "plans",
    ],
    "network": [
        "practices",
        "partners",
        "ventures",
        "exchange",
        "councils",
        "mentors",
        "pairs",
        "library",
    ],
    "monitoring": [
        "projects",
        "diagnostics",
        "surveys",
        "indicators",
        "reports",
    ],
    "overview": [
        "agenda",
        "announcements",
        "digest",
        "news",
        "progress",
        "timesheets",
        "mailings",
        "bulletins",
        "search",
        "home",
        "viewpoints",
        "dossier",
    ],
}

# Where the machine's own table is incomplete, browsers refuse the file.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


def features() -> list[str]:
    """Return the package of every feature, lowest first."""
    return [f"lms.{wing}.{name}" for wing, names in WINGS.items() for name in names]


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the site. Starting it changes nothing: no migrations, no network."""
    app = Flask(
        "lms",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder=None,
    )
    app.request_class = SiteRequest
    app.url_map.converters.update(CONVERTERS)
    app.config.from_mapping(config or load_config())
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.wsgi_app = HostCheck(app.wsgi_app)  # type: ignore[method-assign]
    if proxies := app.config["LMS_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    # First, so that what CSRF refuses is logged with its own id and duration.
    logs.set_up_logging(app)
    metrics.measure_answers(app)
    for extension in (db, csrf, login_manager, limiter):
        extension.init_app(app)
    register_migrations(app, db)
    for part in (errors.register_error_pages, headers.set_security_headers):
        part(app)
    language.register_filters(app)
    app.add_template_filter(stored_html)
    app.add_template_filter(as_on_page)
    app.jinja_env.globals["has_mail_server"] = has_mail_server
    assets.serve_assets(app)
    compression.compress_answers(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(metrics.bp)
    for package in features():
        if find_spec(f"{package}.views"):  # a few features have no pages
            app.register_blueprint(import_module(f"{package}.views").bp)
    register_sessions(app)
    register_navigation(app)
    register_organiser(app)
    commands.register_commands(app)
    register_setup(app)
    register_backup(app)
    register_replay(app)
    access.protect(app)
    return app
