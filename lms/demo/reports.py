"""The year reports of the demonstration: the last school year is closed."""

from collections.abc import Iterable

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.identity.accounts.models import User
from lms.monitoring.reports import services
from lms.monitoring.reports.draft import blocks_of
from lms.monitoring.reports.scope import Scope
from lms.schools.territories.models import Territory

REGION = "Новосибирская область"
OF_REGION = {
    "results": "Школы области прошли курс до конца там, где договорённости с партнёрами"
    " записаны на бумаге. У каждой такой школы остался план с именами и днями.",
    "troubles": "Не все территории вошли в курс в первый год: заявки собрали поздно,"
    " и расписание уже было свёрстано.",
    "plans": "Собрать заявки до 1 мая и начать осенью сразу со встречи капитанов.",
}
OF_DISTRICT = {
    "results": "Команда работала с родителями и выпускниками и довела план"
    " до сертификата.",
    "troubles": "Весной работы сдавали позже срока: мешали экзамены.",
    "plans": "Сдавать зимние занятия до марта.",
}


def close_last_year(admin: User) -> None:
    """Close the reports of the districts that took part, and that of the region."""
    year = SchoolYear.starting(SchoolYear.of(today()).starts_on.year - 1)
    regions = sa.select(Territory).where(Territory.name == REGION)
    region = db.session.scalars(regions.where(Territory.parent_id.is_(None))).one()
    for district in _districts(region):
        scope = Scope(year, admin, territory=district)
        blocks, _ = blocks_of(scope)
        if not blocks[0].is_empty:
            _close(scope, OF_DISTRICT, admin)
    _close(Scope(year, admin, territory=region), OF_REGION, admin)


def _districts(region: Territory) -> Iterable[Territory]:
    within = sa.select(Territory).where(Territory.parent_id == region.id)
    return db.session.scalars(within.order_by(Territory.name)).all()


def _close(scope: Scope, texts: dict[str, str], admin: User) -> None:
    services.save_conclusions(scope, texts, [], base_version=0, author=admin)
    services.close(scope, actor=admin)
