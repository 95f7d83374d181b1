"""Files in forms: one that a paper is, one that comes back with a refused form."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.core.file_names import clean_name
from lms.core.kept_files import KeptFile


class PaperForm(FlaskForm):
    """A file to be put to something."""

    file = FileField("Файл", [FileRequired("Выберите файл.")])

    def put(self, add: Callable[[str, bytes], None]) -> bool:
        """Add what was sent by its name and bytes; a refusal stands at the field."""
        if not self.validate_on_submit():
            return False
        try:
            sent = self.file.data
            add(sent.filename or "файл", sent.read(MAX_FILE + 1))
        except RuleError as error:
            self.file.errors = [str(error)]
            return False
        return True


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

    def pre_validate(self, form: BaseForm) -> None:
        """Say of a kept file that is gone nothing but that."""
        if self.process_errors:
            raise StopValidation

    def keep(self) -> None:
        """Keep a file that is not to blame for the refusal, unless it is too large."""
        if not self.data or self.errors:
            self.kept = None
            return
        self.data.seek(0)
        content = self.data.read(MAX_FILE + 1)
        if len(content) <= MAX_FILE:
            self.kept = KeptFile.keep(clean_name(self.data.filename), content)
