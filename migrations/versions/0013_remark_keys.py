"""Keys of kept remarks: a double click keeps one"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    column = sa.Column('form_key', sa.String(length=36), nullable=True)
    op.add_column('bank_remark', column)
    op.create_index(
        'ix_bank_remark_form_key', 'bank_remark', ['form_key'], unique=True
    )


def downgrade():
    op.drop_index('ix_bank_remark_form_key', table_name='bank_remark')
    with op.batch_alter_table('bank_remark') as batch_op:
        batch_op.drop_column('form_key')
