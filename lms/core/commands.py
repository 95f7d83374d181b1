"""Commands of the site as a whole; each feature has its own beside its views."""

import os
import signal
import threading
from types import FrameType

import click
from flask import Flask, current_app

from lms.core import fonts
from lms.core.worker import run_worker


def register_commands(app: Flask) -> None:
    """Add `flask assets …` and `flask jobs …`."""
    app.cli.add_command(assets)
    app.cli.add_command(work)


@click.group()
def assets() -> None:
    """Files that are made at set-up."""


@assets.command("font")
def make_font() -> None:
    """Subset the web font; does nothing when it is there."""
    if not fonts.WEB_FONT.exists():
        path = fonts.make_web_font()
        click.echo(f"{path.name}: {path.stat().st_size // 1024} KB")


@click.group("jobs")
def work() -> None:
    """Mail and other work that follows an answer."""


@work.command("run")
def run_jobs() -> None:
    """Do jobs until stopped: a worker process beside a production server."""
    stop = threading.Event()

    def leave(signal_number: int, _frame: FrameType | None) -> None:
        """Finish the job under way; who asks once more is obeyed at once."""
        signal.signal(signal_number, signal.SIG_DFL)
        stop.set()

    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, leave)
    click.echo(f"jobs: process {os.getpid()} works; Ctrl+C stops")
    run_worker(current_app._get_current_object(), stop)  # type: ignore[attr-defined]
