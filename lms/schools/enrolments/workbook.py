"""Reads a workbook in a process of its own, and knows nothing of the site.

A small file can ask for more memory than the machine has, and the library then ends
the whole process. So it runs apart, with limits: the workbook comes by the standard
input, its sheets leave as JSON, one list of lines each.
"""

import contextlib
import datetime
import io
import json
import sys

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
COLUMNS = 100


def limit_memory() -> None:
    """Let the process ask for so much and no more, where the system can."""
    with contextlib.suppress(ImportError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def text_of(cell: object) -> str:
    """Return a cell as a person sees it: 12, not 12.0."""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.date):
        return cell.strftime("%d.%m.%Y")
    return str(cell)


def read_sheets(content: bytes, longest: int) -> list[list[list[str]]]:
    """Return the lines of every sheet, at most `longest` of each."""
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        names = workbook.sheet_names[:10]
        return [
            [
                [text_of(cell) for cell in row[:COLUMNS]]
                for row in workbook.get_sheet_by_name(name).to_python(
                    skip_empty_area=False, nrows=longest
                )
            ]
            for name in names
        ]


def serve() -> None:
    """Read the input, write the answer."""
    limit_memory()
    try:
        answer: object = read_sheets(sys.stdin.buffer.read(), int(sys.argv[1]))
    except PasswordError:
        answer = "password"
    except (CalamineError, OSError, ValueError):
        answer = "damaged"
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    serve()
