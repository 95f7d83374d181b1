"""Territories, the schools within them, and who looks after them"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

PRESENT = {'sqlite_where': sa.text('until IS NULL'), 'postgresql_where': sa.text('until IS NULL')}
# A school of «Москва, Москва» lies in one territory.
REGIONS = (
    "INSERT INTO territory (name) SELECT DISTINCT region FROM school"
    " WHERE region <> '' AND region <> municipality"
)
ALONE = (
    "INSERT INTO territory (name) SELECT DISTINCT municipality FROM school"
    " WHERE municipality <> '' AND (region = '' OR region = municipality)"
    ' AND municipality NOT IN (SELECT name FROM territory)'
)
WITHIN = (
    'INSERT INTO territory (name, parent_id) SELECT DISTINCT school.municipality, top.id FROM school'
    ' JOIN territory AS top ON top.name = school.region AND top.parent_id IS NULL'
    " WHERE school.municipality <> '' AND school.region <> school.municipality"
)
# The database has one name on top; a town with a region lies below it.
PLACES = (
    'INSERT INTO school_territory (school_id, territory_id) SELECT school.id, territory.id FROM school'
    ' JOIN territory ON territory.name = school.municipality'
    ' LEFT JOIN territory AS top ON top.id = territory.parent_id'
    " WHERE CASE WHEN school.region = '' OR school.region = school.municipality"
    ' THEN territory.parent_id IS NULL ELSE top.name = school.region END'
)


def upgrade():
    op.create_table('territory',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('merged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['territory.id'], name=op.f('fk_territory_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_territory'))
    )
    op.create_index(op.f('ix_territory_form_key'), 'territory', ['form_key'], unique=True)
    _create_unique('uq_territory_name', ['parent_id', 'name'], 'merged_at IS NULL')
    _create_unique('uq_territory_top', ['name'], 'merged_at IS NULL AND parent_id IS NULL')
    _create_lasting('school_territory', 'school', ['school_id'])
    _create_lasting('coordination', 'user', ['user_id', 'territory_id'])
    for statement in (REGIONS, ALONE, WITHIN, PLACES):
        op.execute(statement)


def _create_unique(name, columns, where):
    op.create_index(
        name, 'territory', columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )


def _create_lasting(table, whose, present):
    """Make a table of what belongs to a territory for a while."""
    op.create_table(table,
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column(f'{whose}_id', sa.Integer(), nullable=False),
    sa.Column('territory_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint([f'{whose}_id'], [f'{whose}.id'], name=op.f(f'fk_{table}_{whose}_id')),
    sa.ForeignKeyConstraint(['territory_id'], ['territory.id'], name=op.f(f'fk_{table}_territory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}'))
    )
    op.create_index(op.f(f'ix_{table}_{whose}_id'), table, [f'{whose}_id'])
    op.create_index(op.f(f'ix_{table}_territory_id'), table, ['territory_id'])
    op.create_index(f'uq_{table}_present', table, present, unique=True, **PRESENT)


def downgrade():
    for table in ('coordination', 'school_territory', 'territory'):
        op.drop_table(table)
