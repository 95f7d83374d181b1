"""The one blueprint of all addresses of certificates."""

from flask import Blueprint

from lms.outcomes.certificates.commands import recount

# Half of the addresses is printed on paper, so they are short and stand at the root.
bp = Blueprint("certificates", __name__)
bp.cli.add_command(recount)
