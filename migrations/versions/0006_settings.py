"""Settings of the course, what certificates print of them, the operator's consent"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

# What a certificate says of those who issue and sign it; earlier ones say nothing.
PRINTED = {'issuer': 200, 'signer_position': 200, 'signature_sha256': 64}


def upgrade():
    op.create_table('settings_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_settings_revision_author_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settings_revision')),
    sa.UniqueConstraint('number', name=op.f('uq_settings_revision_number'))
    )
    op.add_column('consent_document', sa.Column('template', sa.String(40), nullable=True))
    for name, length in PRINTED.items():
        op.add_column('certificate', sa.Column(name, sa.String(length), nullable=False, server_default=''))


def downgrade():
    for name in PRINTED:
        op.drop_column('certificate', name)
    op.drop_column('consent_document', 'template')
    op.drop_table('settings_revision')
