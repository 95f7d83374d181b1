"""Indexes of the lists that grow: their order, and the words they are searched by"""

import click
import sqlalchemy as sa
from alembic import op

from lms.core.trigrams import make_trigram_indexes

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

NAMED = ['full_name', 'id']
STAFF, CLOSED = "roles <> ''", 'closed_at IS NOT NULL'
EXPECTED = 'accepted_at IS NULL AND withdrawn_at IS NULL'
# Table, name, columns, of which rows.
INDEXES = [
    ('user', 'ix_user_name', NAMED, None),
    ('user', 'ix_user_staff', NAMED, STAFF),
    ('user', 'ix_user_closed', NAMED, CLOSED),
    ('newcomer', 'ix_newcomer_name', NAMED, EXPECTED),
    ('school', 'ix_school_place', ['municipality', 'name', 'id'], None),
    ('team', 'ix_team_school', ['school_id', 'name', 'id'], None),
    ('audit_event', 'ix_audit_event_actor', ['actor_id', 'id'], None),
    ('certificate', 'ix_certificate_state', ['state', 'id'], None),
]


def upgrade():
    for table, name, columns, rows in INDEXES:
        where = {f'{kind}_where': sa.text(rows) for kind in ('sqlite', 'postgresql')} if rows else {}
        op.create_index(name, table, columns, unique=False, **where)
    # The one by actor and number stands for it.
    op.drop_index('ix_audit_event_actor_id', table_name='audit_event')
    # SQLite would lose it when it rebuilds the table.
    if op.get_bind().dialect.name == 'postgresql':
        op.create_index('ix_certificate_year', 'certificate', [sa.text('substr(number, 4, 4)'), 'id'])
    if refusal := make_trigram_indexes(op.get_bind()):
        click.echo(refusal)


def downgrade():
    op.create_index('ix_audit_event_actor_id', 'audit_event', ['actor_id'], unique=False)
    for table, name, _columns, _rows in INDEXES:
        op.drop_index(name, table_name=table)
    if op.get_bind().dialect.name == 'postgresql':
        op.drop_index('ix_certificate_year', table_name='certificate')
        for table in ('audit_event', 'certificate', 'newcomer', 'school', 'team', 'user'):
            op.execute(f'DROP INDEX IF EXISTS ix_{table}_words')
