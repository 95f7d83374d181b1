"""Files that came with a form that was refused: nobody chooses them a second time.

They are stored at once, and the page holds a name of each, signed for the person who
sent it. What no row names after two days is swept away.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from flask import current_app
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.storage import find_stored, open_stored, store_bytes


@dataclass(frozen=True)
class KeptFile:
    """A stored file that no row names yet, and how it was called."""

    # Nobody makes of a file of one page a file of another, nor of a stranger's file.
    PURPOSE: ClassVar[str] = "file of a refused form"

    name: str
    sha256: str

    @classmethod
    def keep(cls, name: str, content: bytes) -> Self:
        """Store a file; this commits."""
        stored = store_bytes(content).sha256
        db.session.commit()
        return cls(name, stored)

    @classmethod
    def of(cls, token: str) -> Self:
        """Return the file that a page names."""
        try:
            name, sha256 = cls._serializer(current_user.id).loads(token)
        except (BadSignature, ValueError):
            raise RuleError("Вложенный файл не узнан: вложите его снова.") from None
        return cls(name, sha256)

    @property
    def token(self) -> str:
        """Return what a page keeps of a file that whoever looks has sent."""
        return self.token_of(current_user.id)

    def token_of(self, user_id: int) -> str:
        """Return the name of the file, signed for one person."""
        return str(self._serializer(user_id).dumps([self.name, self.sha256]))

    def read(self) -> bytes:
        """Return the bytes, if they are still there."""
        if find_stored(self.sha256) is None:
            raise RuleError(f"Файл {self.name} больше не хранится: вложите его снова.")
        with open_stored(self.sha256) as stored:
            return stored.read()

    @classmethod
    def _serializer(cls, user_id: int) -> URLSafeSerializer:
        key: Any = current_app.config["SECRET_KEY"]
        return URLSafeSerializer(key, salt=f"{cls.PURPOSE}, of {user_id}")
