"""What a lesson defines by a name on a line of its own: links and shortenings."""

from typing import Any

from lms.text.page import Definition


class Definitions(dict[str, Any]):
    """What is defined in a text by its name, and which of it was ever needed."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()
        self.repeated: set[str] = set()

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self:
            self.repeated.add(name)
        super().__setitem__(name, value)

    def __getitem__(self, name: str) -> Any:
        self.used.add(name)
        return super().__getitem__(name)

    def lost(self, mark: str) -> list[Definition]:
        """Return those of which a reader sees nothing."""
        unused = [Definition(mark.format(n), False) for n in self if n not in self.used]
        return unused + [Definition(mark.format(n), True) for n in self.repeated]
