"""People, the places where they are signed in, and what they consented to."""

import enum
import hashlib
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.environment import USUAL_ZONE
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import (
    DELETED,
    KEPT,
    NAMELESS,
    Ground,
    Purpose,
    Term,
    impersonal,
    personal,
)
from lms.identity.accounts.browsers import browser_name
from lms.text.stored import stored_html


class Role(enum.Enum):
    """What a person may do beside taking part. The value is what people read."""

    TUTOR = "тьютор"
    ADMIN = "администратор"
    COORDINATOR = "координатор"


class RoleSet(sa.TypeDecorator[frozenset[Role]]):
    """A set of roles in one short column: «ADMIN,TUTOR»."""

    impl = sa.String(60)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str:
        return ",".join(sorted(role.name for role in value or ()))

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> frozenset[Role]:
        return frozenset(Role[name] for name in (value or "").split(",") if name)


# In its place in `consent.md` stands who answers for personal data.
OPERATOR = "{оператор}"
UNNAMED = "его название, адрес и почту сообщит тот, кто вас пригласил"


# As the index of staff has it: no parameter, for the database must know it.
NO_ROLES: sa.ColumnElement[str] = sa.literal_column("''", sa.String)

# The columns of a `User` that are read with the person who looks.
REQUEST = "request"


class ConsentDocument(Immutable, Model):
    """One version of the consent to personal-data processing."""

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(sa.String(40), unique=True)
    # The version in `consent.md` whose operator this one names; None: it is that one.
    template: Mapped[str | None] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(200))
    html: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    @property
    def text(self) -> Markup:
        return stored_html(self.html.replace(OPERATOR, UNNAMED))


impersonal(ConsentDocument, "id version template html created_at title", called="title")


def _index_of_some(name: str, which: str) -> sa.Index:
    """Put a few people into the order in which lists show them."""
    where = sa.text(which)
    return sa.Index(name, "full_name", "id", sqlite_where=where, postgresql_where=where)


class User(FromForm, Model):
    """A person with an account."""

    # What Flask-Login asks of whoever looks at a page.
    is_authenticated = True

    __table_args__ = (
        sa.Index("ix_user_name", "full_name", "id"),
        _index_of_some("ix_user_staff", "roles <> ''"),
        _index_of_some("ix_user_closed", "closed_at IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Case-folded by the services, so the constraint means one person.
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    full_name: Mapped[str] = mapped_column(sa.String(200))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    roles: Mapped[frozenset[Role]] = mapped_column(RoleSet, default=frozenset())
    timezone: Mapped[str] = mapped_column(sa.String(60), default=USUAL_ZONE)
    consent_version: Mapped[str | None] = mapped_column(sa.String(40))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    email_confirmed_at: Mapped[datetime | None]
    # The last time; its row in `SignIn` may be gone by now.
    signed_in_at: Mapped[datetime | None]
    # A closed account signs in nowhere; what the person did stays.
    closed_at: Mapped[datetime | None]
    # From then on nothing says who it was; the row holds what they did together.
    erased_at: Mapped[datetime | None]

    # What every request asks of whoever signed in, in one statement (`REQUEST`).
    current_consent: Mapped[str | None] = column_property(
        sa.select(ConsentDocument.version)
        .order_by(ConsentDocument.id.desc())
        .limit(1)
        .scalar_subquery(),
        deferred=True,
        group=REQUEST,
    )

    @classmethod
    def with_role(cls, role: Role) -> sa.ColumnElement[bool]:
        """Tell the database to find those who have a role, by the index of staff."""
        roles = sa.type_coerce(cls.roles, sa.String)
        return sa.and_(roles != NO_ROLES, roles.contains(role.name))

    @property
    def has_consented(self) -> bool:
        return self.current_consent in (None, self.consent_version)


personal(
    User,
    "Учётная запись",
    Purpose.STUDY,
    of={"id": NAMELESS},
    told=(
        "full_name email timezone roles created_at email_confirmed_at "
        "consent_version signed_in_at closed_at"
    ),
    words={"created_at": "когда создана", "closed_at": "когда закрыта"},
    withheld="password_hash",
    names="full_name email",
    emptied=(
        "password_hash roles timezone email_confirmed_at consent_version signed_in_at"
    ),
    plain="form_key erased_at",
)


class SignIn(Model):
    """One browser in which a person is signed in; removing the row signs it out."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    # Only a SHA-256 of the secret in the cookie: a stolen database signs in nobody.
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_agent: Mapped[str] = mapped_column(sa.String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    # The last use, to a few minutes; kept for people with a role only.
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)

    user: Mapped[User] = relationship()

    @property
    def browser(self) -> str:
        return browser_name(self.user_agent)

    @staticmethod
    def digest(secret: str) -> str:
        """Return what is kept of the secret."""
        return hashlib.sha256(secret.encode()).hexdigest()


personal(
    SignIn,
    "Входы на сайт",
    Purpose.SAFETY,
    of={"user_id": DELETED},
    term=Term.NIGHTLY,
    told="created_at seen_at user_agent",
    words={"created_at": "когда вошли", "seen_at": "когда были в последний раз"},
    withheld="token_hash",
    plain="id",
)


class Consent(Immutable, Model):
    """A person accepted a version of the consent at a moment."""

    __table_args__ = (sa.UniqueConstraint("user_id", "document_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("consent_document.id"))
    accepted_at: Mapped[datetime] = mapped_column(default=utcnow)

    document: Mapped[ConsentDocument] = relationship()


personal(
    Consent,
    "Согласие на обработку данных",
    Purpose.SAFETY,
    of={"user_id": KEPT},
    ground=Ground.LAW,
    told="document_id accepted_at",
    words={"accepted_at": "когда вы согласились"},
    plain="id",
)
