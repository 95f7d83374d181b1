"""Graduates of a cohort, and the cohort for which somebody checked themselves"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

# What a person of one cohort ever took, they took there; of several nobody knows, and
# what is of no cohort counts in all of them, as it did.
ONE_COHORT = (
    'UPDATE quiz_result SET cohort_id = (SELECT min(membership.cohort_id) FROM membership'
    ' WHERE membership.user_id = quiz_result.user_id) WHERE (SELECT count(DISTINCT'
    ' membership.cohort_id) FROM membership WHERE membership.user_id = quiz_result.user_id) = 1'
)
CLOSED = (
    'UPDATE membership SET graduated_at = CURRENT_TIMESTAMP WHERE left_at IS NULL AND'
    " cohort_id IN (SELECT id FROM cohort WHERE state = 'CLOSED')"
)


def upgrade():
    op.add_column('membership', sa.Column('graduated_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('quiz_result') as batch_op:
        batch_op.add_column(sa.Column('cohort_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key('fk_quiz_result_cohort_id', 'cohort', ['cohort_id'], ['id'])
    op.execute(CLOSED)
    op.execute(ONE_COHORT)


def downgrade():
    with op.batch_alter_table('quiz_result') as batch_op:
        batch_op.drop_constraint('fk_quiz_result_cohort_id', type_='foreignkey')
        batch_op.drop_column('cohort_id')
    with op.batch_alter_table('membership') as batch_op:
        batch_op.drop_column('graduated_at')
