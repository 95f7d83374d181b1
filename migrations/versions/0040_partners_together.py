"""Partners of events"""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('plan_action_partner',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['plan_action.id'], name=op.f('fk_plan_action_partner_event_id')),
    sa.ForeignKeyConstraint(['partner_id'], ['partner.id'], name=op.f('fk_plan_action_partner_partner_id')),
    sa.PrimaryKeyConstraint('event_id', 'partner_id', name=op.f('pk_plan_action_partner'))
    )
    with op.batch_alter_table('plan_action_partner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_action_partner_partner_id'), ['partner_id'], unique=False)


def downgrade():
    op.drop_table('plan_action_partner')
