"""What a team changed since the version before, beside what it was asked for."""

from dataclasses import dataclass

from lms.review.reviews.checklist import Checklist, Item
from lms.text.difference import Difference, compare
from lms.work.submissions.models import Attempt


@dataclass(frozen=True)
class FieldChange:
    """What became of one field, and the remarks that were about it.

    A remark about several fields stands beside the first of them; the others name it.
    """

    label: str
    difference: Difference
    asked: list[Item]
    also: list[Item]


@dataclass(frozen=True)
class Changes:
    """What became of the whole answer since the version before."""

    since: int
    fields: list[FieldChange]
    # Remarks that are about no field in particular.
    general: list[Item]

    @property
    def shown(self) -> list[FieldChange]:
        return [f for f in self.fields if f.asked or not f.difference.is_empty]

    @property
    def untouched(self) -> list[str]:
        shown = self.shown
        return [field.label for field in self.fields if field not in shown]

    @property
    def added(self) -> int:
        return sum(field.difference.added for field in self.fields)

    @property
    def removed(self) -> int:
        return sum(field.difference.removed for field in self.fields)


def changes_since(
    before: Attempt | None, attempt: Attempt, asked: Checklist | None
) -> Changes | None:
    """Compare an attempt with the one before it; None for a first one.

    A field that the assignment has dropped since is shown as removed.
    """
    if before is None:
        return None
    old = {field["key"]: field for field in before.fields}
    new = {field["key"]: field for field in attempt.fields}
    shown: set[str] = set()
    fields = []
    for key in [*new, *(key for key in old if key not in new)]:
        about = asked.about(key) if asked else []
        difference = compare(
            old.get(key, {}).get("text", ""), new.get(key, {}).get("text", "")
        )
        fields.append(
            FieldChange(
                label=(new.get(key) or old[key])["label"],
                difference=difference,
                asked=[item for item in about if item.key not in shown],
                also=[item for item in about if item.key in shown],
            )
        )
        shown |= {item.key for item in about}
    items = asked.items if asked else []
    general = [item for item in items if item.key not in shown]
    return Changes(before.number, fields, general)
