"""First tables"""

import sqlalchemy as sa
from alembic import op
import lms.accounts.models
import lms.database

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('certificate_counter',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_certificate_counter'))
    )
    op.create_table('consent_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_document')),
    sa.UniqueConstraint('version', name=op.f('uq_consent_document_version'))
    )
    op.create_table('course_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_edition'))
    )
    op.create_table('job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=True),
    sa.Column('is_bulk', sa.Boolean(), nullable=False),
    sa.Column('run_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('done_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('key', name=op.f('uq_job_key'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_waiting', ['done_at', 'is_bulk', 'run_at'], unique=False)

    op.create_table('module',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('current_revision_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('imported_hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_module')),
    sa.UniqueConstraint('position', name=op.f('uq_module_position')),
    sa.UniqueConstraint('slug', name=op.f('uq_module_slug'))
    )
    op.create_table('school',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('municipality', sa.String(length=120), nullable=False),
    sa.Column('region', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school')),
    sa.UniqueConstraint('name', 'municipality', name=op.f('uq_school_name_municipality'))
    )
    op.create_table('stored_file',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('stored_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_stored_file'))
    )
    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('full_name', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('roles', lms.accounts.models.RoleSet(length=60), nullable=False),
    sa.Column('timezone', sa.String(length=60), nullable=False),
    sa.Column('consent_version', sa.String(length=40), nullable=True),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('email_confirmed_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('signed_in_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('email', name=op.f('uq_user_email'))
    )
    op.create_table('audit_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('object_type', sa.String(length=40), nullable=False),
    sa.Column('object_id', sa.String(length=60), nullable=False),
    sa.Column('object_title', sa.String(length=200), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_audit_event_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_event_at'), ['at'], unique=False)

    op.create_table('bank_remark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('criterion', sa.String(length=60), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_bank_remark_module_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_bank_remark_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_remark'))
    )
    with op.batch_alter_table('bank_remark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bank_remark_module_id'), ['module_id'], unique=False)

    op.create_table('cohort',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('calendar', sa.String(length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('PLANNED', 'OPEN', 'CLOSED', name='cohortstate', native_enum=False, length=20), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('opened_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('return_days', sa.Integer(), nullable=False),
    sa.Column('second_share', sa.Integer(), nullable=False),
    sa.Column('second_threshold', sa.Integer(), nullable=False),
    sa.Column('second_counter', sa.Integer(), nullable=False),
    sa.Column('rule', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['lead_id'], ['user.id'], name=op.f('fk_cohort_lead_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort')),
    sa.UniqueConstraint('name', name=op.f('uq_cohort_name'))
    )
    op.create_table('switched_off',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('letter', sa.Enum('RETURNED', 'ACCEPTED', 'CERTIFICATE', 'FROM_TUTOR', 'OPENING', 'REMINDER', 'DEFERRAL', 'MEETING', 'TALK', 'QUEUE', name='letter', native_enum=False, length=20), nullable=False),
    sa.Column('switched_off_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_switched_off_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'letter', name=op.f('pk_switched_off'))
    )
    op.create_table('calendar_row',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_calendar_row_cohort_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_calendar_row_module_id')),
    sa.PrimaryKeyConstraint('cohort_id', 'module_id', name=op.f('pk_calendar_row'))
    )
    op.create_table('cohort_tutor',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_tutor_cohort_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_cohort_tutor_user_id')),
    sa.PrimaryKeyConstraint('cohort_id', 'user_id', name=op.f('pk_cohort_tutor'))
    )
    op.create_table('consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('accepted_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['consent_document.id'], name=op.f('fk_consent_document_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_consent_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent')),
    sa.UniqueConstraint('user_id', 'document_id', name=op.f('uq_consent_user_id_document_id'))
    )
    op.create_table('enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('ignored', sa.JSON(), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('refused', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_enrolment_author_id')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_enrolment_cohort_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_cohort_id'), ['cohort_id'], unique=False)

    op.create_table('read_mark',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('read_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_read_mark_module_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_read_mark_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'module_id', name=op.f('pk_read_mark'))
    )
    op.create_table('revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('short_title', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('assignment_title', sa.String(length=200), nullable=True),
    sa.Column('assignment_by', sa.String(length=10), nullable=True),
    sa.Column('work_required', sa.Boolean(), nullable=False),
    sa.Column('has_quiz', sa.Boolean(), nullable=False),
    sa.Column('rubric_hash', sa.String(length=64), nullable=True),
    sa.Column('has_samples', sa.Boolean(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_revision_author_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_revision_module_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision')),
    sa.UniqueConstraint('module_id', 'number', name=op.f('uq_revision_module_id_number'))
    )
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_revision_module_id'), ['module_id'], unique=False)

    op.create_table('saved_filter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('address', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_saved_filter_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filter')),
    sa.UniqueConstraint('user_id', 'name', name=op.f('uq_saved_filter_user_id_name'))
    )
    op.create_table('sign_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_agent', sa.String(length=200), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sign_in_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_user_id'), ['user_id'], unique=False)

    op.create_table('calibration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('tutor_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('rubric_hash', sa.String(length=64), nullable=False),
    sa.Column('scores', sa.JSON(), nullable=False),
    sa.Column('calibrated_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_calibration_module_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_calibration_revision_id')),
    sa.ForeignKeyConstraint(['tutor_id'], ['user.id'], name=op.f('fk_calibration_tutor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calibration')),
    sa.UniqueConstraint('tutor_id', 'module_id', 'rubric_hash', name=op.f('uq_calibration_tutor_id_module_id_rubric_hash'))
    )
    op.create_table('team',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('tutor_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_team_cohort_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_team_school_id')),
    sa.ForeignKeyConstraint(['tutor_id'], ['user.id'], name=op.f('fk_team_tutor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('cohort_id', 'school_id', 'name', name=op.f('uq_team_cohort_id_school_id_name'))
    )
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_cohort_id'), ['cohort_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_team_school_id'), ['school_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_team_tutor_id'), ['tutor_id'], unique=False)

    op.create_table('certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('holder_name', sa.String(length=200), nullable=False),
    sa.Column('school_name', sa.String(length=200), nullable=False),
    sa.Column('municipality', sa.String(length=120), nullable=False),
    sa.Column('team_name', sa.String(length=120), nullable=False),
    sa.Column('course_title', sa.String(length=200), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('modules', sa.JSON(), nullable=False),
    sa.Column('signer', sa.String(length=200), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=False),
    sa.Column('issued_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.Enum('VALID', 'REVOKED', 'REPLACED', name='certificatestate', native_enum=False, length=20), nullable=False),
    sa.Column('revoked_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('revoked_by_id', sa.Integer(), nullable=True),
    sa.Column('revoked_reason', sa.Text(), nullable=False),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_certificate_cohort_id')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user.id'], name=op.f('fk_certificate_issued_by_id')),
    sa.ForeignKeyConstraint(['pdf_sha256'], ['stored_file.sha256'], name=op.f('fk_certificate_pdf_sha256')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['certificate.id'], name=op.f('fk_certificate_replaced_by_id')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['user.id'], name=op.f('fk_certificate_revoked_by_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_certificate_team_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_certificate_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_certificate_code')),
    sa.UniqueConstraint('number', name=op.f('uq_certificate_number'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_cohort_id'), ['cohort_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_team_id'), ['team_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_certificate_valid', ['user_id', 'cohort_id'], unique=True, sqlite_where=sa.text("state = 'VALID'"), postgresql_where=sa.text("state = 'VALID'"))

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('quota', sa.Integer(), nullable=False),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.Column('expires_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('used <= quota', name=op.f('ck_invitation_quota')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_invitation_created_by_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_invitation_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token', name=op.f('uq_invitation_token'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_team_id'), ['team_id'], unique=False)
        batch_op.create_index('uq_invitation_current', ['team_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))

    op.create_table('media_file',
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_media_file_revision_id')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_media_file_sha256')),
    sa.PrimaryKeyConstraint('revision_id', 'name', name=op.f('pk_media_file'))
    )
    with op.batch_alter_table('media_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_media_file_sha256'), ['sha256'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Enum('HEAD', 'DEPUTY', 'TEACHER', 'PARENT', 'GRADUATE', 'PARTNER', name='position', native_enum=False, length=20), nullable=False),
    sa.Column('is_captain', sa.Boolean(), nullable=False),
    sa.Column('joined_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('left_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_membership_team_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_membership_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_team_id'), ['team_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_membership_active', ['user_id'], unique=True, sqlite_where=sa.text('left_at IS NULL'), postgresql_where=sa.text('left_at IS NULL'))
        batch_op.create_index('uq_membership_captain', ['team_id'], unique=True, sqlite_where=sa.text('is_captain AND left_at IS NULL'), postgresql_where=sa.text('is_captain AND left_at IS NULL'))

    op.create_table('newcomer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('full_name', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Enum('HEAD', 'DEPUTY', 'TEACHER', 'PARENT', 'GRADUATE', 'PARTNER', name='position', native_enum=False, length=20), nullable=False),
    sa.Column('is_captain', sa.Boolean(), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=False),
    sa.Column('expires_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('letters', sa.Integer(), nullable=False),
    sa.Column('letter_key', sa.String(length=120), nullable=True),
    sa.Column('accepted_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['invited_by_id'], ['user.id'], name=op.f('fk_newcomer_invited_by_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_newcomer_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_newcomer')),
    sa.UniqueConstraint('token', name=op.f('uq_newcomer_token'))
    )
    with op.batch_alter_table('newcomer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_newcomer_team_id'), ['team_id'], unique=False)
        batch_op.create_index('uq_newcomer_expected', ['email'], unique=True, sqlite_where=sa.text('accepted_at IS NULL AND withdrawn_at IS NULL'), postgresql_where=sa.text('accepted_at IS NULL AND withdrawn_at IS NULL'))

    op.create_table('quiz_result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('taken_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_quiz_result_module_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_quiz_result_revision_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_quiz_result_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiz_result'))
    )
    with op.batch_alter_table('quiz_result', schema=None) as batch_op:
        batch_op.create_index('ix_quiz_result_person', ['user_id', 'module_id'], unique=False)

    op.create_table('mailing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('WORK', 'QUIET', 'RETURNED', 'HEADLESS', name='purpose', native_enum=False, length=20), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_mailing_author_id')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_mailing_cohort_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_mailing_module_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailing')),
    sa.UniqueConstraint('form_key', name=op.f('uq_mailing_form_key'))
    )
    with op.batch_alter_table('mailing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mailing_cohort_id'), ['cohort_id'], unique=False)

    op.create_table('recipient',
    sa.Column('mailing_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('WAITING', 'SENDING', 'SENT', 'NEEDLESS', 'LEFT', 'CLOSED', 'UNWANTED', name='outcome', native_enum=False, length=20), nullable=False),
    sa.Column('settled_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['mailing_id'], ['mailing.id'], name=op.f('fk_recipient_mailing_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_recipient_team_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_recipient_user_id')),
    sa.PrimaryKeyConstraint('mailing_id', 'user_id', name=op.f('pk_recipient'))
    )
    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('starts_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_meeting_cohort_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_meeting_created_by_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_meeting_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_cohort_id'), ['cohort_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_team_id'), ['team_id'], unique=False)

    op.create_table('calendar_address',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(team_id IS NULL) <> (user_id IS NULL)', name=op.f('ck_calendar_address_owner')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_calendar_address_team_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_calendar_address_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_address')),
    sa.UniqueConstraint('team_id', name=op.f('uq_calendar_address_team_id')),
    sa.UniqueConstraint('token', name=op.f('uq_calendar_address_token')),
    sa.UniqueConstraint('user_id', name=op.f('uq_calendar_address_user_id'))
    )
    op.create_table('submission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('DRAFT', 'WAITING', 'RETURNED', 'ACCEPTED', name='status', native_enum=False, length=20), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('sent_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('returned_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(team_id IS NULL) <> (user_id IS NULL)', name=op.f('ck_submission_owner')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_submission_cohort_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_submission_module_id')),
    sa.ForeignKeyConstraint(['returned_by_id'], ['user.id'], name=op.f('fk_submission_returned_by_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_submission_team_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_submission_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission')),
    sa.UniqueConstraint('team_id', 'module_id', name=op.f('uq_submission_team_id_module_id')),
    sa.UniqueConstraint('user_id', 'cohort_id', 'module_id', name=op.f('uq_submission_user_id_cohort_id_module_id'))
    )
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_submission_cohort_id'), ['cohort_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submission_module_id'), ['module_id'], unique=False)
        batch_op.create_index('ix_submission_queue', ['status', 'sent_at', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_submission_returned_by_id'), ['returned_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submission_team_id'), ['team_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submission_user_id'), ['user_id'], unique=False)

    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=False),
    sa.Column('sent_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_attempt_revision_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['user.id'], name=op.f('fk_attempt_sent_by_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_attempt_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt')),
    sa.UniqueConstraint('submission_id', 'number', name=op.f('uq_attempt_submission_id_number'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_submission_id'), ['submission_id'], unique=False)

    op.create_table('upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=40), nullable=False),
    sa.Column('offset', sa.Integer(), nullable=False),
    sa.Column('touched_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('finished_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_upload_submission_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_upload_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upload_touched_at'), ['touched_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_upload_user_id'), ['user_id'], unique=False)

    op.create_table('piece',
    sa.Column('upload_id', sa.Integer(), nullable=False),
    sa.Column('offset', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_piece_upload_id')),
    sa.PrimaryKeyConstraint('upload_id', 'offset', name=op.f('pk_piece'))
    )
    op.create_table('presence',
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('seen_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_presence_submission_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_presence_user_id')),
    sa.PrimaryKeyConstraint('submission_id', 'user_id', name=op.f('pk_presence'))
    )
    op.create_table('deferral',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('OPEN', 'GRANTED', 'DECLINED', 'WITHDRAWN', 'SETTLED', name='deferralstate', native_enum=False, length=20), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('wanted_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('granted_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_deferral_asked_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_deferral_decided_by_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_deferral_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deferral'))
    )
    with op.batch_alter_table('deferral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deferral_submission_id'), ['submission_id'], unique=False)
        batch_op.create_index('uq_deferral_open', ['submission_id'], unique=True, sqlite_where=sa.text("state = 'OPEN'"), postgresql_where=sa.text("state = 'OPEN'"))

    op.create_table('tick',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=80), nullable=False),
    sa.Column('ticked_by_id', sa.Integer(), nullable=False),
    sa.Column('ticked_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_tick_attempt_id')),
    sa.ForeignKeyConstraint(['ticked_by_id'], ['user.id'], name=op.f('fk_tick_ticked_by_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'item', name=op.f('pk_tick'))
    )
    op.create_table('sent_tick',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=80), nullable=False),
    sa.Column('ticked_by_id', sa.Integer(), nullable=False),
    sa.Column('ticked_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_sent_tick_attempt_id')),
    sa.ForeignKeyConstraint(['ticked_by_id'], ['user.id'], name=op.f('fk_sent_tick_ticked_by_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'item', name=op.f('pk_sent_tick'))
    )
    op.create_table('credit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=True),
    sa.Column('excused_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('credited_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_credit_cohort_id')),
    sa.ForeignKeyConstraint(['excused_by_id'], ['user.id'], name=op.f('fk_credit_excused_by_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_credit_module_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_credit_submission_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_credit_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit')),
    sa.UniqueConstraint('user_id', 'cohort_id', 'module_id', name=op.f('uq_credit_user_id_cohort_id_module_id'))
    )
    with op.batch_alter_table('credit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_credit_cohort_id'), ['cohort_id'], unique=False)

    op.create_table('field_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('began_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('saved_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_field_version_author_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_field_version_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_field_version'))
    )
    with op.batch_alter_table('field_version', schema=None) as batch_op:
        batch_op.create_index('ix_field_version_field', ['submission_id', 'key'], unique=False)

    op.create_table('draft_field',
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_draft_field_author_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_draft_field_submission_id')),
    sa.PrimaryKeyConstraint('submission_id', 'key', name=op.f('pk_draft_field'))
    )
    op.create_table('draft_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_draft_file_sha256')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_draft_file_submission_id')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['user.id'], name=op.f('fk_draft_file_uploaded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_file'))
    )
    with op.batch_alter_table('draft_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_file_submission_id'), ['submission_id'], unique=False)

    op.create_table('lease',
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('tutor_id', sa.Integer(), nullable=False),
    sa.Column('until', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('handed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['handed_by_id'], ['user.id'], name=op.f('fk_lease_handed_by_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_lease_submission_id')),
    sa.ForeignKeyConstraint(['tutor_id'], ['user.id'], name=op.f('fk_lease_tutor_id')),
    sa.PrimaryKeyConstraint('submission_id', name=op.f('pk_lease'))
    )
    with op.batch_alter_table('lease', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lease_tutor_id'), ['tutor_id'], unique=False)

    op.create_table('rival_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_rival_text_author_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_rival_text_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rival_text')),
    sa.UniqueConstraint('submission_id', 'key', 'author_id', name=op.f('uq_rival_text_submission_id_key_author_id'))
    )
    with op.batch_alter_table('rival_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rival_text_submission_id'), ['submission_id'], unique=False)

    op.create_table('attempt_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_file_attempt_id')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_attempt_file_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt_file'))
    )
    with op.batch_alter_table('attempt_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_file_attempt_id'), ['attempt_id'], unique=False)

    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('tutor_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.Enum('ACCEPTED', 'RETURNED', name='verdict', native_enum=False, length=20), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('released_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_review_attempt_id')),
    sa.ForeignKeyConstraint(['tutor_id'], ['user.id'], name=op.f('fk_review_tutor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    sa.UniqueConstraint('attempt_id', name=op.f('uq_review_attempt_id'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_tutor_id'), ['tutor_id'], unique=False)

    op.create_table('appeal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_appeal_asked_by_id')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_appeal_review_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal')),
    sa.UniqueConstraint('review_id', name=op.f('uq_appeal_review_id'))
    )
    op.create_table('ruling',
    sa.Column('appeal_id', sa.Integer(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('decision', sa.Enum('KEPT', 'CHANGED', name='decision', native_enum=False, length=20), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('decided_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['appeal_id'], ['appeal.id'], name=op.f('fk_ruling_appeal_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_ruling_decided_by_id')),
    sa.PrimaryKeyConstraint('appeal_id', name=op.f('pk_ruling'))
    )
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ruling_decided_at'), ['decided_at'], unique=False)

    op.create_table('seen_mark',
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('up_to', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_seen_mark_submission_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_seen_mark_user_id')),
    sa.PrimaryKeyConstraint('submission_id', 'user_id', name=op.f('pk_seen_mark'))
    )
    op.create_table('thread',
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('tutor_id', sa.Integer(), nullable=True),
    sa.Column('answered_up_to', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', lms.database.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_thread_submission_id')),
    sa.ForeignKeyConstraint(['tutor_id'], ['user.id'], name=op.f('fk_thread_tutor_id')),
    sa.PrimaryKeyConstraint('submission_id', name=op.f('pk_thread'))
    )
    with op.batch_alter_table('thread', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_thread_asked_at'), ['asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_thread_tutor_id'), ['tutor_id'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('voice', sa.Enum('OWNER', 'TUTOR', 'ADMIN', name='voice', native_enum=False, length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=True),
    sa.Column('criterion', sa.String(length=60), nullable=True),
    sa.Column('form_token', sa.String(length=32), nullable=False),
    sa.Column('written_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_message_author_id')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_message_review_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_message_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('author_id', 'form_token', name=op.f('uq_message_author_id_form_token'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_submission_id'), ['submission_id'], unique=False)

    op.create_table('reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('NEW_RUBRIC', 'SECOND', name='kind', native_enum=False, length=20), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('rubric_hash', sa.String(length=64), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_reading_asked_by_id')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_reading_review_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_reading_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading')),
    sa.UniqueConstraint('review_id', 'kind', 'rubric_hash', name=op.f('uq_reading_review_id_kind_rubric_hash'))
    )
    op.create_table('opinion',
    sa.Column('reading_id', sa.Integer(), nullable=False),
    sa.Column('reader_id', sa.Integer(), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.Enum('ACCEPTED', 'RETURNED', name='verdict', native_enum=False, length=20), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('differs', sa.Boolean(), nullable=False),
    sa.Column('released_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['reader_id'], ['user.id'], name=op.f('fk_opinion_reader_id')),
    sa.ForeignKeyConstraint(['reading_id'], ['reading.id'], name=op.f('fk_opinion_reading_id')),
    sa.PrimaryKeyConstraint('reading_id', name=op.f('pk_opinion'))
    )
    with op.batch_alter_table('opinion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opinion_reader_id'), ['reader_id'], unique=False)

    op.create_table('settlement',
    sa.Column('reading_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('KEEP', 'TALK', 'ACCEPT', name='outcome', native_enum=False, length=20), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('settled_by_id', sa.Integer(), nullable=False),
    sa.Column('settled_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['reading_id'], ['reading.id'], name=op.f('fk_settlement_reading_id')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['user.id'], name=op.f('fk_settlement_settled_by_id')),
    sa.PrimaryKeyConstraint('reading_id', name=op.f('pk_settlement'))
    )
    op.create_table('reversal',
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('cause', sa.Enum('NEW_LOOK', 'SECOND_READER', 'APPEAL', name='cause', native_enum=False, length=20), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('decided_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_reversal_decided_by_id')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_reversal_review_id')),
    sa.PrimaryKeyConstraint('review_id', name=op.f('pk_reversal'))
    )
    op.create_table('review_draft',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('tutor_id', sa.Integer(), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('saved_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_review_draft_attempt_id')),
    sa.ForeignKeyConstraint(['tutor_id'], ['user.id'], name=op.f('fk_review_draft_tutor_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'tutor_id', name=op.f('pk_review_draft'))
    )
    op.create_table('plan_action',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=300), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('why_not', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_plan_action_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_action'))
    )
    with op.batch_alter_table('plan_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_action_team_id'), ['team_id'], unique=False)

    op.create_table('plan_edit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', lms.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_plan_edit_attempt_id')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_plan_edit_author_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_plan_edit_module_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_plan_edit_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_edit')),
    sa.UniqueConstraint('team_id', 'module_id', 'key', name=op.f('uq_plan_edit_team_id_module_id_key'))
    )
    with op.batch_alter_table('plan_edit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_edit_team_id'), ['team_id'], unique=False)

    # Two tables point at each other, so the second key comes last.
    with op.batch_alter_table('module', schema=None) as batch_op:
        batch_op.create_foreign_key(
            op.f('fk_module_current_revision_id'), 'revision', ['current_revision_id'], ['id']
        )



def downgrade():
    with op.batch_alter_table('plan_edit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_edit_team_id'))

    op.drop_table('plan_edit')
    with op.batch_alter_table('plan_action', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_action_team_id'))

    op.drop_table('plan_action')

    with op.batch_alter_table('module', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('fk_module_current_revision_id'), type_='foreignkey')

    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_submission_id'))

    op.drop_table('message')
    with op.batch_alter_table('thread', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_thread_tutor_id'))
        batch_op.drop_index(batch_op.f('ix_thread_asked_at'))

    op.drop_table('thread')
    op.drop_table('seen_mark')
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ruling_decided_at'))

    op.drop_table('ruling')
    op.drop_table('appeal')
    op.drop_table('review_draft')
    op.drop_table('reversal')
    with op.batch_alter_table('opinion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opinion_reader_id'))

    op.drop_table('settlement')
    op.drop_table('opinion')
    op.drop_table('reading')
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_tutor_id'))

    op.drop_table('review')
    with op.batch_alter_table('attempt_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attempt_file_attempt_id'))

    op.drop_table('attempt_file')
    with op.batch_alter_table('rival_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rival_text_submission_id'))

    op.drop_table('rival_text')
    with op.batch_alter_table('lease', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lease_tutor_id'))

    op.drop_table('lease')
    with op.batch_alter_table('draft_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_file_submission_id'))

    op.drop_table('draft_file')
    op.drop_table('field_version')
    op.drop_table('draft_field')
    with op.batch_alter_table('credit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_credit_cohort_id'))

    op.drop_table('credit')
    op.drop_table('sent_tick')
    op.drop_table('tick')
    with op.batch_alter_table('deferral', schema=None) as batch_op:
        batch_op.drop_index('uq_deferral_open', sqlite_where=sa.text("state = 'OPEN'"), postgresql_where=sa.text("state = 'OPEN'"))
        batch_op.drop_index(batch_op.f('ix_deferral_submission_id'))

    op.drop_table('deferral')
    op.drop_table('presence')
    op.drop_table('piece')
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_upload_user_id'))
        batch_op.drop_index(batch_op.f('ix_upload_touched_at'))

    op.drop_table('upload')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attempt_submission_id'))

    op.drop_table('attempt')
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_submission_user_id'))
        batch_op.drop_index(batch_op.f('ix_submission_team_id'))
        batch_op.drop_index(batch_op.f('ix_submission_returned_by_id'))
        batch_op.drop_index('ix_submission_queue')
        batch_op.drop_index(batch_op.f('ix_submission_module_id'))
        batch_op.drop_index(batch_op.f('ix_submission_cohort_id'))

    op.drop_table('submission')
    op.drop_table('calendar_address')
    op.drop_table('recipient')
    with op.batch_alter_table('mailing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mailing_cohort_id'))

    op.drop_table('mailing')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_team_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_cohort_id'))

    op.drop_table('meeting')
    with op.batch_alter_table('quiz_result', schema=None) as batch_op:
        batch_op.drop_index('ix_quiz_result_person')

    op.drop_table('quiz_result')
    with op.batch_alter_table('newcomer', schema=None) as batch_op:
        batch_op.drop_index('uq_newcomer_expected', sqlite_where=sa.text('accepted_at IS NULL AND withdrawn_at IS NULL'), postgresql_where=sa.text('accepted_at IS NULL AND withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_newcomer_team_id'))

    op.drop_table('newcomer')
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enrolment_cohort_id'))

    op.drop_table('enrolment')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('uq_membership_captain', sqlite_where=sa.text('is_captain AND left_at IS NULL'), postgresql_where=sa.text('is_captain AND left_at IS NULL'))
        batch_op.drop_index('uq_membership_active', sqlite_where=sa.text('left_at IS NULL'), postgresql_where=sa.text('left_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_membership_user_id'))
        batch_op.drop_index(batch_op.f('ix_membership_team_id'))

    op.drop_table('membership')
    with op.batch_alter_table('media_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_media_file_sha256'))

    op.drop_table('media_file')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index('uq_invitation_current', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_invitation_team_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index('uq_certificate_valid', sqlite_where=sa.text("state = 'VALID'"), postgresql_where=sa.text("state = 'VALID'"))
        batch_op.drop_index(batch_op.f('ix_certificate_user_id'))
        batch_op.drop_index(batch_op.f('ix_certificate_team_id'))
        batch_op.drop_index(batch_op.f('ix_certificate_cohort_id'))

    op.drop_table('certificate')
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_tutor_id'))
        batch_op.drop_index(batch_op.f('ix_team_school_id'))
        batch_op.drop_index(batch_op.f('ix_team_cohort_id'))

    op.drop_table('team')
    op.drop_table('calibration')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_user_id'))

    op.drop_table('sign_in')
    op.drop_table('saved_filter')
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_revision_module_id'))

    op.drop_table('revision')
    op.drop_table('read_mark')
    op.drop_table('consent')
    op.drop_table('cohort_tutor')
    op.drop_table('calendar_row')
    op.drop_table('cohort')
    op.drop_table('switched_off')
    with op.batch_alter_table('bank_remark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bank_remark_module_id'))

    op.drop_table('bank_remark')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_at'))
        batch_op.drop_index(batch_op.f('ix_audit_event_actor_id'))

    op.drop_table('audit_event')
    op.drop_table('user')
    op.drop_table('stored_file')
    op.drop_table('school')
    op.drop_table('module')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_waiting')

    op.drop_table('job')
    op.drop_table('course_edition')
    op.drop_table('consent_document')
    op.drop_table('certificate_counter')
