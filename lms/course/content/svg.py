"""Whether a drawing is only a drawing, and how large it is."""

import re
from xml.parsers import expat

from lms.course.content.problems import Problems

_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "http://www.w3.org/1999/xlink href"
_ELEMENTS = frozenset(
    [
        *("svg", "title", "desc", "metadata", "defs", "style", "g", "symbol", "use"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "textPath", "marker", "pattern", "clipPath", "mask"),
        *("linearGradient", "radialGradient", "stop"),
    ]
)
_OUTSIDE = re.compile(
    r"""(?ix) @import | javascript: | expression\( | \\
    | \b(image|image-set|src)\( | url\(\s*(?!["']?\#)"""
)
_NOT_UTF8 = "файл не в UTF-8: сохраните рисунок заново в этой кодировке"
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def check_svg(path: str, content: bytes, problems: Problems) -> tuple[int, int] | None:
    """Report everything in a drawing that is not drawing and return its size."""
    return _Drawing(path, problems).read(content)


class _Drawing:
    """Walks through a file as a stream, so that no nesting can exhaust it."""

    def __init__(self, path: str, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self.size: tuple[int, int] | None = None
        self.is_root = True
        self.css: list[str] | None = None
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction

    def read(self, content: bytes) -> tuple[int, int] | None:
        try:
            self.parser.Parse(content.decode("utf-8-sig"), True)
        except UnicodeDecodeError:
            self.problems.error(self.path, 1, _NOT_UTF8)
        except expat.ExpatError as error:
            self.problems.error(
                self.path,
                error.lineno,
                "файл не читается как SVG: сохраните рисунок заново",
            )
        except _StopReading:
            pass
        return self.size

    def refuse(self, message: str) -> None:
        self.problems.error(self.path, self.parser.CurrentLineNumber, message)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if self.is_root:
            self.is_root = False
            if (namespace, tag) != (_SVG, "svg"):
                self.refuse(f"файл начинается с «{tag}», а не с <svg xmlns=…>")
            self.size = _size(attributes)
            if self.size is None:
                self.refuse("у <svg> нет viewBox: добавьте viewBox='0 0 ширина высота'")
        if namespace != _SVG or tag not in _ELEMENTS:
            self.refuse(
                f"элемент <{tag}> в рисунке не допускается: оставьте только фигуры "
                "и текст (в редакторе: «сохранить как простой SVG»)"
            )
        if tag == "style":
            self.css = []
        for attribute, value in attributes.items():
            self.check_attribute(attribute, value)

    def check_attribute(self, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            self.refuse(f"обработчик {name} в рисунке не допускается: удалите его")
        elif name in ("href", _XLINK_HREF):
            if not value.strip().startswith("#"):
                self.refuse("ссылка наружу в рисунке не допускается: удалите её")
        elif _OUTSIDE.search(value):
            self.refuse("рисунок обращается к другому файлу или сайту: уберите это")

    def characters(self, text: str) -> None:
        if self.css is not None:
            self.css.append(text)

    def end(self, name: str) -> None:
        if self.css is not None and name.endswith("style"):
            if _OUTSIDE.search("".join(self.css)):
                self.refuse("стили рисунка обращаются наружу: оставьте только цвета")
            self.css = None

    def declaration(self, _version: str, encoding: str | None, _alone: int) -> None:
        # A browser would believe the declaration and see another file than we did.
        if encoding and encoding.lower() != "utf-8":
            self.refuse(_NOT_UTF8)

    def doctype(self, *_declaration: object) -> None:
        self.refuse("<!DOCTYPE> в рисунке не допускается: удалите эту строку")
        raise _StopReading

    def instruction(self, target: str, _data: str) -> None:
        self.refuse(f"инструкция <?{target}?> в рисунке не допускается: удалите её")


class _StopReading(Exception):  # noqa: N818 - a signal, not a mistake
    pass


def _size(attributes: dict[str, str]) -> tuple[int, int] | None:
    corners = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    sides = corners[2:] if len(corners) == 4 else []
    sides = sides or [attributes.get("width", ""), attributes.get("height", "")]
    numbers = [_NUMBER.fullmatch(side) for side in sides]
    width, height = (round(float(n[1])) if n else 0 for n in numbers)
    return (width, height) if 0 < width < 10_000 and 0 < height < 10_000 else None
