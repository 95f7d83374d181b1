"""Releases at an hour, and the revision that a draft answers"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

STATE = sa.Enum('WAITING', 'PUBLISHED', 'CANCELLED', name='releasestate', native_enum=False, length=20)
WAITING = sa.text("state = 'WAITING'")
# SQLite adds a column that refers to a table, but no constraint to a table that is there.
ADD_REVISION = (
    'ALTER TABLE submission ADD COLUMN revision_id INTEGER'
    ' CONSTRAINT fk_submission_revision_id REFERENCES revision (id)'
)
# Until now every draft followed what was live.
FILL_REVISION = (
    'UPDATE submission SET revision_id = coalesce('
    '(SELECT current_revision_id FROM module WHERE module.id = submission.module_id),'
    ' (SELECT attempt.revision_id FROM attempt WHERE attempt.submission_id = submission.id'
    ' ORDER BY attempt.number DESC LIMIT 1))'
)


def upgrade():
    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('instead_of_id', sa.Integer(), nullable=True),
    sa.Column('state', STATE, nullable=False),
    sa.Column('planned_for', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_release_author_id')),
    sa.ForeignKeyConstraint(['instead_of_id'], ['revision.id'], name=op.f('fk_release_instead_of_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_release_module_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_release_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release'))
    )
    op.create_index('ix_release_module', 'release', ['module_id', 'state'], unique=False)
    op.create_index('uq_release_waiting', 'release', ['module_id'], unique=True, sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_table('seen_release',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_seen_release_module_id')),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_seen_release_release_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_seen_release_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'module_id', name=op.f('pk_seen_release'))
    )
    op.create_table('task_switch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('before_id', sa.Integer(), nullable=False),
    sa.Column('after_id', sa.Integer(), nullable=False),
    sa.Column('switched_by_id', sa.Integer(), nullable=False),
    sa.Column('switched_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['after_id'], ['revision.id'], name=op.f('fk_task_switch_after_id')),
    sa.ForeignKeyConstraint(['before_id'], ['revision.id'], name=op.f('fk_task_switch_before_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_task_switch_submission_id')),
    sa.ForeignKeyConstraint(['switched_by_id'], ['user.id'], name=op.f('fk_task_switch_switched_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_switch'))
    )
    op.create_index('ix_task_switch_submission_id', 'task_switch', ['submission_id'], unique=False)
    op.execute(ADD_REVISION)
    op.execute(FILL_REVISION)


def downgrade():
    with op.batch_alter_table('submission') as batch_op:
        batch_op.drop_column('revision_id')
    for table in ('task_switch', 'seen_release', 'release'):
        op.drop_table(table)
