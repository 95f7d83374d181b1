"""A cohort of the demonstration that gathers, a team of which two have come."""

from datetime import timedelta
from secrets import token_urlsafe

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import month, today
from lms.course.cohorts import services as cohorts
from lms.course.cohorts.models import Cohort
from lms.demo.cast import PASSWORD
from lms.identity.accounts.consents import current_consent_document
from lms.identity.accounts.models import User
from lms.identity.accounts.passwords import hash_password
from lms.schools.enrolments.services import confirm_list, plan_of, upload_list
from lms.schools.newcomers.models import Newcomer
from lms.schools.newcomers.services import register_newcomer

LIST = """\
Школа;Населённый пункт;Регион;Команда;ФИО;Почта;Кто для школы;Капитан;Тьютор
Школа № 8;Куйбышев;Новосибирская область;Сад;Ильина Галина Романовна;\
ilyina@example.org;заместитель директора;да;Ким О. Ю.
Школа № 8;Куйбышев;Новосибирская область;Сад;Дроздов Степан Игоревич;\
drozdov@example.org;учитель;;
Школа № 8;Куйбышев;Новосибирская область;Сад;Маркова Юлия Олеговна;\
markova@example.org;родитель;;
Школа № 8;Куйбышев;Новосибирская область;Сад;Быков Тимур Ильич;\
bykov@example.org;выпускник;;
"""

# The captain and a teacher.
CAME = ("ilyina@example.org", "drozdov@example.org")


def gather(admin: User) -> None:
    """Plan a cohort that begins in a month."""
    start = today() + timedelta(days=28 - today().weekday())
    cohorts.create_cohort(
        name=f"Интенсив, {month(start)}",
        calendar="intensive",
        starts_on=start,
        actor=admin,
    )


def invite_by_list(cohort: Cohort, admin: User) -> None:
    """Enrol one more school, as an administrator does with a table of people."""
    enrolment = upload_list(
        cohort, content=LIST.encode(), name="Школа № 8", author=admin
    )
    seen = plan_of(enrolment).fingerprint
    confirm_list(enrolment, seen=seen, remove=[], actor=admin)


def come_by_letter() -> None:
    """Let some of the invited come in, as by the links of their letters."""
    document = current_consent_document()
    for email in CAME:
        newcomer = db.session.scalars(sa.select(Newcomer).filter_by(email=email)).one()
        membership = register_newcomer(
            newcomer,
            full_name=newcomer.full_name,
            password=token_urlsafe(),
            consent_version=document.version if document else None,
        )
        # The one that all know would be refused.
        membership.user.password_hash = hash_password(PASSWORD)
        db.session.commit()
