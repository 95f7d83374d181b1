"""The library: documents, their editions, the schools that took them"""

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('library_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('ORDER', 'RULES', 'CONTRACT', 'PLAN', 'METHOD', 'FORM', name='documentkind', native_enum=False, length=20), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('about', sa.String(length=300), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('author_school_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('renewed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['author_school_id'], ['school.id'], name=op.f('fk_library_document_author_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library_document'))
    )
    op.create_index('ix_library_document_author_school_id', 'library_document', ['author_school_id'], unique=False)
    op.create_index('ix_library_document_form_key', 'library_document', ['form_key'], unique=True)
    op.create_index('ix_library_document_shelf', 'library_document', ['withdrawn_at', 'kind'], unique=False)
    op.create_table('document_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('said', sa.String(length=200), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['library_document.id'], name=op.f('fk_document_use_document_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_document_use_school_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_document_use_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_use')),
    sa.UniqueConstraint('document_id', 'school_id', name=op.f('uq_document_use_document_id_school_id'))
    )
    op.create_index('ix_document_use_school_id', 'document_use', ['school_id'], unique=False)
    op.create_table('library_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('changes', sa.String(length=200), nullable=False),
    sa.Column('editor_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['library_document.id'], name=op.f('fk_library_edition_document_id')),
    sa.ForeignKeyConstraint(['editor_id'], ['user.id'], name=op.f('fk_library_edition_editor_id')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_library_edition_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library_edition')),
    sa.UniqueConstraint('document_id', 'number', name=op.f('uq_library_edition_document_id_number'))
    )
    op.create_index('ix_library_edition_form_key', 'library_edition', ['form_key'], unique=True)


def downgrade():
    op.drop_table('library_edition')
    op.drop_table('document_use')
    op.drop_table('library_document')
