"""Partners of a school, the agreements with them, and joint projects"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, length=20)


KINDS = (
    *("UNIVERSITY", "COLLEGE", "SCHOOL", "NURSERY", "EXTRA", "CULTURE", "SPORT"),
    *("HEALTH", "BUSINESS", "CHARITY", "POWER", "PARENTS", "GRADUATES"),
)
VENTURES = "SOCIAL", "ACROSS", "SUBJECT", "RESEARCH", "CREATIVE"
AUTHORS = "PUPILS", "TEACHER", "PARENTS", "TOGETHER"


def upgrade():
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("kind", enum("partnerkind", *KINDS), nullable=False),
        sa.Column("gives", sa.Text(), nullable=False),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("source_attempt_id", sa.Integer(), nullable=True),
        sa.Column("source_line", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["keeper_id"], ["user.id"], name=op.f("fk_partner_keeper_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["user.id"], name=op.f("fk_partner_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["partner.id"], name=op.f("fk_partner_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_partner_school_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_attempt_id"],
            ["attempt.id"],
            name=op.f("fk_partner_source_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint(
            "school_id", "name_key", name=op.f("uq_partner_school_id_name_key")
        ),
    )
    op.create_index(op.f("ix_partner_form_key"), "partner", ["form_key"], unique=True)
    op.create_index(op.f("ix_partner_keeper_id"), "partner", ["keeper_id"])
    op.create_index(op.f("ix_partner_merged_into_id"), "partner", ["merged_into_id"])
    op.create_index(
        op.f("ix_partner_source_attempt_id"), "partner", ["source_attempt_id"]
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            enum("agreementkind", "CONTRACT", "AGREEMENT", "LETTER", "SPOKEN"),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_to_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_agreement_partner_id")
        ),
        sa.ForeignKeyConstraint(
            ["reminded_to_id"], ["user.id"], name=op.f("fk_agreement_reminded_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(
        op.f("ix_agreement_form_key"), "agreement", ["form_key"], unique=True
    )
    op.create_index(op.f("ix_agreement_partner_id"), "agreement", ["partner_id"])
    op.create_table(
        "agreement_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_file_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_agreement_file_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user.id"],
            name=op.f("fk_agreement_file_uploaded_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_file")),
        sa.UniqueConstraint(
            "agreement_id",
            "sha256",
            "name",
            name=op.f("uq_agreement_file_agreement_id_sha256_name"),
        ),
    )
    op.create_table(
        "joint_project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", enum("venturekind", *VENTURES), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("authors", enum("authors", *AUTHORS), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("press", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_joint_project_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_project")),
    )
    op.create_index(
        op.f("ix_joint_project_form_key"), "joint_project", ["form_key"], unique=True
    )
    op.create_index(op.f("ix_joint_project_school_id"), "joint_project", ["school_id"])
    op.create_table(
        "joint_project_partner",
        sa.Column("venture_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_joint_project_partner_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["venture_id"],
            ["joint_project.id"],
            name=op.f("fk_joint_project_partner_venture_id"),
        ),
        sa.PrimaryKeyConstraint(
            "venture_id", "partner_id", name=op.f("pk_joint_project_partner")
        ),
    )
    op.create_index(
        op.f("ix_joint_project_partner_partner_id"),
        "joint_project_partner",
        ["partner_id"],
    )


def downgrade():
    op.drop_table("joint_project_partner")
    op.drop_table("joint_project")
    op.drop_table("agreement_file")
    op.drop_table("agreement")
    op.drop_table("partner")
