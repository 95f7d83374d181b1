"""What the site keeps about people: declared beside the columns that hold it.

Every table says of each of its columns what it is to a person (`personal`), or that it
is nothing to anybody (`impersonal`); a test finds a column that nobody declared. The
printed map, the export and the erasure read these declarations and nothing else.
"""

import enum
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lms.core.personal_words import WORDS


class Purpose(enum.Enum):
    """What something is kept for, in the words of `content/consent.md`."""

    STUDY = "Чтобы вы могли входить на сайт, читать занятия и писать работы с командой."
    REVIEW = "Чтобы тьютор проверил работу, а вы получили ответ."
    PLAN = "Чтобы составить план развития вашей школы из зачтённых работ."
    TERRITORY = (
        "Чтобы координатор вашей территории видел, как школы проходят курс, помогал"
        " тем, кто застрял, и отчитался о том, что из этого вышло."
    )
    CERTIFICATE = "Чтобы выдать сертификат и подтвердить его тому, кто спросит по коду."
    OUTCOME = (
        "Чтобы узнать по диагностике и опросам, чему научил курс и что он дал школам."
        " На сертификат это не влияет."
    )
    LETTERS = (
        "Чтобы писать вам о сроках, приглашениях и проверке. Рекламы в письмах нет."
    )
    SAFETY = (
        "Чтобы сайт работал надёжно и можно было разобраться, если что-то пошло не так."
    )


class Ground(enum.Enum):
    """What allows it to be kept. The value is what people read."""

    CONSENT = "ваше согласие"
    LAW = "закон: оператор обязан показать, что согласие было"
    INTEREST = "законный интерес: разобраться, если что-то пошло не так"


class Term(enum.Enum):
    """For how long. The value is what people read."""

    PARTICIPATION = "пока вы участвуете в курсе и три года после окончания потока"
    CERTIFICATE = "десять лет после выдачи"
    # As `forget_after` of lms/core/retention.py says of the table.
    NIGHTLY = "убирается само"
    UNTIL_DONE = "не дольше суток"
    UNTIL_SENT = "до отправки; запись о ней без адреса и текста — 90 дней"


class OnErase(enum.Enum):
    """What becomes of it when the person is erased. The value is what people read."""

    DELETED = "удаляется"
    # The row stays for others; where it names the person, a number takes its place.
    NAMELESS = "остаётся без вашего имени"
    KEPT = "остаётся"


DELETED, NAMELESS, KEPT = OnErase


@dataclass(frozen=True)
class Personal:
    """What one column is to a person."""

    label: str
    purpose: Purpose
    ground: Ground
    term: Term
    on_erase: OnErase


@dataclass(frozen=True)
class Declaration:
    """What the columns of one table are to people."""

    title: str
    purpose: Purpose | None
    ground: Ground
    term: Term
    of: dict[str, OnErase]
    of_staff: bool
    told: dict[str, str]
    # What people call the columns that are about them and not given out.
    held: dict[str, str]
    files: dict[str, str]
    withheld: frozenset[str]
    others: frozenset[str]
    names: frozenset[str]
    emptied: frozenset[str]
    free: frozenset[str]
    plain: frozenset[str]
    called: str

    @property
    def is_personal(self) -> bool:
        return self.purpose is not None

    @property
    def columns(self) -> frozenset[str]:
        """Return every column that is declared."""
        ways = {path.split(".")[0] for path in self.of}
        marked = self.withheld | self.others | self.names | self.emptied | self.free
        return frozenset(ways | {*self.told, *self.files} | marked | self.plain)

    @property
    def on_erase(self) -> OnErase:
        """Return what becomes of a row whose person is erased, as a rule."""
        return next(iter(self.of.values()), NAMELESS)

    def column(self, name: str) -> Personal | None:
        """Return what a column is to the person of its row; None: nothing."""
        if self.purpose is None or name in self.plain:
            return None
        facts = self.purpose, self.ground, self.term, self._erased(name)
        label = self.told.get(name) or self.held.get(name, "")
        return Personal(label, *facts)

    def _erased(self, name: str) -> OnErase:
        if self.on_erase is not DELETED and name in self.emptied:
            return DELETED
        if self.on_erase is KEPT and name in self.names:
            return NAMELESS
        return self.on_erase


KINDS = ("withheld", "others", "names", "emptied", "free", "plain")
# By the name of the table.
declarations: dict[str, Declaration] = {}


def personal(
    model: Any,
    title: str,
    purpose: Purpose,
    *,
    of: dict[str, OnErase],
    told: str = "",
    words: dict[str, str] | None = None,
    files: dict[str, str] | None = None,
    **facts: Any,
) -> None:
    """Declare a table whose rows are about people, column by column.

    `of` are the ways from a row to its person: a foreign key to a user, or several with
    dots between, or a column with an address; and what becomes of the row when that
    person is erased. `told` are the columns that the person is given; `words`, where
    people call them otherwise than `WORDS` has it. `files` are stored bytes that are
    given, each with the column of the file's name. The others: see `_declare`.
    """
    called = WORDS | (words or {})
    hidden = f"{facts.get('withheld', '')} {facts.get('names', '')}".split()
    ways: dict[str, Any] = {"of": of, "files": files or {}}
    labels: dict[str, Any] = {
        "told": {name: called[name] for name in told.split()},
        "held": {name: called[name] for name in hidden if name not in told.split()},
    }
    _declare(model, title=title, purpose=purpose, **ways, **labels, **facts)


def impersonal(model: Any, plain: str, *, free: str = "", called: str = "") -> None:
    """Declare a table whose rows are about nobody; free text may still name somebody.

    `called` is the column by which people know a row, or a key to such a row.
    """
    ways: dict[str, Any] = {"of": {}, "told": {}, "held": {}, "files": {}}
    columns: dict[str, Any] = {"plain": plain, "free": free}
    _declare(model, title="", purpose=None, called=called, **ways, **columns)


def _declare(
    model: Any,
    *,
    ground: Ground = Ground.CONSENT,
    term: Term = Term.PARTICIPATION,
    of_staff: bool = False,
    called: str = "",
    **facts: Any,
) -> None:
    """Read the strings that name the columns of each kind.

    `withheld` is never given out. `others` are keys to people who are not the person of
    the row. `names` hold names or addresses as the site wrote them, to be replaced at
    an erasure; `emptied` lose what they hold while the row stays. In `free` people type
    what they like, and so may name anybody. `plain` says nothing about a person.
    """
    facts |= {kind: frozenset(facts.get(kind, "").split()) for kind in KINDS}
    facts |= {"ground": ground, "term": term, "of_staff": of_staff, "called": called}
    declarations[_table(model).name] = Declaration(**facts)


def _table(model: Any) -> sa.Table:
    table: sa.Table = getattr(model, "__table__", model)
    return table


def is_of(
    table: sa.FromClause, way: str, *, person_id: int, email: str
) -> sa.ColumnElement[bool]:
    """Tell the database to find the rows that belong to a person in one way of `of`."""
    name, _, rest = way.partition(".")
    column = table.c[name]
    if rest:
        target = next(iter(column.foreign_keys)).column
        found = is_of(target.table, rest, person_id=person_id, email=email)
        return column.in_(sa.select(target).where(found))
    if isinstance(column.type, sa.Integer):
        return column == person_id
    return sa.func.lower(column) == email
