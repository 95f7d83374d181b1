"""Meetings of a merged territory are those of the one that is kept"""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

# A merged territory lies in the one that was kept, which may have been merged since.
MOVE = """
    UPDATE meeting SET territory_id = (
        SELECT parent_id FROM territory WHERE territory.id = meeting.territory_id
    )
    WHERE territory_id IN (
        SELECT id FROM territory
        WHERE merged_at IS NOT NULL AND parent_id IS NOT NULL AND parent_id != id
    )
"""


def upgrade():
    while op.get_bind().exec_driver_sql(MOVE).rowcount:
        pass


def downgrade():
    """Nothing tells any more for which of the two a meeting was."""
