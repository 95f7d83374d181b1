"""Mentors with what is asked of them, and pairs of schools with their plans"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('mentor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('helps', sa.JSON(), nullable=False),
    sa.Column('hours_a_month', sa.Integer(), nullable=False),
    sa.Column('reach', sa.Enum('DISTRICT', 'REGION', name='reach', native_enum=False, length=20), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('active_until', sa.Date(), nullable=False),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_mentor_school_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_mentor_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor')),
    sa.UniqueConstraint('user_id', name=op.f('uq_mentor_user_id'))
    )
    op.create_index(op.f('ix_mentor_school_id'), 'mentor', ['school_id'], unique=False)
    op.create_table('mentor_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('asker_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('chosen_id', sa.Integer(), nullable=True),
    sa.Column('mentor_id', sa.Integer(), nullable=True),
    sa.Column('topic', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('NEW', 'HANDED', 'ACCEPTED', 'DECLINED', 'ARRANGED', 'CLOSED', name='requeststate', native_enum=False, length=20), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('held_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=True),
    sa.Column('spent_on', sa.Date(), nullable=True),
    sa.Column('meets_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=500), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('asker_result', sa.String(length=500), nullable=False),
    sa.Column('mentor_result', sa.String(length=500), nullable=False),
    sa.Column('result_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('mentor_reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asker_reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ending', sa.Enum('BOTH', 'ONE_SIDE', 'SILENT', 'TAKEN_BACK', name='ending', native_enum=False, length=20), nullable=True),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['asker_id'], ['user.id'], name=op.f('fk_mentor_request_asker_id')),
    sa.ForeignKeyConstraint(['chosen_id'], ['mentor.id'], name=op.f('fk_mentor_request_chosen_id')),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_request_mentor_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_mentor_request_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_request'))
    )
    op.create_index(op.f('ix_mentor_request_asker_id'), 'mentor_request', ['asker_id'], unique=False)
    op.create_index(op.f('ix_mentor_request_form_key'), 'mentor_request', ['form_key'], unique=True)
    op.create_index('ix_mentor_request_holder', 'mentor_request', ['mentor_id', 'state'], unique=False)
    op.create_index('ix_mentor_request_school', 'mentor_request', ['school_id', 'state'], unique=False)
    op.create_table('mentor_topic',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mentor_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_topic_mentor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_topic')),
    sa.UniqueConstraint('mentor_id', 'name', name=op.f('uq_mentor_topic_mentor_id_name'))
    )
    op.create_table('pair',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('goal', sa.Text(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_pair_two_schools')),
    sa.ForeignKeyConstraint(['first_id'], ['school.id'], name=op.f('fk_pair_first_id')),
    sa.ForeignKeyConstraint(['second_id'], ['school.id'], name=op.f('fk_pair_second_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair'))
    )
    op.create_index(op.f('ix_pair_form_key'), 'pair', ['form_key'], unique=True)
    op.create_index(op.f('ix_pair_second_id'), 'pair', ['second_id'], unique=False)
    op.create_index('uq_pair_open', 'pair', ['first_id', 'second_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('pair_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pair_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=300), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('planned', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_pair_event_pair_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair_event'))
    )
    op.create_index(op.f('ix_pair_event_form_key'), 'pair_event', ['form_key'], unique=True)
    op.create_index(op.f('ix_pair_event_pair_id'), 'pair_event', ['pair_id'], unique=False)


def downgrade():
    op.drop_table('pair_event')
    op.drop_table('pair')
    op.drop_table('mentor_topic')
    op.drop_index('ix_mentor_request_school', table_name='mentor_request')
    op.drop_index('ix_mentor_request_holder', table_name='mentor_request')
    op.drop_index(op.f('ix_mentor_request_form_key'), table_name='mentor_request')
    op.drop_index(op.f('ix_mentor_request_asker_id'), table_name='mentor_request')
    op.drop_table('mentor_request')
    op.drop_index(op.f('ix_mentor_school_id'), table_name='mentor')
    op.drop_table('mentor')
