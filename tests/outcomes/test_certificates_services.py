"""Issuing, revoking and replacing certificates."""

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import Job
from lms.core.storage import open_stored, store_bytes
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from lms.outcomes.certificates import services
from lms.outcomes.certificates.candidates import candidates_of
from lms.outcomes.certificates.models import (
    Certificate,
    CertificateCounter,
    CertificateState,
)
from tests.achievements import credit, finish
from tests.signatures import INK


def corrected(certificate, **words):
    return {name: getattr(certificate, name) for name in services.CORRECTED} | words


def numbers():
    return db.session.scalars(sa.select(Certificate.number).order_by("id")).all()


def letters():
    jobs = db.session.scalars(sa.select(Job).where(Job.kind == "mail").order_by(Job.id))
    return [job.payload for job in jobs]


def test_certificate_says_what_was_earned(certificate, accepted):
    assert certificate.number.endswith("-000001")
    assert certificate.holder_name == "Седова Анна Викторовна"
    assert (certificate.team_name, certificate.hours) == ("Опора", 36)
    assert certificate.modules == [
        {
            "slug": "nastavnichestvo",
            "position": 4,
            "title": "Наставничество. Практики",
            "by": "team",
            "work": "accepted",
            "revision_id": accepted.attempts[0].revision_id,
        }
    ]


def test_year_is_that_of_the_course(certificate):
    year = certificate.issued_on.year

    assert certificate.number == f"ТС-{year}-000001"
    assert certificate.address == f"TS-{year}-000001"


def test_certificate_names_those_whom_the_cohort_has_frozen(graduate, cohort, tutor):
    signature = store_bytes(INK).sha256
    frozen = {"signer_position": "директор", "issuer": "Центр", "signature": signature}
    cohort.rule = cohort.rule | frozen
    db.session.commit()

    issued = services.issue_certificate(graduate, cohort, actor=tutor)

    assert (issued.signer_position, issued.issuer) == ("директор", "Центр")
    assert issued.signature_sha256 == signature


def test_paper_is_stored_with_its_hash(certificate):
    with open_stored(certificate.pdf_sha256) as paper:
        assert paper.read(5) == b"%PDF-"


def test_issue_is_in_the_journal(certificate, tutor):
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()[-1]

    assert (event.actor_id, event.action) == (tutor.id, "выдан сертификат")
    assert event.after["номер"] == certificate.number


def test_holder_gets_a_letter_with_both_links(certificate, graduate):
    letter = letters()[-1]

    assert letter["to"] == graduate.email
    assert f"/certificates/{certificate.address}.pdf" in letter["text"]
    assert f"/verify/{certificate.code}" in letter["text"]


def test_incomplete_person_is_refused_and_no_number_is_lost(
    accepted, member, captain, cohort, tutor
):
    credit(member, accepted)
    with pytest.raises(RuleError, match="не пройдена"):
        services.issue_certificate(member, cohort, actor=tutor)

    new = services.issue_certificate(finish(captain, accepted), cohort, actor=tutor)
    assert new.number.endswith("-000001")


def test_stranger_to_the_cohort_is_refused(graduate, other_tutor, cohort, tutor):
    with pytest.raises(RuleError, match="такого участника не было"):
        services.issue_certificate(other_tutor, cohort, actor=tutor)


def test_second_certificate_is_refused(certificate, graduate, cohort, tutor):
    with pytest.raises(RuleError, match="уже выдан"):
        services.issue_certificate(graduate, cohort, actor=tutor)

    assert len(numbers()) == 1


def test_person_who_left_the_team_still_gets_it(graduate, team, cohort, tutor):
    for membership in team.memberships:
        membership.left_at = utcnow()
    db.session.commit()

    certificate = services.issue_certificate(graduate, cohort, actor=tutor)

    assert certificate.team_name == "Опора"


def test_letter_that_no_font_has_is_refused(graduate, cohort, tutor):
    graduate.full_name = "Иванов \ua64b Пётр"
    db.session.commit()

    with pytest.raises(RuleError, match="\ua64b"):
        services.issue_certificate(graduate, cohort, actor=tutor)

    assert db.session.scalars(sa.select(CertificateCounter)).all() == []


def test_two_tutors_at_once_issue_one_certificate(race, graduate, cohort, tutor):
    ids = graduate.id, cohort.id, tutor.id

    def issue():
        user, group, actor = (
            db.session.get(model, id)
            for model, id in zip((User, Cohort, User), ids, strict=True)
        )
        return services.issue_certificate(user, group, actor=actor).number

    answers = race(issue, issue, issue, issue)

    assert len([a for a in answers if isinstance(a, str)]) == 1
    assert len(numbers()) == 1


