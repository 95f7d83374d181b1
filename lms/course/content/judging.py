"""Files that people send: what they are, judged by name, by size and by content."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.core.language import file_size
from lms.course.content.file_types import cure_for, named
from lms.course.content.media import complaint_about

# What else may be done with a file that is too large, where a text stands beside it.
OR_LINK = " или дайте ссылку"


def check_promise(
    name: str, size: int, kinds: Iterable[str], *, otherwise: str = ""
) -> str:
    """Return the kind that a name promises; refuse what needs no look inside."""
    kinds = list(kinds)
    kind = PurePosixPath(name).suffix.lower().removeprefix(".")
    if kind not in kinds:
        cure = _cure(kind, kinds, otherwise) or f"подойдут {named(kinds)}"
        raise RuleError(f"«{name}»: такие файлы не принимаются, {cure}.")
    if size > MAX_FILE:
        most = file_size(MAX_FILE)
        raise RuleError(f"«{name}» больше {most}. Уменьшите файл{otherwise}.")
    if size <= 0:
        raise RuleError(f"«{name}» пуст. Проверьте файл и приложите его ещё раз.")
    return kind


def judge_file(
    name: str,
    content: bytes,
    kinds: Iterable[str],
    *,
    look: Callable[[str, bytes], str] = complaint_about,
    otherwise: str = "",
) -> str:
    """Return the kind of a file that came whole; refuse what is not what it promises.

    `look` says of a kind and a content what is wrong with them, or nothing.
    """
    kind = check_promise(name, len(content), kinds, otherwise=otherwise)
    if wrong := look(kind, content):
        raise RuleError(f"«{name}»: {wrong}.")
    return kind


def _cure(kind: str, kinds: Iterable[str], otherwise: str) -> str:
    """Say how to save a file as what is taken here; a film has nothing but a link."""
    cure = cure_for(kind)
    fits = any(f".{one}" in cure for one in kinds) if "." in cure else bool(otherwise)
    return cure if fits else ""
