"""The letter of the month has no pages; its command is `flask bulletins write`."""

from flask import Blueprint

from lms.overview.bulletins.commands import write_bulletins

bp = Blueprint("bulletins", __name__)
bp.cli.add_command(write_bulletins)
