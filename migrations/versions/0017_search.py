"""Search over what people wrote"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0017'
down_revision = "0016"
branch_labels = None
depends_on = None

PLACES = ('cohort', 'team', 'user', 'submission', 'module')
INDEXES = (('ix_passage_team', 'team_id'), ('ix_passage_person', 'user_id'), ('ix_passage_cohort', 'cohort_id'))
POSTGRESQL = [
    'CREATE INDEX ix_passage_words ON passage USING gin (words) WITH (fastupdate = off)',
]
SQLITE = [
    "CREATE VIRTUAL TABLE passage_words USING fts5(words, content='passage', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN"
    " INSERT INTO passage_words (rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN"
    " INSERT INTO passage_words (passage_words, rowid, words) VALUES ('delete', old.id, old.words); END",
]


def upgrade():
    op.create_table('passage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('LESSON', 'WORK', 'REMARK', 'MESSAGE', 'EDIT', 'ACTION', 'DOCUMENT', name='kind', native_enum=False, length=20), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    *(sa.Column(f'{place}_id', sa.Integer(), nullable=True) for place in PLACES),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('words', sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql'), nullable=False),
    *(
        sa.ForeignKeyConstraint([f'{place}_id'], [f'{place}.id'], name=op.f(f'fk_passage_{place}_id'), ondelete='CASCADE')
        for place in PLACES
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passage')),
    sa.UniqueConstraint('kind', 'source_id', name=op.f('uq_passage_kind_source_id'))
    )
    for name, column in INDEXES:
        op.create_index(name, 'passage', [column, 'kind', 'source_id'], unique=False)
    op.create_index('ix_passage_submission_id', 'passage', ['submission_id'], unique=False)
    for statement in POSTGRESQL if op.get_bind().dialect.name == 'postgresql' else SQLITE:
        op.execute(statement)


def downgrade():
    # Nothing is lost: the rows are made of others.
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE passage_words')
    op.drop_table('passage')
