"""Keys of forms: a double click adds one row"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

TABLES = (
    'user', 'cohort', 'team', 'enrolment', 'quiz_result', 'appeal', 'deferral',
    'meeting', 'plan_action',
)


def upgrade():
    for table in TABLES:
        op.add_column(table, sa.Column('form_key', sa.String(length=36), nullable=True))
        op.create_index(f'ix_{table}_form_key', table, ['form_key'], unique=True)


def downgrade():
    for table in TABLES:
        op.drop_index(f'ix_{table}_form_key', table_name=table)
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('form_key')
