"""Stuck teams, kept for pages that only count them"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('stuck_team',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('from_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_stuck_team_cohort_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_stuck_team_team_id')),
    sa.PrimaryKeyConstraint('team_id', name=op.f('pk_stuck_team'))
    )
    op.create_index('ix_stuck_team_count', 'stuck_team', ['cohort_id', 'from_at'], unique=False)


def downgrade():
    # Nothing is lost: the rows are made of others.
    op.drop_table('stuck_team')
