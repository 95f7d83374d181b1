"""«Точка сборки»: the course site of «Школа — центр социума»."""

import mimetypes
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from lms import (
    access,
    assets,
    commands,
    errors,
    headers,
    health,
    language,
    logs,
    markup,
)
from lms.accounts.sessions import register_sessions
from lms.config import ROOT, load_config
from lms.extensions import csrf, db, limiter, login_manager, migrate
from lms.home import views as home
from lms.home.navigation import register_navigation
from lms.request import CONVERTERS, SiteRequest

FEATURES = [
    "audit",
    "accounts",
    "letters",
    "modules",
    "revisions",
    "cohorts",
    "teams",
    "members",
    "invitations",
    "people",
    "newcomers",
    "enrolments",
    "quizzes",
    "submissions",
    "checklists",
    "drafts",
    "presence",
    "uploads",
    "previews",
    "credits",
    "filters",
    "remarks",
    "calibration",
    "reviews",
    "threads",
    "appeals",
    "readings",
    "handovers",
    "deferrals",
    "certificates",
    "plans",
    "agenda",
    "progress",
    "mailings",
]

# Where the machine's own table is incomplete, browsers refuse the file.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the site. Starting it changes nothing: no migrations, no network."""
    app = Flask(
        __name__,
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static",
    )
    app.request_class = SiteRequest
    app.url_map.converters.update(CONVERTERS)
    app.config.from_mapping(config or load_config())
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if proxies := app.config["LMS_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    for extension in (db, csrf, login_manager, limiter):
        extension.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    logs.set_up_logging(app)
    for part in (errors.register_error_pages, headers.set_security_headers):
        part(app)
    language.register_filters(app)
    app.add_template_filter(markup.stored_html)
    assets.version_assets(app)
    app.register_blueprint(health.bp)
    for feature in FEATURES:
        app.register_blueprint(import_module(f"lms.{feature}.views").bp)
    app.register_blueprint(home.bp)
    register_sessions(app)
    register_navigation(app)
    commands.register_commands(app)
    access.guard(app)
    return app
