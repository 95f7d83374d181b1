"""The bank of practices: cards, who agreed to them, who took them, what was asked"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('school_kind',
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Enum('CITY', 'TOWN', 'VILLAGE', name='place', native_enum=False, length=20), nullable=False),
    sa.Column('size', sa.Enum('SMALL', 'MIDDLE', 'LARGE', name='size', native_enum=False, length=20), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_school_kind_school_id')),
    sa.PrimaryKeyConstraint('school_id', name=op.f('pk_school_kind'))
    )
    op.create_table('practice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('school_name', sa.String(length=200), nullable=False),
    sa.Column('municipality', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('failed', sa.Text(), nullable=False),
    sa.Column('for_whom', sa.Text(), nullable=False),
    sa.Column('resources', sa.Text(), nullable=False),
    sa.Column('place', sa.Enum('CITY', 'TOWN', 'VILLAGE', name='place', native_enum=False, length=20), nullable=True),
    sa.Column('size', sa.Enum('SMALL', 'MIDDLE', 'LARGE', name='size', native_enum=False, length=20), nullable=True),
    sa.Column('time', sa.Enum('MONTH', 'QUARTER', 'YEAR', name='time', native_enum=False, length=20), nullable=True),
    sa.Column('money', sa.Enum('NONE', 'LITTLE', 'MORE', name='money', native_enum=False, length=20), nullable=True),
    sa.Column('hands', sa.Enum('FEW', 'SOME', 'MANY', name='hands', native_enum=False, length=20), nullable=True),
    sa.Column('contact_kind', sa.Enum('QUESTIONS', 'VISITS', 'NONE', name='contactkind', native_enum=False, length=20), nullable=False),
    sa.Column('confirmed', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('DRAFT', 'CONSENT', 'EDITOR', 'PUBLISHED', 'RETURNED', 'WITHDRAWN', name='practicestate', native_enum=False, length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('editor_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_practice_asked_by_id')),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_practice_attempt_id')),
    sa.ForeignKeyConstraint(['editor_id'], ['user.id'], name=op.f('fk_practice_editor_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_practice_module_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_practice_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice')),
    sa.UniqueConstraint('attempt_id', name=op.f('uq_practice_attempt_id'))
    )
    op.create_index('ix_practice_bank', 'practice', ['state', 'module_id'], unique=False)
    op.create_index('ix_practice_module_id', 'practice', ['module_id'], unique=False)
    op.create_index('ix_practice_team_id', 'practice', ['team_id'], unique=False)
    op.create_table('practice_consent',
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('agrees', sa.Boolean(), nullable=False),
    sa.Column('shows_name', sa.Boolean(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_practice_consent_practice_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_practice_consent_user_id')),
    sa.PrimaryKeyConstraint('practice_id', 'version', 'user_id', name=op.f('pk_practice_consent'))
    )
    op.create_index('ix_practice_consent_user_id', 'practice_consent', ['user_id'], unique=False)
    op.create_table('practice_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('asker_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_practice_question_answered_by_id')),
    sa.ForeignKeyConstraint(['asker_id'], ['user.id'], name=op.f('fk_practice_question_asker_id')),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_practice_question_practice_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_practice_question_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_question'))
    )
    op.create_index('ix_practice_question_asker_id', 'practice_question', ['asker_id'], unique=False)
    op.create_index('ix_practice_question_form_key', 'practice_question', ['form_key'], unique=True)
    op.create_index('ix_practice_question_practice_id', 'practice_question', ['practice_id'], unique=False)
    op.create_table('practice_quote',
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('part', sa.Enum('WHAT', 'HOW', 'RESULT', 'FAILED', 'FOR_WHOM', 'RESOURCES', name='part', native_enum=False, length=20), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_practice_quote_practice_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_practice_quote_user_id')),
    sa.PrimaryKeyConstraint('practice_id', 'version', 'part', 'user_id', name=op.f('pk_practice_quote'))
    )
    op.create_index('ix_practice_quote_user_id', 'practice_quote', ['user_id'], unique=False)
    op.create_table('practice_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('said', sa.String(length=200), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['practice_id'], ['practice.id'], name=op.f('fk_practice_use_practice_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_practice_use_school_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_practice_use_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_use')),
    sa.UniqueConstraint('practice_id', 'school_id', name=op.f('uq_practice_use_practice_id_school_id'))
    )
    op.create_index('ix_practice_use_school_id', 'practice_use', ['school_id'], unique=False)


def downgrade():
    op.drop_table('practice_use')
    op.drop_table('practice_quote')
    op.drop_table('practice_question')
    op.drop_table('practice_consent')
    op.drop_table('practice')
    op.drop_table('school_kind')
