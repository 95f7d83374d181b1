"""A field for a file that comes back with the page when the form was refused."""

from io import BytesIO
from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.core.kept_files import KeptFile


class KeptFileField(FileField):
    """A file; one that came with a refused form need not be chosen again."""

    data: Any
    kept: KeptFile | None = None

    @property
    def token_name(self) -> str:
        return f"{self.name}-kept"

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Take the file that is sent now; without one, what was kept."""
        super().process(formdata, *args, **kwargs)
        token = formdata.get(self.token_name) if formdata and not self.data else None
        if not token:
            return
        try:
            self.kept = KeptFile.of(token)
            content = BytesIO(self.kept.read())
        except RuleError as refusal:
            self.process_errors = [str(refusal)]
        else:
            self.data = FileStorage(content, filename=self.kept.name)

    def keep(self) -> None:
        """Keep a file that is not to blame for the refusal, unless it is too large."""
        if not self.data or self.errors:
            self.kept = None
            return
        self.data.seek(0)
        content = self.data.read(MAX_FILE + 1)
        if len(content) <= MAX_FILE:
            self.kept = KeptFile.keep(self.data.filename, content)
