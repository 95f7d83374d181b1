"""A second factor: taken once, replaced by paper, and gone when an admin says so."""

from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts import sign_ins
from lms.identity.accounts.models import SignIn
from lms.identity.audit.models import AuditEvent
from lms.identity.factors import services
from lms.identity.factors.codes import RECOVERY_CODES, secret_of
from lms.identity.factors.models import RecoveryCode, SecondFactor
from tests.conftest import PASSWORD, copies_of, count, letters


def code_of(user, *, half_minutes=0):
    """Return what the phone of a person shows, now or so many half-minutes away."""
    factor = db.session.get(SecondFactor, user.id)
    moment = utcnow() + half_minutes * timedelta(seconds=30)
    return pyotp.TOTP(secret_of(factor)).at(moment)


def add_factor(user, *, keep=""):
    """Give a person a factor whose codes are still all to be taken."""
    services.begin_factor(user)
    made = services.confirm_factor(user, code_of(user), keep=keep)
    db.session.execute(sa.update(SecondFactor).values(last_step=0))
    db.session.commit()
    return made


def test_factor_counts_only_after_the_first_right_code(tutor):
    services.begin_factor(tutor)
    assert services.factor_of(tutor) is None

    with pytest.raises(RuleError, match="не подошёл"):
        services.confirm_factor(tutor, "000 000", keep="")
    services.confirm_factor(tutor, code_of(tutor), keep="")

    assert services.factor_of(tutor).confirmed_at
    assert services.codes_left(tutor) == RECOVERY_CODES


def test_adding_signs_out_other_browsers_and_says_so_by_mail(tutor):
    mine, another = (sign_ins.sign_in(tutor.email, PASSWORD) for _ in range(2))

    add_factor(tutor, keep=SignIn.digest(mine))

    assert sign_ins.find_signed_in(mine) == tutor
    assert sign_ins.find_signed_in(another) is None
    assert [letter["subject"] for letter in letters()] == ["Вход с кодом включён"]


def test_password_alone_signs_in_nobody_who_has_a_factor(tutor):
    add_factor(tutor)

    with pytest.raises(sign_ins.CodeNeededError) as needed:
        sign_ins.sign_in(tutor.email, PASSWORD)

    assert needed.value.user_id == tutor.id
    assert count(SignIn) == 0


@pytest.mark.parametrize("half_minutes", [-1, 0, 1])
def test_clock_of_a_phone_may_be_a_little_wrong(tutor, half_minutes):
    add_factor(tutor)

    services.show_factor(tutor, code_of(tutor, half_minutes=half_minutes))


@pytest.mark.parametrize("half_minutes", [-4, 4])
def test_code_of_another_time_is_refused(tutor, half_minutes):
    add_factor(tutor)

    with pytest.raises(RuleError, match="не подошёл"):
        services.show_factor(tutor, code_of(tutor, half_minutes=half_minutes))


def test_code_is_taken_once_also_by_two_at_once(tutor, race):
    add_factor(tutor)
    load, code = copies_of(tutor), code_of(tutor)

    def show():
        services.show_factor(load(), code)
        db.session.commit()

    outcomes = race(show, show, show)

    assert len([one for one in outcomes if isinstance(one, RuleError)]) == 2


def test_clock_set_back_locks_nobody_out(tutor):
    add_factor(tutor)
    services.show_factor(tutor, code_of(tutor))
    tomorrow = sa.update(SecondFactor).values(last_step=SecondFactor.last_step + 2880)
    db.session.execute(tomorrow)
    db.session.commit()

    services.show_factor(tutor, code_of(tutor, half_minutes=1))


def test_code_on_paper_works_once_however_it_is_typed(tutor):
    first, *_ = add_factor(tutor)

    services.show_factor(tutor, f" {first.upper().replace('-', ' ')} ")
    db.session.commit()

    with pytest.raises(RuleError, match="не подошёл"):
        services.show_factor(tutor, first)
    assert services.codes_left(tutor) == RECOVERY_CODES - 1


def test_database_holds_neither_codes_nor_the_secret(tutor):
    made = add_factor(tutor)

    factor = db.session.get(SecondFactor, tutor.id)
    hashes = set(db.session.scalars(sa.select(RecoveryCode.code_hash)))
    assert not hashes & {*made, *(code.replace("-", "") for code in made)}
    assert factor.nonce not in secret_of(factor)


def test_codes_of_another_person_are_good_for_nothing(tutor, tutor2):
    theirs, *_ = add_factor(tutor)
    add_factor(tutor2)

    for code in (theirs, code_of(tutor)):
        with pytest.raises(RuleError, match="не подошёл"):
            services.show_factor(tutor2, code)


def test_new_codes_replace_the_former_ones(tutor):
    first, *_ = add_factor(tutor)

    renewed = services.renew_codes(tutor, code_of(tutor))

    with pytest.raises(RuleError):
        services.show_factor(tutor, first)
    services.show_factor(tutor, renewed[0])


def test_removing_asks_for_a_code(tutor):
    add_factor(tutor)

    with pytest.raises(RuleError, match="не подошёл"):
        services.remove_factor(tutor, "123456")
    services.remove_factor(tutor, code_of(tutor))

    assert sign_ins.sign_in(tutor.email, PASSWORD)
    assert count(RecoveryCode) == 0


def test_admin_resets_the_factor_of_somebody(tutor, admin):
    add_factor(tutor)

    services.reset_factor(tutor, actor_id=admin.id)

    assert sign_ins.sign_in(tutor.email, PASSWORD)
    newest = sa.select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)
    event = db.session.scalars(newest).one()
    assert (event.action, event.actor_id) == ("сброшен вход с кодом", admin.id)


def test_command_resets_the_factor_of_the_only_admin(app, admin):
    add_factor(admin)

    result = app.test_cli_runner().invoke(args=["factors", "reset", admin.email])

    assert "входит с одним паролем" in result.output
    assert services.factor_of(admin) is None
