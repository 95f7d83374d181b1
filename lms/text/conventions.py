"""What authors of lessons agreed to write, beside plain Markdown."""

import re

# Kinds of coloured boxes, and what stands above them.
NOTES = {
    "example": "Пример",
    "team": "Вопрос команде",
    "check": "Проверьте себя",
    "tip": "Совет",
    "warning": "Осторожно",
    "law": "Закон и документы",
}
CLOSING_SECTIONS = ("Главное", "Что почитать")
# What the page around a lesson has addresses for: «## Море» would be its menu, #more.
PAGE_IDS = frozenset(
    (
        *("asked-before", "assignment", "content", "downloads", "end", "keys"),
        *("keys-title", "more", "opens", "outcomes", "quiz", "samples"),
    )
)
MODULE_LINK = re.compile(r"(?:\.\./)?\d\d-([a-z0-9-]+)/lesson\.md(#.*)?")
HEADING_ID = re.compile(r"\s*\{#([a-z][a-z0-9-]*)\}\s*$")
WEB_LINK = re.compile(r"(?i)https?://|mailto:")
