"""Erasing a person: what was asked, how far it is, and which texts still name them"""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('user', sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('erasure',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('erase_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_by_term', sa.Boolean(), nullable=False),
    sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('searched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('known_as', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['request_id'], ['data_request.id'], name=op.f('fk_erasure_request_id')),
    sa.PrimaryKeyConstraint('request_id', name=op.f('pk_erasure'))
    )
    op.create_table('mention',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.String(length=63), nullable=False),
    sa.Column('row_key', sa.String(length=200), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decision', sa.Enum('REMOVED', 'LEFT', name='decision', native_enum=False, length=20), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_mention_decided_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['erasure.request_id'], name=op.f('fk_mention_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mention')),
    sa.UniqueConstraint('request_id', 'table_name', 'row_key', name=op.f('uq_mention_request_id_table_name_row_key'))
    )


def downgrade():
    op.drop_table('mention')
    op.drop_table('erasure')
    op.drop_column('user', 'erased_at')
