"""Verdicts that are held back for second thoughts"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

VERDICT = sa.Enum('ACCEPTED', 'RETURNED', name='verdict', native_enum=False, length=20)


def upgrade():
    columns = [
        sa.Column('verdict', VERDICT, nullable=True),
        sa.Column('release_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('refusal', sa.Text(), nullable=False, server_default=''),
    ]
    for column in columns:
        op.add_column('review_draft', column)
    for name in ('release_at', 'tutor_id'):
        op.create_index(f'ix_review_draft_{name}', 'review_draft', [name])


def downgrade():
    for name in ('release_at', 'tutor_id'):
        op.drop_index(f'ix_review_draft_{name}', table_name='review_draft')
    with op.batch_alter_table('review_draft') as batch_op:
        for name in ('refusal', 'release_at', 'verdict'):
            batch_op.drop_column(name)
