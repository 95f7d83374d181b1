"""What front matter may hold: the base of its models and mistakes in Russian."""

import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from lms.modules.frontmatter import Path, Source
from lms.modules.problems import Problems, did_you_mean

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Matter(BaseModel):
    """Something that an author declares; a key that we do not know is a mistake."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, str_strip_whitespace=True
    )


AnyMatter = TypeVar("AnyMatter", bound=Matter)


def broken_rule(message: str, *at: str | int) -> PydanticCustomError:
    """Return a mistake of our own; `at` leads from the value to its place inside."""
    return PydanticCustomError("rule", "{message}", {"message": message, "at": at})


def _check_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise broken_rule(
            f"«{key}»: ключ пишут строчными латинскими буквами, цифрами и знаком _"
        )
    return key


def unique(name: str) -> AfterValidator:
    """Refuse a list in which two things have the same `name`."""

    def check(things: list[Any]) -> list[Any]:
        seen: set[str] = set()
        for number, thing in enumerate(things):
            value = getattr(thing, name)
            if value in seen:
                raise broken_rule(
                    f"«{value}» уже есть выше: дайте другой {name}", number, name
                )
            seen.add(value)
        return things

    return AfterValidator(check)


def up_to(longest: int) -> StringConstraints:
    """Ask for a text that is there and is not longer than that."""
    return StringConstraints(min_length=1, max_length=longest)


Key = Annotated[str, AfterValidator(_check_key)]


def read_matter(
    model: type[AnyMatter], source: Source, problems: Problems
) -> AnyMatter | None:
    """Check front matter against its model and report every mistake at once."""
    try:
        return model.model_validate(source.matter)
    except ValidationError as failure:
        for error in failure.errors(include_url=False):
            place = error["loc"] + tuple(error.get("ctx", {}).get("at", ()))
            message = _in_russian(error, model)
            problems.error(source.path, source.line_of(place), message)
        return None


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
    "rule": lambda name, given, ctx: str(ctx["message"]),
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
