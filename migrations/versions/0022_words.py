"""Words of lists with a space before each, and indexes by which people are counted"""

import click
import sqlalchemy as sa
from alembic import op

from lms.core.trigrams import TEXTS, make_trigram_indexes

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

PRESENT = {f'{kind}_where': sa.text('left_at IS NULL') for kind in ('sqlite', 'postgresql')}


def upgrade():
    op.create_index('ix_membership_present', 'membership', ['team_id'], **PRESENT)
    op.create_index('ix_team_cohort', 'team', ['cohort_id', 'id'])
    op.drop_index('ix_team_cohort_id', table_name='team')
    drop_words()
    if refusal := make_trigram_indexes(op.get_bind()):
        click.echo(refusal)


def downgrade():
    op.create_index('ix_team_cohort_id', 'team', ['cohort_id'])
    op.drop_index('ix_team_cohort', table_name='team')
    op.drop_index('ix_membership_present', table_name='membership')
    drop_words()  # `flask setup` of the earlier release makes its own


def drop_words():
    if op.get_bind().dialect.name == 'postgresql':
        for table in TEXTS:
            op.execute(f'DROP INDEX IF EXISTS ix_{table}_words')
