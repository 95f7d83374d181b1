"""What is made of other rows is in no backup, and a restored site has it again."""

import sqlalchemy as sa

from lms.core.backup.restore import restore_backup
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.identity.accounts.models import User
from lms.overview.search.index import catch_up
from lms.overview.search.models import Kind, Passage
from lms.overview.search.results import find
from lms.overview.search.words import read_wanted
from tests.conftest import count


def test_restored_site_is_searched_once_its_worker_starts(backup, graduate, elsewhere):
    email = graduate.email

    with elsewhere.app_context():
        restore_backup(backup)
        assert count(Passage) == 0
        catch_up()
        while run_next():
            pass

        same = db.session.scalars(sa.select(User).filter_by(email=email)).one()
        assert Kind.WORK in find(same, read_wanted("раз")).kinds
