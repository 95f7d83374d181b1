"""Year reports: what people add to the figures, and the editions that were closed"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('territory_id', sa.Integer(), nullable=True),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(territory_id IS NULL) <> (school_id IS NULL)', name=op.f('ck_report_subject')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_report_author_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_report_school_id')),
    sa.ForeignKeyConstraint(['territory_id'], ['territory.id'], name=op.f('fk_report_territory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('school_id', 'year', name=op.f('uq_report_school_id_year')),
    sa.UniqueConstraint('territory_id', 'year', name=op.f('uq_report_territory_id_year'))
    )
    op.create_table('report_rival',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_report_rival_author_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_rival_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_rival')),
    sa.UniqueConstraint('report_id', 'author_id', name=op.f('uq_report_rival_report_id_author_id'))
    )
    op.create_table('report_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('closed_by_id', sa.Integer(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['closed_by_id'], ['user.id'], name=op.f('fk_report_edition_closed_by_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_edition_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_edition')),
    sa.UniqueConstraint('report_id', 'number', name=op.f('uq_report_edition_report_id_number'))
    )


def downgrade():
    op.drop_table('report_edition')
    op.drop_table('report_rival')
    op.drop_table('report')
