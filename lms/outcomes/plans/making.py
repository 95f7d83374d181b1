"""The plan as a file: a short one at once, a long one in a process with limits."""

import base64
import threading
from dataclasses import asdict, dataclass
from typing import Any

from lms.core.errors import RuleError
from lms.core.sandbox import LateError, Sandbox, TangledError
from lms.outcomes.plans.paper import Paper

# Tags in the whole plan; nine full sections have about a thousand.
MOST_AT_ONCE = 3000
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS, SECONDS = 5, 20
# One long plan at a time in a process of the site; the next one waits a little.
CHILDREN, PATIENCE = threading.BoundedSemaphore(1), 5.0
BUSY = "Сервер сейчас занят, а план длинный. Попробуйте скачать его через минуту."
TOO_LONG = "Файл не получился: в плане тысячи строк и ячеек"


@dataclass(frozen=True)
class Made:
    """A document in base64, or why there is none."""

    content: str = ""
    refusal: str = ""


def document_of(paper: Paper, kind: str) -> bytes:
    """Return a plan as the bytes of a docx or pdf, or say what is in the way.

    A table of three thousand lines takes Word's library two seconds, and a plan has
    room for forty of them.
    """
    if paper.weight <= MOST_AT_ONCE:
        return _document(paper, kind)
    with Sandbox(
        memory=MEMORY, cpu_seconds=CPU_SECONDS, places=CHILDREN, patience=PATIENCE
    ) as sandbox:
        try:
            answer = sandbox.call(
                make_document, seconds=SECONDS, paper=asdict(paper), kind=kind
            )
        except LateError:
            raise RuleError(BUSY) from None
        except TangledError:
            raise RuleError(_refusal(paper)) from None
    made = Made(**answer)
    if made.refusal:
        raise RuleError(made.refusal)
    return base64.b64decode(made.content)


def make_document(paper: dict[str, Any], kind: str) -> Made:
    """Make a document in the child, whose answers are plain fields."""
    try:
        content = _document(Paper.load(paper), kind)
    except RuleError as error:
        return Made(refusal=str(error))
    return Made(base64.b64encode(content).decode())


def _document(paper: Paper, kind: str) -> bytes:
    if kind == "docx":
        from lms.outcomes.plans.word import word_plan

        return word_plan(paper)
    from lms.outcomes.plans.pdf import pdf_plan

    return pdf_plan(paper)


def _refusal(paper: Paper) -> str:
    """Name the paragraph that asks for most."""
    longest = max(paper.paragraphs, key=lambda one: one[1].weight, default=None)
    if longest is None:
        return f"{TOO_LONG}. Уберите лишние строки из «План и факт»."
    section, paragraph = longest
    return (
        f"{TOO_LONG}, больше всего в абзаце «{paragraph.label}» раздела"
        f" «{section.title}». Сократите его и скачайте план снова."
    )