def test_numbers_have_no_gaps_in_a_race(race, class_of, cohort, tutor):
    cohort_id, tutor_id = cohort.id, tutor.id

    def issue(user_id):
        user, actor = db.session.get(User, user_id), db.session.get(User, tutor_id)
        group = db.session.get(Cohort, cohort_id)
        services.issue_certificate(user, group, actor=actor)

    race(*[lambda id=id: issue(id) for id in class_of(6)])

    assert [number[-6:] for number in numbers()] == [f"{n:06}" for n in range(1, 7)]


def test_one_refusal_does_not_lose_the_others(class_of, cohort, tutor):
    second = db.session.get(User, class_of(3)[1])
    second.full_name = "\ua64b"
    db.session.commit()

    issue = services.issue_to_ready(candidates_of([cohort], tutor), actor=tutor)

    assert [c.number[-1] for c in issue.certificates] == ["1", "2"]
    assert issue.refusals[0].startswith("\ua64b: В шрифтах сайта нет")


def test_revoked_certificate_keeps_the_reason_and_tells_the_holder(certificate, admin):
    services.revoke_certificate(certificate, reason="Выдан по ошибке", actor=admin)

    assert certificate.state is CertificateState.REVOKED
    assert certificate.revoked_by_id == admin.id
    assert "Выдан по ошибке" in letters()[-1]["text"]


def test_revocation_is_for_good(certificate, admin):
    services.revoke_certificate(certificate, reason="Выдан по ошибке", actor=admin)

    with pytest.raises(RuleError, match="уже отозван"):
        services.revoke_certificate(certificate, reason="Другая", actor=admin)

    assert certificate.revoked_reason == "Выдан по ошибке"


def test_after_a_revocation_only_an_admin_issues_again(
    certificate, graduate, cohort, tutor, admin
):
    services.revoke_certificate(certificate, reason="Выдан по ошибке", actor=admin)

    with pytest.raises(RuleError, match="может выдать администратор"):
        services.issue_certificate(graduate, cohort, actor=tutor)
    again = services.issue_certificate(graduate, cohort, actor=admin)

    assert again.number.endswith("-000002")


def test_replacement_takes_everything_but_the_corrected_words(certificate, admin):
    words = corrected(certificate, holder_name="Седова Анна Викентьевна")

    new = services.replace_certificate(certificate, corrected=words, actor=admin)

    assert (new.holder_name, new.is_valid) == ("Седова Анна Викентьевна", True)
    for name in services.KEPT:
        assert getattr(new, name) == getattr(certificate, name)
    assert (certificate.is_replaced, certificate.replaced_by) == (True, new)
    assert new.code != certificate.code


def test_letter_about_a_replacement_names_both(certificate, admin):
    words = corrected(certificate, school_name="Школа № 21")

    new = services.replace_certificate(certificate, corrected=words, actor=admin)

    assert f"Вместо {certificate.number} теперь" in letters()[-1]["text"]
    assert new.address in letters()[-1]["text"]


def test_replacement_with_the_same_words_is_refused(certificate, admin):
    with pytest.raises(RuleError, match="исправьте"):
        services.replace_certificate(
            certificate, corrected=corrected(certificate), actor=admin
        )


def test_two_admins_at_once_replace_once(race, certificate, admin):
    certificate_id, admin_id = certificate.id, admin.id

    def replace(name):
        old, actor = (
            db.session.get(Certificate, certificate_id),
            db.session.get(User, admin_id),
        )
        words = corrected(old, holder_name=name)
        services.replace_certificate(old, corrected=words, actor=actor)

    answers = race(*[lambda name=name: replace(name) for name in ("А", "Б", "В")])

    assert len([a for a in answers if isinstance(a, RuleError)]) == 2
    assert len(numbers()) == 2


def test_what_was_issued_never_changes(certificate):
    certificate.holder_name = "Другая"

    with pytest.raises(TypeError, match="never changes"):
        db.session.commit()


def test_damaged_paper_is_not_handed_out(app, certificate):
    sha256 = certificate.pdf_sha256
    paper = app.config["INSTANCE"] / "files" / sha256[:2] / sha256
    paper.write_bytes(paper.read_bytes() + b" ")

    with pytest.raises(RuleError, match="повреждён"):
        services.check_pdf(certificate)
