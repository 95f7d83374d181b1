"""The first team of the demonstration: its works, and the project of its school."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.demo.councils import council_of_opora, hold_with_partners
from lms.demo.partners import partners_of_opora
from lms.demo.photo import wall_of_notes
from lms.demo.projects import project_of_opora
from lms.demo.story import TeamStory
from lms.demo.ventures import ventures_of_opora
from lms.review.deferrals.services import grant
from lms.work.drafts.models import DraftField
from lms.work.drafts.services import save_field


def tell(opora: TeamStory, modules: dict[int, Module]) -> None:
    """Let the team come to the middle of the course, with one work to be mended."""
    opora.accept(modules[0], days_ago=195)
    opora.accept(modules[1], days_ago=130)
    opora.give_back(modules[2], days_ago=84)
    opora.accept(modules[2], days_ago=76)
    opora.attach(modules[3], "Стена запросов.jpg", wall_of_notes())
    opora.accept(modules[3], days_ago=38)
    opora.give_back(modules[4], days_ago=4)
    opora.tick(modules[4], but=3, days_ago=1)
    opora.check_themselves([modules[n] for n in (1, 2, 3)], 90)
    _more_days(opora, modules[4])
    _mend(opora, modules[4])
    project_of_opora(opora)
    partners_of_opora(opora)
    ventures_of_opora(opora)
    hold_with_partners(opora)
    council_of_opora(opora)


def _more_days(opora: TeamStory, module: Module) -> None:
    asked = opora.ask_for_days(
        module, days=5, reason="Опрос родителей сдвинулся: в школе карантин."
    )
    answer = "Дождитесь опроса, без него карта неполная."
    grant(asked, granted_on=asked.wanted_on, answer=answer, tutor=opora.tutor)


def _mend(opora: TeamStory, module: Module) -> None:
    work = opora.begin(module)
    first = db.session.scalars(
        sa.select(DraftField).where(DraftField.submission_id == work.id).limit(1)
    ).one()
    save_field(
        work,
        first.key,
        first.text + "\n\nДобавили сроки второго полугодия: опрос в январе, пары — с"
        " февраля.",
        base_version=first.version,
        author=opora.members[1],
    )
