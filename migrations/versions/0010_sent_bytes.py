"""How many bytes a person has sent on a day"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('sent_bytes',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sent_bytes_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'day', name=op.f('pk_sent_bytes'))
    )


def downgrade():
    op.drop_table('sent_bytes')
