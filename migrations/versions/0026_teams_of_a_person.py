"""A person in several cohorts: one team in each, and the one that pages show"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

ACTIVE = {'sqlite_where': sa.text('left_at IS NULL'), 'postgresql_where': sa.text('left_at IS NULL')}


def upgrade():
    op.create_index('uq_team_in_cohort', 'team', ['id', 'cohort_id'], unique=True)
    op.add_column('membership', sa.Column('cohort_id', sa.Integer(), nullable=True))
    op.add_column('membership', sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(
        'UPDATE membership SET chosen_at = joined_at,'
        ' cohort_id = (SELECT team.cohort_id FROM team WHERE team.id = membership.team_id)'
    )
    with op.batch_alter_table('membership') as batch_op:
        batch_op.drop_index('uq_membership_active')
        batch_op.alter_column('cohort_id', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('chosen_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_foreign_key(
            'fk_membership_team_cohort', 'team', ['team_id', 'cohort_id'], ['id', 'cohort_id']
        )
    op.create_index('uq_membership_active', 'membership', ['user_id', 'cohort_id'], unique=True, **ACTIVE)


def downgrade():
    # An older release knows one team of a person: the one that was shown stays.
    op.execute(
        'UPDATE membership SET left_at = chosen_at WHERE left_at IS NULL AND EXISTS'
        ' (SELECT 1 FROM membership later WHERE later.user_id = membership.user_id'
        ' AND later.left_at IS NULL AND (later.chosen_at > membership.chosen_at'
        ' OR (later.chosen_at = membership.chosen_at AND later.id > membership.id)))'
    )
    op.drop_index('uq_membership_active', 'membership')
    with op.batch_alter_table('membership') as batch_op:
        batch_op.drop_constraint('fk_membership_team_cohort', type_='foreignkey')
        batch_op.drop_column('chosen_at')
        batch_op.drop_column('cohort_id')
    op.create_index('uq_membership_active', 'membership', ['user_id'], unique=True, **ACTIVE)
    op.drop_index('uq_team_in_cohort', 'team')
