"""Who has every work for a certificate, kept for pages that only count them"""

import json

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

RULES = 'SELECT id, CAST(rule AS TEXT) FROM cohort WHERE rule IS NOT NULL'
FINISHED = '''
INSERT INTO finisher (user_id, cohort_id)
SELECT user_id, cohort_id FROM credit
WHERE cohort_id = :cohort AND module_id IN :works AND NOT EXISTS (
    SELECT 1 FROM certificate
    WHERE certificate.user_id = credit.user_id
    AND certificate.cohort_id = credit.cohort_id)
GROUP BY user_id, cohort_id HAVING count(*) = :number
'''


def upgrade():
    op.create_table('finisher',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_finisher_cohort_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_finisher_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'cohort_id', name=op.f('pk_finisher'))
    )
    op.create_index('ix_finisher_cohort_id', 'finisher', ['cohort_id'], unique=False)
    finished = sa.text(FINISHED).bindparams(sa.bindparam('works', expanding=True))
    connection = op.get_bind()
    for cohort, stored in connection.execute(sa.text(RULES)).all():
        modules = (json.loads(stored) or {}).get('modules', [])
        works = [one['module_id'] for one in modules if one['work_required']]
        facts = {'cohort': cohort, 'works': works, 'number': len(works)}
        connection.execute(finished, facts)


def downgrade():
    # Nothing is lost: the rows are made of others.
    op.drop_table('finisher')
