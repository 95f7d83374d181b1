"""How long Markdown may take, and what is shown of a text that takes longer."""

import html
import re
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from lms.core.sandbox import LateError, Sandbox, TangledError
from lms.text.page import Page

# Up to this length the worst text that a long search could find takes 0.1 s.
SHORT = 500
# Of the processor: so long the short texts of one page, or of one module, may take all
# together here; those after them go to the child.
OWN_SECONDS = 0.3
# Children that render at once in one process of the site, the others wait for them.
CHILDREN = threading.BoundedSemaphore(2)
CPU_SECONDS = 1
# Of the machine: a shortening of 80 KB that a lesson uses 9000 times takes gigabytes.
MEMORY = 1024 * 1024 * 1024
SECONDS = 3.0
PATIENCE = 3.0


def open_sandbox(
    *, cpu_seconds: int = CPU_SECONDS, patience: float = PATIENCE
) -> Sandbox:
    """Make the place for `render_within`; no other one counts its children."""
    return Sandbox(
        memory=MEMORY, cpu_seconds=cpu_seconds, places=CHILDREN, patience=patience
    )


def render_answer(text: str, *, patience: float = PATIENCE) -> str:
    """Render what one person typed; never longer than a few seconds."""
    return render_answers([text], patience=patience)[0]


def render_answers(
    texts: Sequence[str], *, seconds: float = SECONDS, patience: float = PATIENCE
) -> list[str]:
    """Render what people typed, all of it within `seconds`.

    A text is shown whole, as it was typed, when it is not finished in time or when
    no child is free for it after `patience` seconds. The shortest go first, so that
    one slow text does not take the others with it.
    """
    from lms.text.markup import render_answer_page

    ends_at = time.monotonic() + seconds
    began = time.thread_time()
    rendered: dict[str, str] = {}
    with open_sandbox(patience=patience) as sandbox:
        for text in sorted(set(texts), key=len):
            left = ends_at - time.monotonic()
            try:
                page = render_within(
                    left, sandbox, render_answer_page, began=began, text=text
                )
                rendered[text] = page.html
            except TangledError:
                rendered[text] = _as_typed(text)
    return [rendered[text] for text in texts]


def render_within(
    seconds: float,
    sandbox: Sandbox,
    render: Callable[..., Page],
    *,
    began: float,
    **arguments: Any,
) -> Page:
    """Call one of the renderers, or raise `TangledError` when it takes too long.

    Some Markdown is slow on purpose: 20 KB of `[` take over 20 s. A long text is
    therefore rendered in a process that can be killed, and so is every text after
    those that have taken `OWN_SECONDS` since this thread `began` with them.
    """
    is_patient = time.thread_time() - began < OWN_SECONDS
    if len(arguments["text"]) > SHORT or not is_patient:
        reply = sandbox.call(render, seconds=seconds, **arguments)
        return Page.load(reply)
    if seconds <= 0:
        raise LateError
    try:
        return render(**arguments)
    except RecursionError:
        raise TangledError from None


def _as_typed(text: str) -> str:
    lines = "\n".join(html.escape(text.strip(), quote=False).splitlines())
    paragraphs = re.split(r"\n\s*\n", lines)
    return "\n".join("<p>" + p.replace("\n", "<br>\n") + "</p>" for p in paragraphs)
