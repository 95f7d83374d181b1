"""Small copies of pictures"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'thumbnail',
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('small', sa.String(length=64), nullable=True),
        sa.Column('large', sa.String(length=64), nullable=True),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['sha256'],
            ['stored_file.sha256'],
            name=op.f('fk_thumbnail_sha256'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(
            ['small'], ['stored_file.sha256'], name=op.f('fk_thumbnail_small')
        ),
        sa.ForeignKeyConstraint(
            ['large'], ['stored_file.sha256'], name=op.f('fk_thumbnail_large')
        ),
        sa.PrimaryKeyConstraint('sha256', name=op.f('pk_thumbnail')),
    )
    for name in ('small', 'large'):
        op.create_index(op.f(f'ix_thumbnail_{name}'), 'thumbnail', [name])


def downgrade():
    op.drop_table('thumbnail')
