"""One person's data as a .zip: a page for people, JSON for programs, and files."""

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from flask import render_template

from lms.core.language import site_zone
from lms.core.personal import Purpose
from lms.core.storage import CHUNK, open_stored
from lms.identity.accounts.models import User
from lms.overview.dossier.description import schema
from lms.overview.dossier.sections import Paper, Section, as_json
from lms.overview.dossier.wording import full_moment, lines_of

STYLE = Path(__file__).with_name("copy.css")
FOLDER = "файлы"

# Where the file of a row lies in the archive, by the row's place and the file's.
Places = dict[Paper, str]


def write_copy(
    file: IO[bytes], person: User, sections: Sequence[Section], *, made_at: datetime
) -> None:
    """Write all that a person is given of their data into one file."""
    with ZipFile(file, "w") as archive:
        places = _write_files(archive, sections, made_at)
        page = render_template(
            "overview/dossier/copy_page.html",
            person=person,
            parts=_by_purpose(sections),
            places=places,
            made_at=full_moment(made_at),
            lines_of=lines_of,
        )
        texts = {
            "index.html": page,
            "style.css": STYLE.read_text(encoding="utf-8"),
            "data.json": _dumped(as_tables(sections, places, made_at)),
            "data.schema.json": _dumped(schema()),
        }
        for name, text in texts.items():
            archive.writestr(_entry(name, made_at, ZIP_DEFLATED), text)


def as_tables(
    sections: Sequence[Section], places: Places, made_at: datetime
) -> dict[str, Any]:
    """Return the copy as programs read it; `description.schema` says what it is."""
    tables = {}
    for section in sections:
        rows: list[dict[str, Any]] = []
        for row in section.rows:
            known = {name: as_json(value) for name, value in row.values.items()}
            lying = [places[paper] for paper in row.papers if paper in places]
            rows.append(known | ({"files": lying} if lying else {}))
        about = {"title": section.title, "purpose": section.purpose.value}
        tables[section.table] = {**about, "rows": rows}
    return {"made_at": as_json(made_at), "tables": tables}


def _write_files(
    archive: ZipFile, sections: Sequence[Section], made_at: datetime
) -> Places:
    """Put each file in once; what the disk has lost is missing on the page as well."""
    places: Places = {}
    numbers = count(1)
    for paper in _papers(sections):
        if paper in places:
            continue
        try:
            stored = open_stored(paper.sha256)
        except FileNotFoundError:
            continue
        name = f"{FOLDER}/{next(numbers):03} {paper.name}"
        entry = _entry(name, made_at, ZIP_STORED)
        with stored, archive.open(entry, "w", force_zip64=True) as output:
            shutil.copyfileobj(stored, output, CHUNK)
        places[paper] = name
    return places


def _papers(sections: Sequence[Section]) -> Iterator[Paper]:
    for section in sections:
        for row in section.rows:
            yield from row.papers


def _by_purpose(sections: Sequence[Section]) -> list[tuple[Purpose, list[Section]]]:
    parts = [(one, [s for s in sections if s.purpose is one]) for one in Purpose]
    return [part for part in parts if part[1]]


def _entry(name: str, moment: datetime, compression: int) -> ZipInfo:
    entry = ZipInfo(name, moment.astimezone(site_zone()).timetuple()[:6])
    entry.compress_type = compression
    return entry


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
