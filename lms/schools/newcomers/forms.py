"""What may be typed by a person who was invited by name."""

from lms.identity.accounts.forms import NewAccountForm
from lms.identity.accounts.models import ConsentDocument
from lms.schools.newcomers.models import Newcomer


class AcceptForm(NewAccountForm):
    """What an invited person says; the list has said the rest."""

    def __init__(self, newcomer: Newcomer, document: ConsentDocument | None) -> None:
        self._email = newcomer.email
        super().__init__(document, full_name=newcomer.full_name)

    @property
    def about(self) -> tuple[str, ...]:
        return self._email, self.full_name.data or ""
