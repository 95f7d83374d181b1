"""Attempts that were taken back"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('withdrawal',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_withdrawal_attempt_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['user.id'], name=op.f('fk_withdrawal_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('attempt_id', name=op.f('pk_withdrawal'))
    )


def downgrade():
    op.drop_table('withdrawal')
