"""Entry and exit diagnostics, and surveys whose answers know nobody"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
POSITIONS = ('HEAD', 'DEPUTY', 'TEACHER', 'PARENT', 'GRADUATE', 'PARTNER')


def _id():
    return sa.Column('id', sa.Integer(), nullable=False)


def _key(table, name, other, *, of='id'):
    key = sa.ForeignKey(f'{other}.{of}', name=f'fk_{table}_{name}')
    return sa.Column(name, sa.Integer(), key, nullable=False)


def _edition():
    return (
        sa.Column('content_hash', sa.String(length=64), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
    )


def _apart(table, *columns):
    """Make a table of a round whose rows have random names and no numbers."""
    op.create_table(
        table,
        sa.Column('id', sa.String(length=32), nullable=False),
        _key(table, 'round_id', 'survey_round'),
        *columns,
        sa.PrimaryKeyConstraint('id', name=f'pk_{table}'),
        sqlite_with_rowid=False,
    )
    op.create_index(f'ix_{table}_round_id', table, ['round_id'])


def upgrade():
    op.create_table(
        'measures_edition',
        _id(),
        sa.Column('content_hash', sa.String(length=64), nullable=False),
        sa.Column('sources', sa.JSON(), nullable=False),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_measures_edition'),
    )
    _diagnostics()
    _surveys()


def _diagnostics():
    op.create_table(
        'diagnostics_edition',
        _id(),
        sa.Column('is_withdrawn', sa.Boolean(), nullable=False),
        *_edition(),
        sa.PrimaryKeyConstraint('id', name='pk_diagnostics_edition'),
    )
    op.create_table(
        'diagnostics_round',
        _key('diagnostics_round', 'cohort_id', 'cohort'),
        _key('diagnostics_round', 'edition_id', 'diagnostics_edition'),
        sa.Column('closed_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('cohort_id', name='pk_diagnostics_round'),
    )
    op.create_table(
        'sitting',
        _id(),
        _key('sitting', 'user_id', 'user'),
        _key('sitting', 'cohort_id', 'diagnostics_round', of='cohort_id'),
        _key('sitting', 'team_id', 'team'),
        sa.Column('position', sa.Enum(*POSITIONS, name='position', native_enum=False, length=20), nullable=False),
        sa.Column('moment', sa.Enum('ENTRY', 'EXIT', name='moment', native_enum=False, length=20), nullable=False),
        sa.Column('form', sa.String(length=1), nullable=False),
        sa.Column('answers', sa.JSON(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('started_at', MOMENT, nullable=False),
        sa.Column('finished_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('id', name='pk_sitting'),
        sa.UniqueConstraint('user_id', 'cohort_id', 'moment', name='uq_sitting_user_cohort_moment'),
    )
    op.create_index('ix_sitting_cohort', 'sitting', ['cohort_id'])


def _surveys():
    op.create_table(
        'survey_edition',
        _id(),
        sa.Column('slug', sa.String(length=60), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('after_module', sa.String(length=60), nullable=True),
        *_edition(),
        sa.PrimaryKeyConstraint('id', name='pk_survey_edition'),
    )
    op.create_index('ix_survey_edition_slug', 'survey_edition', ['slug'])
    op.create_table(
        'survey_round',
        _id(),
        _key('survey_round', 'cohort_id', 'cohort'),
        sa.Column('slug', sa.String(length=60), nullable=False),
        _key('survey_round', 'edition_id', 'survey_edition'),
        sa.Column('closes_on', sa.Date(), nullable=False),
        sa.Column('closed_at', MOMENT, nullable=True),
        sa.PrimaryKeyConstraint('id', name='pk_survey_round'),
        sa.UniqueConstraint('cohort_id', 'slug', name='uq_survey_round_cohort_slug'),
    )
    op.create_table(
        'survey_respondent',
        _key('survey_respondent', 'round_id', 'survey_round'),
        _key('survey_respondent', 'user_id', 'user'),
        sa.PrimaryKeyConstraint('round_id', 'user_id', name='pk_survey_respondent'),
        sqlite_with_rowid=False,
    )
    school = _key('survey_reply', 'school_id', 'school')
    _apart('survey_reply', school, sa.Column('marks', sa.JSON(), nullable=False))
    _apart('survey_words', sa.Column('text', sa.Text(), nullable=False))


def downgrade():
    for table in ('survey_words', 'survey_reply', 'survey_respondent', 'survey_round'):
        op.drop_table(table)
    for table in ('survey_edition', 'sitting', 'diagnostics_round', 'diagnostics_edition', 'measures_edition'):
        op.drop_table(table)
