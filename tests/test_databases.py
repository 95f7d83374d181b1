"""The databases of the tests themselves."""

import subprocess
import sys

import pytest
import sqlalchemy as sa

from lms.core.config import ROOT

SERVE = """
import sys
from pathlib import Path
from tests import postgres
with postgres.running_server(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


def test_server_goes_with_the_run_that_was_killed(postgres_programs):
    command = [sys.executable, "-c", SERVE, postgres_programs]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as run:
        database = sa.create_engine(run.stdout.readline().strip())
        database.connect().close()
        database.dispose()

        run.kill()
        run.stderr.read()  # whoever cleans up after it holds the other end

    with pytest.raises(sa.exc.OperationalError, match="refused"):
        database.connect()
