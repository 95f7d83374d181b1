"""By which rules an excerpt was made; what a list says once for all of its lines"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        'excerpt', sa.Column('rules', sa.Integer(), nullable=False, server_default='1')
    )
    op.add_column(
        'enrolment', sa.Column('for_all', sa.JSON(), nullable=False, server_default='{}')
    )


def downgrade():
    with op.batch_alter_table('enrolment') as batch_op:
        batch_op.drop_column('for_all')
    # An older release cannot show what newer rules have stored; it makes its own.
    op.execute('DELETE FROM excerpt WHERE rules > 1')
    with op.batch_alter_table('excerpt') as batch_op:
        batch_op.drop_column('rules')
