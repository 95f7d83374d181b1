"""Projects of two schools of the demonstration, each with a quarter closed."""

from datetime import date, datetime, time, timedelta

from lms.core.database import utcnow
from lms.core.language import site_zone, today
from lms.demo.story import TeamStory, backdate
from lms.identity.accounts.models import User
from lms.monitoring.projects.comments import comment
from lms.monitoring.projects.models import (
    Event,
    EventKind,
    Part,
    ProjectComment,
    ProjectRow,
    ProjectTask,
    QuarterSnapshot,
    Risk,
)
from lms.monitoring.projects.quarters import close_quarter, quarter_to_close
from lms.monitoring.projects.services import add_row, change_row, remove_row

PAIRS = "Пробные встречи первых пар"


def project_of_opora(opora: TeamStory) -> None:
    """Plan, close the last quarter, and go on: some of it came otherwise."""
    deputy, teacher, *_ = opora.members
    asking, pairs = _tasks(opora, deputy)
    missed = _events_of_last_quarter(opora, deputy, asking)
    dropped = _event(
        opora, teacher, "Круглый стол с выпускниками", "Егоров М. А.", days=40
    )
    risks = _risks(opora, deputy)
    _close(opora, deputy)
    _events_of_this_quarter(opora, teacher, pairs)
    remove_row(dropped, author=teacher)
    _change(missed, deputy, correction="Позвали на декабрь ведущую из лицея № 3.")
    if missed.missed_on:
        corrected_on = missed.missed_on + timedelta(days=8)
        backdate(Event, "id", missed.id, corrected_on=min(corrected_on, today()))
    _change(risks[1], deputy, came_on=today() - timedelta(days=12))
    _unforeseen(opora, teacher)
    _change(
        asking,
        teacher,
        achieved="Ответили 74 восьмиклассника из 81, запросы собраны в пять групп.",
        extra="Сами ученики предложили вести опрос каждый год.",
    )
    said = comment(
        opora.team,
        Part.RISKS,
        "Карантин вы не могли предвидеть. Запишите, что сделаете, если он повторится в"
        " январе: тогда встречи пар сорвутся снова.",
        author=opora.tutor,
    )
    moment = utcnow() - timedelta(days=3)
    backdate(ProjectComment, "id", said.id, written_at=moment)


def project_of_most(most: TeamStory) -> None:
    """A school of the coordinator's: one event was held, and the quarter is closed."""
    captain = most.members[0]
    days = (quarter_to_close().ends_on - today()).days - 20
    what, who = "День открытых мастерских", "Рогов П. Н."
    held = _event(most, captain, what, who, days=days, kind=EventKind.MEETING)
    _change(held, captain, done_on=held.due_on, fact="Пришли 30 семей, вели партнёры.")
    _close(most, captain)


def _tasks(opora: TeamStory, author: User) -> tuple[ProjectTask, ProjectTask]:
    first = add_row(
        opora.team,
        ProjectTask,
        {
            "text": "Узнать, чему восьмиклассники хотят научиться у взрослых",
            "stage": "I этап",
            "planned": "Запросы семидесяти учеников, разобранные по темам",
        },
        author=author,
    )
    second = add_row(
        opora.team,
        ProjectTask,
        {
            "text": "Собрать пары «ученик и наставник»",
            "stage": "II этап",
            "planned": "Двенадцать пар, которые встретились не меньше трёх раз",
            "correction": "Начали с шести пар: у остальных наставников нет вечеров.",
        },
        author=author,
    )
    return first, second


def _event(
    story: TeamStory, author: User, what: str, who: str, *, days: int, **facts: object
) -> Event:
    """Add an event that is due some days from now."""
    due_on = today() + timedelta(days=days)
    values = {"what": what, "who": who, "due_on": due_on} | facts
    return add_row(story.team, Event, values, author=author)


def _events_of_last_quarter(opora: TeamStory, author: User, task: ProjectTask) -> Event:
    """One event was held; another, which is returned, was not."""
    end = quarter_to_close().ends_on
    days = (end - today()).days
    held = _event(
        opora,
        author,
        "Встреча с родителями восьмых классов",
        "Седова А. В., Фролова Д. И.",
        days=days - 30,
        kind=EventKind.MEETING,
        task_id=task.id,
    )
    done_on = end - timedelta(days=28)
    _change(held, author, done_on=done_on, fact="Пришли 43 родителя, 9 помогают.")
    missed = _event(
        opora,
        author,
        "Обучение первых наставников",
        "Орлов О. С.",
        days=days - 12,
        kind=EventKind.TRAINING,
    )
    _change(missed, author, why_not="Ведущая заболела, замены не было.")
    backdate(Event, "id", missed.id, missed_on=end - timedelta(days=3))
    return missed


def _events_of_this_quarter(opora: TeamStory, author: User, task: ProjectTask) -> None:
    """A survey, a fair out of the plan, pairs ahead, a paper without a mark."""
    asked = _event(
        opora, author, "Опрос восьмых классов о запросах", "Орлов О. С.", days=-20
    )
    _change(
        asked, author, done_on=today() - timedelta(days=18), fact="Анкеты и беседы."
    )
    add_row(
        opora.team,
        Event,
        {
            "what": "Ярмарка умений в депо",
            "who": "Егоров М. А.",
            "due_on": None,
            "kind": EventKind.MEETING,
            "done_on": today() - timedelta(days=9),
            "fact": "Позвал партнёр, пришли шестеро учеников.",
        },
        author=author,
    )
    _event(
        opora,
        author,
        "Положение о наставничестве",
        "Седова А. В.",
        days=-1,
        kind=EventKind.DOCUMENT,
    )
    _event(
        opora,
        author,
        PAIRS,
        "Седова А. В.",
        days=25,
        kind=EventKind.PROJECT,
        task_id=task.id,
    )


def _risks(opora: TeamStory, author: User) -> tuple[Risk, Risk]:
    fewer = add_row(
        opora.team,
        Risk,
        {
            "text": "Наставников окажется меньше, чем учеников",
            "is_planned": True,
            "measure": "Заранее зовём выпускников последних пяти лет.",
        },
        author=author,
    )
    evening = add_row(
        opora.team,
        Risk,
        {
            "text": "Вечером в школе не найдётся дежурного взрослого",
            "is_planned": True,
            "measure": "График дежурств родителей до начала четверти.",
        },
        author=author,
    )
    return fewer, evening


def _unforeseen(opora: TeamStory, author: User) -> None:
    add_row(
        opora.team,
        Risk,
        {
            "text": "Школу закрыли на карантин",
            "is_planned": False,
            "came_on": today() - timedelta(days=16),
            "correction": "Опрос перенесли в чаты классов.",
        },
        author=author,
    )


def _close(story: TeamStory, author: User) -> None:
    """Close the quarter on the day after its end."""
    quarter = quarter_to_close()
    closed = close_quarter(story.team, quarter.starts_on, author=author)
    taken_on = min(quarter.ends_on + timedelta(days=1), today())
    moment = datetime.combine(taken_on, time(17), tzinfo=site_zone())
    facts: dict[str, date] = {"taken_on": taken_on, "taken_at": min(moment, utcnow())}
    backdate(QuarterSnapshot, "id", closed.id, **facts)


def _change(row: ProjectRow, author: User, **values: object) -> None:
    change_row(row, values, seen={}, base_version=row.version, author=author)
