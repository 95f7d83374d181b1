"""What all pages of modules share."""

from flask import Blueprint

from lms.course.modules import commands

bp = Blueprint("modules", __name__, url_prefix="/modules")
for command in (commands.check, commands.sync, commands.export):
    bp.cli.add_command(command)
