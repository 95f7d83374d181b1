"""What a participant has seen of the news"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

TOPIC = sa.Enum('WORK', 'LESSON', 'MEETING', 'CERTIFICATE', name='topic', native_enum=False, length=20)
MOMENTS = [('membership', 'news_seen_at'), ('module', 'published_at'), ('submission', 'told_at')]


def upgrade():
    op.create_table('glance',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('topic', TOPIC, nullable=False),
    sa.Column('thing_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_glance_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'topic', 'thing_id', name=op.f('pk_glance'))
    )
    for table, name in MOMENTS:
        op.add_column(table, sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    # Nobody is told of what happened before: it is in their letters.
    membership = sa.table('membership', sa.column('news_seen_at', sa.DateTime(timezone=True)))
    op.execute(sa.update(membership).values(news_seen_at=sa.func.current_timestamp()))


def downgrade():
    for table, name in reversed(MOMENTS):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(name)
    op.drop_table('glance')
