"""The first team of the demonstration: its works and its plan."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.course.modules.models import Module
from lms.demo.photo import wall_of_notes
from lms.demo.story import TeamStory
from lms.outcomes.plans.services import add_action, change_action
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
    _plan(opora)


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


def _plan(opora: TeamStory) -> None:
    action = add_action(
        opora.team,
        what="Опрос восьмых классов о запросах",
        who="Орлов О. С.",
        due_on=today() - timedelta(days=20),
    )
    change_action(action, base_version=1, done_on=today() - timedelta(days=18))
    add_action(
        opora.team,
        what="Пробные встречи первых пар",
        who="Седова А. В.",
        due_on=today() + timedelta(days=25),
    )
