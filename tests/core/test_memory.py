"""A process of the site loads and keeps only what serving pages takes."""

import os
import subprocess
import sys

from lms.core.config import ROOT

LOADED = "import sys, app; print(*sorted({name.split('.')[0] for name in sys.modules}))"
COLLECTOR = "import gc, app; print(gc.isenabled(), gc.get_freeze_count() > 0)"
# What takes long to load or much room, and few pages need.
SELDOM = {
    *("alembic", "bleach", "docx", "email_validator", "flask_migrate", "fontTools"),
    *(
        "icalendar",
        "lxml",
        "markdown",
        "obstore",
        "pymdownx",
        "python_calamine",
        "segno",
    ),
    *("redis", "typst", "xlsxwriter", "zxcvbn"),
}


def said_by(script, folder):
    """Run a script beside `app.py`, as a command does, and return what it printed."""
    env = os.environ | {"INSTANCE": str(folder), "FLASK_RUN_FROM_CLI": "true"}
    script = f"import click\nwith click.Context(click.Command('x')):\n {script}"
    command = [sys.executable, "-c", script]
    return subprocess.check_output(command, cwd=ROOT, env=env, text=True).split()


def test_site_loads_no_library_that_few_pages_need(tmp_path):
    assert not SELDOM & set(said_by(LOADED, tmp_path))


def test_collector_works_once_the_site_is_loaded(tmp_path):
    assert said_by(COLLECTOR, tmp_path) == ["True", "True"]
