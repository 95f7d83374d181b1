"""Excerpts of the files that teams have sent"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('excerpt',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_excerpt_sha256')),
    sa.PrimaryKeyConstraint('sha256', 'kind', name=op.f('pk_excerpt'))
    )


def downgrade():
    op.drop_table('excerpt')
