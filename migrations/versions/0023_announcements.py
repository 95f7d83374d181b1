"""Announcements to cohorts and teams, and whom they have reached"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

WAY = sa.Enum('OPENED', 'LETTER', name='way', native_enum=False, length=20)


def upgrade():
    op.create_table('announcement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('sent_by_mail', sa.Boolean(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_announcement_author_id')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_announcement_cohort_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_announcement_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement'))
    )
    op.create_index('ix_announcement_cohort', 'announcement', ['cohort_id', 'until'])
    op.create_index(op.f('ix_announcement_team_id'), 'announcement', ['team_id'])
    op.create_index(op.f('ix_announcement_form_key'), 'announcement', ['form_key'], unique=True)
    op.create_table('announcement_mark',
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('way', WAY, nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcement.id'], name=op.f('fk_announcement_mark_announcement_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_announcement_mark_user_id')),
    sa.PrimaryKeyConstraint('announcement_id', 'edition', 'user_id', 'way', name=op.f('pk_announcement_mark'))
    )


def downgrade():
    op.drop_table('announcement_mark')
    op.drop_table('announcement')
