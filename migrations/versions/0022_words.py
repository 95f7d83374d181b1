"""Indexes by which teams and people of a cohort are counted"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0017'
branch_labels = None
depends_on = None

PRESENT = {f'{kind}_where': sa.text('left_at IS NULL') for kind in ('sqlite', 'postgresql')}


def upgrade():
    op.create_index('ix_membership_present', 'membership', ['team_id'], **PRESENT)
    op.create_index('ix_team_cohort', 'team', ['cohort_id', 'id'])
    op.drop_index('ix_team_cohort_id', table_name='team')


def downgrade():
    op.create_index('ix_team_cohort_id', 'team', ['cohort_id'])
    op.drop_index('ix_team_cohort', table_name='team')
    op.drop_index('ix_membership_present', table_name='membership')
