"""Lists of people whose columns are chosen by hand"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# The columns of a list as 0001 knew them, in the order in which their cells now stand.
KEYS = (
    'school', 'municipality', 'region', 'team', 'full_name', 'email', 'position',
    'captain',
)


def upgrade():
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        for name in ('places', 'same_schools'):
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('header', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        for name in ('places', 'same_schools', 'header'):
            batch_op.alter_column(name, server_default=None)
    lay_out_cells()


def lay_out_cells():
    """Write the lines that wait for a confirmation the new way: cells in a row."""
    enrolment = sa.table(
        'enrolment',
        sa.column('id', sa.Integer()),
        sa.column('lines', sa.JSON()),
        sa.column('places', sa.JSON()),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(enrolment)).all():
        if not row.lines:
            continue
        lines = [
            [number, [cells.get(key, '') for key in KEYS]] for number, cells in row.lines
        ]
        places = {key: [place] for place, key in enumerate(KEYS)}
        connection.execute(
            sa.update(enrolment)
            .where(enrolment.c.id == row.id)
            .values(lines=lines, places=places)
        )


def downgrade():
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        for name in ('same_schools', 'places', 'header'):
            batch_op.drop_column(name)
