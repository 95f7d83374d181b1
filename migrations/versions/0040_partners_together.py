"""Partners of events; lines shown to neighbours; coordinating councils"""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'
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
    op.create_table('exchange_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=False),
    sa.Column('shown_by_id', sa.Integer(), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['partner_id'], ['partner.id'], name=op.f('fk_exchange_line_partner_id')),
    sa.ForeignKeyConstraint(['shown_by_id'], ['user.id'], name=op.f('fk_exchange_line_shown_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exchange_line')),
    sa.UniqueConstraint('partner_id', name=op.f('uq_exchange_line_partner_id'))
    )
    op.create_table('exchange_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('asker_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_exchange_question_answered_by_id')),
    sa.ForeignKeyConstraint(['asker_id'], ['user.id'], name=op.f('fk_exchange_question_asker_id')),
    sa.ForeignKeyConstraint(['line_id'], ['exchange_line.id'], name=op.f('fk_exchange_question_line_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_exchange_question_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exchange_question'))
    )
    with op.batch_alter_table('exchange_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exchange_question_asker_id'), ['asker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exchange_question_form_key'), ['form_key'], unique=True)
        batch_op.create_index(batch_op.f('ix_exchange_question_line_id'), ['line_id'], unique=False)
    op.create_table('council_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('side', sa.Enum('TEACHER', 'PARENT', 'PUPIL', 'ORGANISATION', 'SOCIETY', name='side', native_enum=False, length=20), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_council_member_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_member'))
    )
    with op.batch_alter_table('council_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_council_member_form_key'), ['form_key'], unique=True)
        batch_op.create_index(batch_op.f('ix_council_member_school_id'), ['school_id'], unique=False)
    op.create_table('council_meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('agenda', sa.Text(), nullable=False),
    sa.Column('decisions', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_council_meeting_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_meeting'))
    )
    with op.batch_alter_table('council_meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_council_meeting_form_key'), ['form_key'], unique=True)
        batch_op.create_index(batch_op.f('ix_council_meeting_school_id'), ['school_id'], unique=False)
    op.create_table('council_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['council_meeting.id'], name=op.f('fk_council_file_meeting_id')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_council_file_sha256')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['user.id'], name=op.f('fk_council_file_uploaded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_file')),
    sa.UniqueConstraint('meeting_id', 'sha256', 'name', name=op.f('uq_council_file_meeting_id_sha256_name'))
    )


def downgrade():
    op.drop_table('council_file')
    op.drop_table('council_meeting')
    op.drop_table('council_member')
    op.drop_table('exchange_question')
    op.drop_table('exchange_line')
    op.drop_table('plan_action_partner')
