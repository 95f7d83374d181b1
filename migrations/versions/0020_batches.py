"""Certificates issued to a whole cohort, and their archive"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    _create_batches()
    op.create_table('archive',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('certificates', sa.Integer(), nullable=False),
    sa.Column('trouble', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_archive_cohort_id')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_archive_sha256')),
    sa.PrimaryKeyConstraint('cohort_id', name=op.f('pk_archive'))
    )


def _create_batches():
    op.create_table('batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_batch_asked_by_id')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_batch_cohort_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_batch'))
    )
    op.create_index(op.f('ix_batch_cohort_id'), 'batch', ['cohort_id'])
    under_way = sa.text('finished_at IS NULL')
    op.create_index('uq_batch_under_way', 'batch', ['cohort_id'], unique=True, sqlite_where=under_way, postgresql_where=under_way)
    op.create_table('batch_person',
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('certificate_id', sa.Integer(), nullable=True),
    sa.Column('refusal', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['batch.id'], name=op.f('fk_batch_person_batch_id')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_batch_person_certificate_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_batch_person_user_id')),
    sa.PrimaryKeyConstraint('batch_id', 'user_id', name=op.f('pk_batch_person'))
    )


def downgrade():
    op.drop_table('archive')
    op.drop_table('batch_person')
    op.drop_table('batch')
