"""Papers beside something that was held or agreed: judged by what is in them."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.core.language import file_size
from lms.core.storage import store_file
from lms.course.content.file_types import DOCUMENTS, PICTURES, named
from lms.course.content.judging import judge_file
from lms.course.content.media import complaint_about

# A drawing is no scan.
SCANS = DOCUMENTS | {kind: name for kind, name in PICTURES.items() if kind != "svg"}
BEGINNING = 12


@dataclass(frozen=True)
class PaperRules:
    """Which files may be put to a thing, and how many; `to` is «К встрече»."""

    to: str
    types: Mapping[str, str] = field(default_factory=lambda: SCANS)
    most: int = 10
    # What stands in the first bytes of a file that is no document and no picture.
    signs: Mapping[str, bytes] = field(default_factory=dict)
    # What else may be done with a file that is not taken.
    otherwise: str = ""

    @property
    def accept(self) -> str:
        return ",".join(f".{kind}" for kind in self.types)

    @property
    def words(self) -> str:
        """Say beside the form what may be put there."""
        largest = file_size(MAX_FILE)
        return (
            f"До {self.most} файлов, каждый не больше {largest}: {named(self.types)}."
        )

    def judge(self, name: str, content: bytes) -> str:
        """Return the type of a file, or refuse it."""
        kind = judge_file(
            name, content, self.types, look=self._complaint, otherwise=self.otherwise
        )
        return self.types[kind]

    def check_room(self, files: list[Any]) -> None:
        """Refuse one file too many; the thing is locked by the caller."""
        if len(files) >= self.most:
            raise RuleError(f"{self.to} прилагают не больше {self.most} файлов.")

    def _complaint(self, kind: str, content: bytes) -> str:
        if kind not in self.signs:
            return complaint_about(kind, content)
        is_so = self.signs[kind] in content[:BEGINNING]
        return "" if is_so else f"внутри не {kind}: сохраните запись заново"


def attach(
    kind: type[Any],
    owner: Mapping[str, int],
    name: str,
    content: bytes,
    *,
    media_type: str,
    author_id: int,
) -> bool:
    """Put a judged file to a row in the caller's transaction; tell whether it is new.

    The same file under the same name is there once.
    """
    stored = store_file(io.BytesIO(content))
    facts = dict(owner) | {"sha256": stored.sha256, "name": clean_name(name)}
    if db.session.scalar(sa.select(sa.exists(sa.select(kind).filter_by(**facts)))):
        return False
    added = kind(
        **facts, media_type=media_type, size=stored.size, uploaded_by_id=author_id
    )
    db.session.add(added)
    return True
