"""A real S3 server of our own for the tests: it checks signatures, and has buckets."""

import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import replace

import pytest

from lms.core.bucket import read_files

KEY, SECRET = "AKIDTOCHKA", "with/slash+plus@sign0000"
ADDRESS = "s3+http://AKIDTOCHKA:with%2Fslash%2Bplus%40sign0000@127.0.0.1:{}/{}/site"


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory):
    """The port of the server, and the folder in which a bucket is a folder."""
    folder, port = tmp_path_factory.mktemp("s3"), _free_port()
    keys = {"NANIO_ACCESS_KEY": KEY, "NANIO_SECRET_KEY": SECRET}
    command = [sys.executable, "-m", "nanio", "serve", "--no-access-log"]
    place = ["--data-dir", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen([*command, *place], env=os.environ | keys) as server:
        try:
            _await(port, server)
            yield port, folder
        finally:
            server.terminate()


@pytest.fixture
def bucket(s3_server):
    """An empty bucket, as the settings know it."""
    port, folder = s3_server
    name = f"tochka-{uuid.uuid4().hex[:8]}"
    (folder / name).mkdir()
    return read_files({"LMS_FILES_URL": ADDRESS.format(port, name)})


@pytest.fixture
def silent_bucket(bucket):
    """The same in a place where nobody answers."""
    return replace(bucket, endpoint=f"http://127.0.0.1:{_free_port()}")


@pytest.fixture
def age_bucket(s3_server, bucket):
    """Return a function that lets all its files have been stored at a moment."""

    def age(moment):
        folder = s3_server[1] / bucket.name
        # Without its own notes the server tells the time of the file.
        shutil.rmtree(folder / ".nanio-meta")
        for path in folder.rglob("*"):
            os.utime(path, (moment.timestamp(), moment.timestamp()))

    return age


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _await(port, server):
    """Wait until the server answers, or see it end."""
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the S3 server has ended")
