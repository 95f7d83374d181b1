"""Jobs that failed for good, what became of letters, the heartbeat of workers"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

DELIVERIES = sa.Enum('SENT', 'KEPT', name='delivery', native_enum=False, length=20)
JOB = sa.table('job', sa.column('payload', sa.JSON()), sa.column('done_at'))


def upgrade():
    op.create_table('heartbeat',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heartbeat'))
    )
    with op.batch_alter_table('job') as batch_op:
        batch_op.drop_index('ix_job_waiting')
        batch_op.add_column(sa.Column('parked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('delivery', DELIVERIES, nullable=True))
        batch_op.create_index('ix_job_waiting', ['done_at', 'parked_at', 'is_bulk', 'run_at'], unique=False)
    # Letters that have gone out held links that still worked.
    op.execute(sa.update(JOB).where(JOB.c.done_at.is_not(None)).values(payload={}))


def downgrade():
    with op.batch_alter_table('job') as batch_op:
        batch_op.drop_index('ix_job_waiting')
        batch_op.drop_column('delivery')
        batch_op.drop_column('parked_at')
        batch_op.create_index('ix_job_waiting', ['done_at', 'is_bulk', 'run_at'], unique=False)
    op.drop_table('heartbeat')
