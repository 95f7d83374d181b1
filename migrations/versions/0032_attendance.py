"""What meetings are for, who came, and what is left of them"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, length=20)


def upgrade():
    with op.batch_alter_table('meeting') as batch_op:
        kind = enum('meetingkind', 'MEETING', 'WEBINAR', 'VISIT')
        batch_op.add_column(sa.Column('kind', kind, nullable=False, server_default='MEETING'))
        for name, parent in (('territory_id', 'territory'), ('module_id', 'module')):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(f'fk_meeting_{name}', parent, [name], ['id'])
        for name, kind in (
            ('summary', sa.Text()),
            ('summary_html', sa.Text()),
            ('recording_url', sa.String(length=500)),
        ):
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=''))
        for name in ('recording_lost_at', 'attended_at'):
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('guests', sa.Integer(), nullable=False, server_default='0'))
    op.create_table('meeting_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_file_meeting_id')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_meeting_file_sha256')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['user.id'], name=op.f('fk_meeting_file_uploaded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_file')),
    sa.UniqueConstraint('meeting_id', 'sha256', 'name', name=op.f('uq_meeting_file_meeting_id_sha256_name'))
    )
    op.create_table('meeting_reply',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('comes', sa.Boolean(), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_reply_meeting_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_meeting_reply_user_id')),
    sa.PrimaryKeyConstraint('meeting_id', 'user_id', name=op.f('pk_meeting_reply'))
    )
    op.create_index(op.f('ix_meeting_reply_user_id'), 'meeting_reply', ['user_id'])
    op.create_table('attendance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('source', enum('source', 'MARK', 'LIST', 'RECORDING'), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('matched_by', enum('match', 'EMAIL', 'NAME', 'CHOICE'), nullable=True),
    sa.Column('watched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendance_meeting_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_attendance_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('meeting_id', 'user_id', name=op.f('uq_attendance_meeting_id_user_id'))
    )
    op.create_index(op.f('ix_attendance_user_id'), 'attendance', ['user_id'])
    op.create_table('attendance_excuse',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('excused_by_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('excused_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_attendance_excuse_cohort_id')),
    sa.ForeignKeyConstraint(['excused_by_id'], ['user.id'], name=op.f('fk_attendance_excuse_excused_by_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_attendance_excuse_module_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_attendance_excuse_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_excuse')),
    sa.UniqueConstraint('user_id', 'cohort_id', 'module_id', name=op.f('uq_attendance_excuse_user_id_cohort_id_module_id'))
    )
    op.create_index(op.f('ix_attendance_excuse_cohort_id'), 'attendance_excuse', ['cohort_id'])
    op.create_table('attendance_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('people', sa.JSON(), nullable=False),
    sa.Column('has_minutes', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_attendance_list_author_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendance_list_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_list'))
    )
    op.create_index(op.f('ix_attendance_list_form_key'), 'attendance_list', ['form_key'], unique=True)
    op.create_index(op.f('ix_attendance_list_meeting_id'), 'attendance_list', ['meeting_id'])


def downgrade():
    for name in (
        'attendance_list',
        'attendance_excuse',
        'attendance',
        'meeting_reply',
        'meeting_file',
    ):
        op.drop_table(name)
    with op.batch_alter_table('meeting') as batch_op:
        for name in ('territory_id', 'module_id'):
            batch_op.drop_constraint(f'fk_meeting_{name}', type_='foreignkey')
            batch_op.drop_column(name)
        for name in (
            'kind',
            'summary',
            'summary_html',
            'recording_url',
            'recording_lost_at',
            'attended_at',
            'guests',
        ):
            batch_op.drop_column(name)
