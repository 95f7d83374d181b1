"""Indicators, what is aimed at, and what schools have measured"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

DIRECTION = sa.Enum('TEAM', 'PARTNERS', 'RESOURCES', name='direction', native_enum=False, length=20)
UNIT = sa.Enum('SHARE', 'NUMBER', 'YES_NO', name='unit', native_enum=False, length=20)
SOURCE = sa.Enum('SITE', 'SCHOOL', 'COORDINATOR', name='source', native_enum=False, length=20)
PRESENT = {'sqlite_where': sa.text('valid_to IS NULL'), 'postgresql_where': sa.text('valid_to IS NULL')}


def upgrade():
    op.create_table('indicator',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('purpose', sa.String(length=300), nullable=False),
    sa.Column('direction', DIRECTION, nullable=False),
    sa.Column('unit', UNIT, nullable=False),
    sa.Column('source', SOURCE, nullable=False),
    sa.Column('counts_people', sa.Boolean(), nullable=False),
    sa.Column('numerator_text', sa.String(length=200), nullable=False),
    sa.Column('denominator_text', sa.String(length=200), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator'))
    )
    op.create_index('uq_indicator_present', 'indicator', ['key'], unique=True, **PRESENT)
    op.create_table('target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('territory_id', sa.Integer(), nullable=True),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('baseline', sa.Integer(), nullable=True),
    sa.Column('baseline_on', sa.Date(), nullable=True),
    sa.Column('target', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(territory_id IS NULL) <> (school_id IS NULL)', name=op.f('ck_target_owner')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_target_indicator_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_target_school_id')),
    sa.ForeignKeyConstraint(['territory_id'], ['territory.id'], name=op.f('fk_target_territory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target')),
    sa.UniqueConstraint('indicator_id', 'school_id', name=op.f('uq_target_indicator_id_school_id')),
    sa.UniqueConstraint('indicator_id', 'territory_id', name=op.f('uq_target_indicator_id_territory_id'))
    )
    op.create_table('measurement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('numerator', sa.Integer(), nullable=False),
    sa.Column('denominator', sa.Integer(), nullable=True),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_measurement_indicator_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_measurement_school_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['user.id'], name=op.f('fk_measurement_sent_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measurement')),
    sa.UniqueConstraint('starts_on', 'indicator_id', 'school_id', 'number', name=op.f('uq_measurement_starts_on_indicator_id_school_id_number'))
    )
    op.create_index(op.f('ix_measurement_school_id'), 'measurement', ['school_id'])
    op.create_table('measurement_file',
    sa.Column('measurement_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measurement_id'], ['measurement.id'], name=op.f('fk_measurement_file_measurement_id')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_measurement_file_sha256')),
    sa.PrimaryKeyConstraint('measurement_id', name=op.f('pk_measurement_file'))
    )
    op.create_table('measurement_decision',
    sa.Column('measurement_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('is_accepted', sa.Boolean(), nullable=False),
    sa.Column('question', sa.String(length=500), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_measurement_decision_decided_by_id')),
    sa.ForeignKeyConstraint(['measurement_id'], ['measurement.id'], name=op.f('fk_measurement_decision_measurement_id')),
    sa.PrimaryKeyConstraint('measurement_id', 'number', name=op.f('pk_measurement_decision'))
    )


def downgrade():
    for table in ('measurement_decision', 'measurement_file', 'measurement', 'target', 'indicator'):
        op.drop_table(table)
