"""The card to which that of a partner was joined itself"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("partner") as partner:
        partner.add_column(sa.Column("joined_to_id", sa.Integer(), nullable=True))
        partner.create_foreign_key(
            op.f("fk_partner_joined_to_id"), "partner", ["joined_to_id"], ["id"]
        )
    op.create_index(op.f("ix_partner_joined_to_id"), "partner", ["joined_to_id"])
    op.execute("UPDATE partner SET joined_to_id = merged_into_id")


def downgrade():
    op.drop_index(op.f("ix_partner_joined_to_id"), "partner")
    with op.batch_alter_table("partner") as partner:
        partner.drop_constraint(op.f("fk_partner_joined_to_id"), type_="foreignkey")
        partner.drop_column("joined_to_id")
