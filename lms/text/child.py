"""The renderers as a process apart: one call a line in, one answer a line out."""

import json
import sys
from dataclasses import asdict

from lms.text import markup

FUNCTIONS = {
    "render_answer_page": markup.render_answer_page,
    "render_lesson": markup.render_lesson,
}


def serve() -> None:
    """Answer calls, one line each, until the input ends."""
    for line in sys.stdin:
        function, arguments = json.loads(line)
        try:
            page = asdict(FUNCTIONS[function](**arguments))
        except RecursionError:
            page = None
        sys.stdout.write(json.dumps(page) + "\n")
        sys.stdout.flush()
