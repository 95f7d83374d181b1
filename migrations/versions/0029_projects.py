"""The school's project: its tasks, events, risks and quarters"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# Every school whose teams have typed lines of «План и факт» has a project with them.
PROJECTS = (
    'INSERT INTO project (school_id, cohort_id) SELECT DISTINCT team.school_id,'
    ' team.cohort_id FROM plan_action JOIN team ON team.id = plan_action.team_id'
    ' ORDER BY team.cohort_id, team.school_id'
)
LINES = (
    'UPDATE plan_action SET project_id = (SELECT project.id FROM project JOIN team ON'
    ' team.school_id = project.school_id AND team.cohort_id = project.cohort_id'
    ' WHERE team.id = plan_action.team_id)'
)
# Of a line that was not done only the day it was due is known.
MISSED = (
    "UPDATE plan_action SET missed_on = due_on WHERE why_not <> '' AND done_on IS NULL"
)


def _number(name):
    return sa.Column(name, sa.Integer(), nullable=False)


def _key(table, name, other, nullable=False):
    key = sa.ForeignKey(f'{other}.id', name=f'fk_{table}_{name}')
    return sa.Column(name, sa.Integer(), key, nullable=nullable)


def _text(name):
    return sa.Column(name, sa.Text(), nullable=False, server_default='')


def _row(table):
    return (
        _number('id'),
        _key(table, 'project_id', 'project'),
        _number('version'),
        sa.Column('removed_at', MOMENT, nullable=True),
        _key(table, 'removed_by_id', 'user', nullable=True),
        sa.Column('form_key', sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint('id', name=f'pk_{table}'),
    )


def upgrade():
    _tables()
    _grow_lines()
    op.execute(PROJECTS)
    op.execute(LINES)
    op.execute(MISSED)
    with op.batch_alter_table('plan_action') as batch_op:
        batch_op.alter_column('project_id', existing_type=sa.Integer(), nullable=False)
    op.create_index('ix_plan_action_project_id', 'plan_action', ['project_id'])
    op.create_index('ix_plan_action_source_attempt_id', 'plan_action', ['source_attempt_id'])
    op.create_index('ix_project_school_id', 'project', ['school_id'])
    for table in ('project_task', 'risk', 'project_comment'):
        op.create_index(f'ix_{table}_project_id', table, ['project_id'])
        op.create_index(f'ix_{table}_form_key', table, ['form_key'], unique=True)


def _tables():
    op.create_table(
        'project',
        _number('id'),
        _key('project', 'school_id', 'school'),
        _key('project', 'cohort_id', 'cohort'),
        sa.PrimaryKeyConstraint('id', name='pk_project'),
        sa.UniqueConstraint('cohort_id', 'school_id', name='uq_project_cohort_id_school_id'),
    )
    op.create_table(
        'project_task',
        *_row('project_task'),
        sa.Column('text', sa.String(length=300), nullable=False),
        sa.Column('stage', sa.String(length=100), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False)
          for name in ('planned', 'achieved', 'correction', 'extra')),
    )
    op.create_table(
        'risk',
        *_row('risk'),
        sa.Column('text', sa.String(length=300), nullable=False),
        sa.Column('is_planned', sa.Boolean(), nullable=False),
        sa.Column('came_on', sa.Date(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('measure', 'correction')),
    )
    op.create_table(
        'rival_words',
        _number('id'),
        sa.Column('kind', sa.String(length=20), nullable=False),
        _number('row_id'),
        sa.Column('field', sa.String(length=40), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        _key('rival_words', 'author_id', 'user'),
        sa.Column('saved_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_rival_words'),
        sa.UniqueConstraint(
            'kind', 'row_id', 'field', 'author_id',
            name='uq_rival_words_kind_row_id_field_author_id',
        ),
    )
    op.create_table(
        'quarter_snapshot',
        _number('id'),
        _key('quarter_snapshot', 'project_id', 'project'),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('rows', sa.JSON(), nullable=False),
        sa.Column('taken_on', sa.Date(), nullable=False),
        sa.Column('taken_at', MOMENT, nullable=False),
        _key('quarter_snapshot', 'taken_by_id', 'user'),
        sa.PrimaryKeyConstraint('id', name='pk_quarter_snapshot'),
        sa.UniqueConstraint(
            'project_id', 'starts_on', name='uq_quarter_snapshot_project_id_starts_on'
        ),
    )
    op.create_table(
        'project_comment',
        _number('id'),
        _key('project_comment', 'project_id', 'project'),
        sa.Column('part', sa.Enum('RESULTS', 'EVENTS', 'RISKS', 'QUARTER', name='part',
                                  native_enum=False, length=20), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        _key('project_comment', 'author_id', 'user'),
        sa.Column('written_at', MOMENT, nullable=False),
        sa.Column('form_key', sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint('id', name='pk_project_comment'),
    )


def _grow_lines():
    with op.batch_alter_table('plan_action') as batch_op:
        batch_op.alter_column('due_on', existing_type=sa.Date(), nullable=True)
        batch_op.add_column(sa.Column('project_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('task_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('kind', sa.String(length=20), nullable=False,
                                      server_default='OTHER'))
        batch_op.add_column(_text('fact'))
        batch_op.add_column(_text('correction'))
        batch_op.add_column(sa.Column('missed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('corrected_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('source_attempt_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('source_line', sa.String(length=16), nullable=False,
                                      server_default=''))
        batch_op.add_column(sa.Column('removed_at', MOMENT, nullable=True))
        batch_op.add_column(sa.Column('removed_by_id', sa.Integer(), nullable=True))
        for name, other in (('project_id', 'project'), ('task_id', 'project_task'),
                            ('source_attempt_id', 'attempt'), ('removed_by_id', 'user')):
            batch_op.create_foreign_key(f'fk_plan_action_{name}', other, [name], ['id'])


def downgrade():
    op.execute('UPDATE plan_action SET due_on = done_on WHERE due_on IS NULL')
    for name in ('project_id', 'source_attempt_id'):
        op.drop_index(f'ix_plan_action_{name}', 'plan_action')
    with op.batch_alter_table('plan_action') as batch_op:
        for name in ('project_id', 'task_id', 'source_attempt_id', 'removed_by_id'):
            batch_op.drop_constraint(f'fk_plan_action_{name}', type_='foreignkey')
        for name in ('project_id', 'task_id', 'kind', 'fact', 'correction', 'missed_on',
                     'corrected_on', 'source_attempt_id', 'source_line', 'removed_at',
                     'removed_by_id'):
            batch_op.drop_column(name)
        batch_op.alter_column('due_on', existing_type=sa.Date(), nullable=False)
    for table in ('project_comment', 'quarter_snapshot', 'rival_words', 'risk',
                  'project_task', 'project'):
        op.drop_table(table)
