"""A team of the demonstration whose people are invited and have not come yet."""

from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.enrolments.services import confirm_list, plan_of, upload_list

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


def invite_by_list(cohort: Cohort, admin: User) -> None:
    """Enrol one more school, as an administrator does with a table of people."""
    enrolment = upload_list(
        cohort, content=LIST.encode(), name="Школа № 8", author=admin
    )
    seen = plan_of(enrolment).fingerprint
    confirm_list(enrolment, seen=seen, remove=[], actor=admin)
