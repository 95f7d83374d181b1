"""The lines of a text as Python-Markdown will read them."""

from lms.text.signs import TABLE_RULE, indent_of


class Laid:
    """The lines that are laid so far, and what the last of them are part of."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.margin = 0  # of the first line since the last empty one
        self.is_table = False

    def lay(self, line: str) -> None:
        """Add a line with words."""
        if not (self.lines and self.lines[-1]):
            self.margin = indent_of(line)
            self.is_table = False
        self.lines.append(line)
        self.is_table |= "|" in line and bool(TABLE_RULE.match(line))

    def set_apart(self) -> None:
        """See to it that the next line begins something new."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    @property
    def has_two_lines(self) -> bool:
        """Whether a paragraph of words, no row and no heading, is under way."""
        above = self.lines[-2:]
        return len(above) > 1 and bool(above[0]) and above[0].lstrip()[0] not in "#>|"
