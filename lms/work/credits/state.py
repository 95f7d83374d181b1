"""Where a work is: the same for those whose work it is and for those who look."""

import enum


class State(enum.Enum):
    """Where the work of a module is. The value is what its people read."""

    LOCKED = "откроется позже"
    OPEN = "открыто"
    DRAFT = "пишем ответ"
    WAITING = "ждёт проверки"
    # It came back, and the team has asked another tutor to look again.
    DISPUTED = "просим пересмотреть"
    RETURNED = "вернули на доработку"
    ACCEPTED = "зачтено"
    # Decided, and kept from the one who looks: the second reader, maybe.
    SECOND = "ждёт второго чтения"

    @property
    def is_teams_move(self) -> bool:
        """Tell whether its people have something to write or to mend."""
        return self in {State.OPEN, State.DRAFT, State.RETURNED}
