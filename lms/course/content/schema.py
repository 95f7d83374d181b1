"""What front matter may hold: the base of its models and mistakes in Russian."""

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from lms.course.content.frontmatter import Path, Source
from lms.course.content.problems import Problems, did_you_mean


class FrontMatter(BaseModel):
    """Something that an author declares; a key that we do not know is a mistake."""

    # Built when first used: most commands and pages read no content at all.
    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
        strict=True,
        frozen=True,
        str_strip_whitespace=True,
    )


AnyFrontMatter = TypeVar("AnyFrontMatter", bound=FrontMatter)
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Mistake = tuple[Path, str]
Rules = Callable[[dict[str, Any]], Iterator[Mistake]]


def up_to(longest: int) -> StringConstraints:
    """Ask for a text that is there and is not longer than that."""
    return StringConstraints(min_length=1, max_length=longest)


def read_front_matter(
    model: type[AnyFrontMatter], rules: Rules, source: Source, problems: Problems
) -> AnyFrontMatter | None:
    """Check front matter by its model and its rules and report every mistake.

    Rules look at the words as they are written, so that one misspelt key does
    not hide from an author what the rules have to say about the others.
    """
    if source.front_matter is None:
        return None
    mistakes = list(rules(source.front_matter))
    declared = None
    try:
        declared = model.model_validate(source.front_matter)
    except ValidationError as failure:
        for error in failure.errors(include_url=False):
            mistakes.append((error["loc"], _in_russian(error, model)))
    for place, message in mistakes:
        problems.error(source.path, source.line_of(place), message)
    return None if mistakes else declared


def no_rules(_declared: dict[str, Any]) -> Iterator[Mistake]:
    """Find nothing: the model says it all."""
    return iter(())


def things(declared: Any, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Go through a list of things, past whatever has the wrong shape."""
    listed = declared.get(name) if isinstance(declared, dict) else None
    for number, thing in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(thing, dict):
            yield number, thing


def repeated(declared: dict[str, Any], name: str, key: str) -> Iterator[Mistake]:
    """Find things of one list that are called the same."""
    seen: set[str] = set()
    for number, thing in things(declared, name):
        value = thing.get(key)
        if isinstance(value, str) and value in seen:
            yield (name, number, key), f"«{value}» уже есть выше: назовите иначе"
        seen.add(str(value))


def whole(value: Any) -> int | None:
    """Return a whole number as it is and nothing for everything else."""
    return value if type(value) is int else None


def _in_russian(error: ErrorDetails, model: type[BaseModel]) -> str:
    name = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
    if error["type"] == "extra_forbidden":
        known = list(_model_at(model, error["loc"][:-1]).model_fields)
        return f"неизвестный ключ «{name}». {did_you_mean(name, known)}"
    if error["input"] is None and error["type"] != "missing":
        return f"после «{name}:» пусто: допишите значение или уберите ключ"
    say = _SENTENCES.get(error["type"])
    if say is None:
        return f"«{name}»: значение не подходит"
    return say(name, error["input"], error.get("ctx", {}))


def _model_at(model: type[BaseModel], place: Path) -> type[BaseModel]:
    """Return the model that describes what stands at a place of front matter."""
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_inside(model.model_fields[part].annotation) or model
    return model


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = (_model_inside(part) for part in get_args(annotation))
    return next((found for found in inside if found), None)


Sentence = Callable[[str, Any, dict[str, Any]], str]


def _count(given: Sequence[Any]) -> int:
    return len(given.strip()) if isinstance(given, str) else len(given)


_SENTENCES: dict[str, Sentence] = {
    "string_pattern_mismatch": lambda name, given, ctx: (
        f"«{_short(given)}»: пишите строчными латинскими буквами, цифрами и знаком _"
    ),
    "missing": lambda name, given, ctx: f"нет ключа «{name}»: добавьте его",
    "string_type": lambda name, given, ctx: (
        f"«{name}»: нужен текст; если это число или слово true, возьмите его в кавычки"
    ),
    "int_type": lambda name, given, ctx: (
        f"«{name}»: нужно целое число без кавычек, а стоит «{_short(given)}»"
    ),
    "bool_type": lambda name, given, ctx: (
        f"«{name}»: нужно true или false, а стоит «{_short(given)}»"
    ),
    "list_type": lambda name, given, ctx: (
        f"«{name}»: нужен список, каждая строка начинается с «- »"
    ),
    "dict_type": lambda name, given, ctx: f"«{name}»: нужны ключи со значениями",
    "model_type": lambda name, given, ctx: f"«{name}»: нужны ключи со значениями",
    "string_too_short": lambda name, given, ctx: f"«{name}»: текст пуст, напишите его",
    "string_too_long": lambda name, given, ctx: (
        f"«{name}»: {_count(given)} знаков, а можно не больше {ctx['max_length']}: "
        "сократите"
    ),
    "too_short": lambda name, given, ctx: (
        f"«{name}»: в списке {_count(given)}, а нужно не меньше {ctx['min_length']}"
    ),
    "too_long": lambda name, given, ctx: (
        f"«{name}»: в списке {_count(given)}, а можно не больше {ctx['max_length']}"
    ),
    "greater_than_equal": lambda name, given, ctx: (
        f"«{name}»: {given}, а нужно не меньше {ctx['ge']}"
    ),
    "less_than_equal": lambda name, given, ctx: (
        f"«{name}»: {given}, а можно не больше {ctx['le']}"
    ),
    "literal_error": lambda name, given, ctx: (
        f"«{name}»: «{_short(given)}» не подходит, а бывает "
        + str(ctx["expected"]).replace("'", "").replace(" or ", " или ")
    ),
}


def _short(given: Any) -> str:
    words = str(given)
    return words if len(words) <= 40 else words[:39] + "…"
