"""The YAML of a front matter: its nodes, or what is wrong with which line."""

import yaml

MAX_DEPTH = 12
# Ten times as many words, lists and keys as the longest of our files has.
MAX_EVENTS = 10_000

_QUOTE = "Возьмите текст в двойные кавычки"
_LINKS = f"знаки & и * в начале значения — это ссылки YAML. {_QUOTE}"
_TYPES = f"знак «!» в начале значения — это тип YAML. {_QUOTE}"
_YAML_COMPLAINTS = {
    "ing a tag": _TYPES,
    "while scanning an a": _LINKS,
    "mapping values are not allowed": (
        "двоеточие с пробелом внутри текста: возьмите весь текст в двойные кавычки"
    ),
    "expected <block end>": (
        "строка не на своём месте: проверьте отступы слева и кавычки"
    ),
    "could not find expected ':'": "у ключа нет двоеточия: пишите «ключ: значение»",
    "cannot start any token": (
        "недопустимый знак в начале значения: возьмите текст в двойные кавычки, "
        "а отступы делайте пробелами"
    ),
    "unexpected end of stream": "открытая кавычка или скобка нигде не закрыта",
    "unknown escape": "обратная черта в двойных кавычках: возьмите текст в одинарные",
}


def line_of_part(part: yaml.Event | yaml.Node) -> int:
    """Count lines of the file from one; the first is the bar above the front matter."""
    return (part.start_mark.line if part.start_mark else 0) + 2


def compose(text: str) -> tuple[yaml.Node | None, str, int]:
    """Turn YAML into a tree of nodes, or tell what is wrong with which line."""
    try:
        return yaml.compose(text, Loader=_Loader), "", 2
    except _SurpriseError as surprise:
        return None, surprise.complaint, surprise.line
    except yaml.MarkedYAMLError as error:
        said = f"{error.context}: {error.problem}"
        mark = error.problem_mark
        if "end of stream" in said or mark is None:
            mark = error.context_mark
        complaint = next(
            (russian for part, russian in _YAML_COMPLAINTS.items() if part in said),
            "эту строку не понять: проверьте кавычки, отступы и двоеточия",
        )
        return None, complaint, mark.line + 2 if mark else 2
    except yaml.YAMLError:
        return None, "между строками «---» есть недопустимые знаки", 2


class _SurpriseError(Exception):
    """A part of YAML that would surprise a reader of the file."""

    def __init__(self, complaint: str, line: int) -> None:
        super().__init__(complaint)
        self.complaint, self.line = complaint, line


class _Loader(yaml.SafeLoader):
    """Makes nodes, and looks at each event before a node is made of it."""

    depth = 0
    events = 0

    def get_event(self) -> yaml.Event:
        event: yaml.Event = super().get_event()  # type: ignore[no-untyped-call]
        self.events += 1
        self.depth += isinstance(event, yaml.CollectionStartEvent)
        self.depth -= isinstance(event, yaml.CollectionEndEvent)
        complaint = _event_complaint(event, self.depth)
        if self.events > MAX_EVENTS:
            complaint = "слишком много ключей и значений: разделите файл"
        if complaint:
            raise _SurpriseError(complaint, line_of_part(event))
        return event


def _event_complaint(event: yaml.Event, depth: int) -> str:
    """Refuse those parts of YAML that would surprise a reader of the file."""
    if depth > MAX_DEPTH:
        return "слишком много уровней вложения"
    if getattr(event, "anchor", None):
        return _LINKS
    if getattr(event, "tag", None):
        return _TYPES
    return ""
