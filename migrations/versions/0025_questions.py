"""Questions about a lesson, and one letter for a team"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def _key(table, name, other):
    key = sa.ForeignKey(f'{other}.id', name=f'fk_{table}_{name}')
    return sa.Column(name, sa.Integer(), key, nullable=False)


def upgrade():
    moment = sa.DateTime(timezone=True)
    op.add_column('module', sa.Column('shared_at', moment, nullable=True))
    op.create_table(
        'question',
        sa.Column('id', sa.Integer(), nullable=False),
        _key('question', 'module_id', 'module'),
        _key('question', 'revision_id', 'revision'),
        sa.Column('anchor', sa.Text(), nullable=False),
        _key('question', 'author_id', 'user'),
        _key('question', 'team_id', 'team'),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('asked_at', moment, nullable=False),
        sa.Column('answered_at', moment, nullable=True),
        sa.Column('form_key', sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint('id', name='pk_question'),
    )
    op.create_table(
        'answer',
        sa.Column('id', sa.Integer(), nullable=False),
        _key('answer', 'question_id', 'question'),
        _key('answer', 'author_id', 'user'),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('written_at', moment, nullable=False),
        sa.Column('form_key', sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint('id', name='pk_answer'),
    )
    op.create_table(
        'shared',
        _key('shared', 'question_id', 'question'),
        sa.Column('wording', sa.Text(), nullable=False),
        sa.Column('answer', sa.Text(), nullable=False),
        _key('shared', 'shared_by_id', 'user'),
        sa.Column('shared_at', moment, nullable=False),
        sa.PrimaryKeyConstraint('question_id', name='pk_shared'),
    )
    op.create_table(
        'team_letter',
        _key('team_letter', 'team_id', 'team'),
        _key('team_letter', 'captain_id', 'user'),
        sa.Column('chosen_at', moment, nullable=False),
        sa.PrimaryKeyConstraint('team_id', name='pk_team_letter'),
    )
    for name in ('module_id', 'author_id', 'team_id', 'answered_at'):
        op.create_index(f'ix_question_{name}', 'question', [name])
    op.create_index('ix_answer_question_id', 'answer', ['question_id'])
    for table in ('question', 'answer'):
        op.create_index(f'ix_{table}_form_key', table, ['form_key'], unique=True)


def downgrade():
    for table in ('team_letter', 'shared', 'answer', 'question'):
        op.drop_table(table)
    with op.batch_alter_table('module') as batch_op:
        batch_op.drop_column('shared_at')
