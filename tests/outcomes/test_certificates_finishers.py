"""Who has every work for a certificate is kept, and equals what it is made of."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.outcomes.certificates.finishers import look_over, recount_finishers
from lms.outcomes.certificates.models import Finisher
from tests.achievements import finish
from tests.conftest import member_of, person, save


def kept():
    rows = sa.select(Finisher.user_id, Finisher.cohort_id).order_by(Finisher.user_id)
    return [tuple(row) for row in db.session.execute(rows)]


def test_who_gets_the_last_work_is_kept(graduate, member, cohort):
    assert kept() == [(graduate.id, cohort.id)]
    assert recount_finishers() == {cohort.name: 0}


def test_certificate_ends_it(certificate, cohort):
    assert kept() == []
    assert recount_finishers() == {cohort.name: 0}


@pytest.mark.parametrize("is_missing", [True, False])
def test_night_mends_what_is_wrong_and_names_it(
    graduate, member, cohort, caplog, is_missing
):
    if is_missing:
        db.session.execute(sa.delete(Finisher))
    else:
        save(Finisher(user_id=member.id, cohort_id=cohort.id))

    look_over({})

    assert kept() == [(graduate.id, cohort.id)]
    assert f"cohort {cohort.id}: finishers mended" in caplog.text


def test_command_says_what_it_mended(graduate, cohort, app):
    db.session.execute(sa.delete(Finisher))
    db.session.commit()

    said = app.test_cli_runner().invoke(args=["certificates", "recount"]).output

    assert said == f"{cohort.name}: исправлено 1\n"


def test_two_who_finish_are_two_rows(graduate, accepted, team, cohort):
    other = finish(member_of(team, person("Имя", "other@example.org")), accepted)

    assert kept() == [(graduate.id, cohort.id), (other.id, cohort.id)]
