"""How many bytes a person has sent on a day; when a browser was last used"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
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
    with op.batch_alter_table('sign_in') as batch_op:
        batch_op.add_column(sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True))
    # Whoever is signed in today has time to do something.
    op.execute('UPDATE sign_in SET seen_at = CURRENT_TIMESTAMP')
    with op.batch_alter_table('sign_in') as batch_op:
        batch_op.alter_column('seen_at', existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade():
    with op.batch_alter_table('sign_in') as batch_op:
        batch_op.drop_column('seen_at')
    op.drop_table('sent_bytes')
