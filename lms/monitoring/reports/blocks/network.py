"""«Опыт»: what schools gave to one another, and what they do with partners.

Whatever is counted belongs to one school, so that a region is the sum of its districts:
a pair of two schools is told by each of them.
"""

from collections.abc import Collection, Iterable, Mapping

from lms.core.extensions import db
from lms.core.language import course_day, today
from lms.core.links import site_path
from lms.monitoring.projects.together import with_joint_event
from lms.monitoring.reports.blocks.course import titles_of_lessons
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block, Cell, Figure, Grid, day_cell
from lms.network.mentors.figures import request_figures, unmet_topics
from lms.network.pairs.figures import pairs_of_schools
from lms.network.practices.figures import bank_figures, cards_published
from lms.network.ventures.figures import (
    Share,
    Shares,
    by_others_than_staff,
    projects_in,
    with_written_agreement,
)

TITLE = "Опыт"
CARDS = {"Школа": 30, "Практика": 46, "Занятие": 30, "В банке с": 16}
PROJECTS = {"Школа": 28, "Проект": 40, "С кем": 40, "Что вышло": 40}
PAIRS = {"Школа": 30, "С кем в паре": 30, "Общая цель": 44, "Провели вместе": 16}
TOPICS = {"Тема": 60, "Запросов": 16}


def block_of(scope: Scope) -> Block:
    """Read the bank of practices, mentors, pairs, partners and joint projects."""
    schools = db.session.scalars(scope.schools).all()
    grids = [_cards(scope), _projects(schools, scope), _pairs(scope), _topics(scope)]
    figures = [
        *_of_bank(scope),
        *_of_requests(scope),
        Figure(
            key="paired",
            label="Школ в паре с другой школой",
            value=len({row[0] for row in pairs_of_schools(scope.schools, scope.year)}),
            address=site_path("pairs.index"),
        ),
        *_of_partners(schools, scope),
    ]
    return Block(key="network", title=TITLE, figures=figures, grids=grids)


def _of_bank(scope: Scope) -> Iterable[Figure]:
    bank = bank_figures(scope.schools, scope.year)
    counted = {
        "published": ("Опубликовано в банке практик", bank.published, None),
        "taken": ("Взяли себе практики других школ", bank.taken, None),
        "told": ("Рассказали, что из этого вышло", bank.with_result, bank.taken),
    }
    yield from _figures(counted, site_path("practices.index"))


def _of_requests(scope: Scope) -> Iterable[Figure]:
    asked = request_figures(scope.schools, scope.year)
    counted = {
        "answered": (
            "Наставники ответили за неделю",
            asked.answered_in_time,
            asked.asked,
        ),
        "both_results": (
            "Запросы, о которых обе стороны сказали, что вышло",
            asked.with_both_results,
            asked.accepted,
        ),
    }
    yield from _figures(counted, site_path("mentors.index"))


def _of_partners(schools: Collection[int], scope: Scope) -> Iterable[Figure]:
    day = min(scope.year.ends_on, today())
    written = _sum(with_written_agreement(schools, day))
    together = _sum(with_joint_event(schools, scope.year))
    by_others = _sum(by_others_than_staff(schools, scope.year))
    counted = {
        "written": ("Партнёры, с которыми есть договорённость на бумаге", *written),
        "together": ("Партнёры, с которыми что-то сделали вместе", *together),
        "by_others": ("Общие проекты, которые придумали не одни учителя", *by_others),
    }
    # The register is that of one school.
    school = scope.school
    address = site_path("partners.register", school_id=school.id) if school else ""
    yield from _figures(counted, address)


def _figures(
    counted: Mapping[str, tuple[str, int, int | None]], address: str
) -> Iterable[Figure]:
    for key, (label, value, of) in counted.items():
        yield Figure(key=key, label=label, value=value, of=of, address=address)


def _sum(shares: Shares) -> Share:
    parts = shares.values()
    return Share(sum(one.part for one in parts), sum(one.whole for one in parts))


def _cards(scope: Scope) -> Grid:
    cards = cards_published(scope.schools, scope.year)
    titles = titles_of_lessons({card.module_id for card in cards})
    rows: list[list[Cell]] = [
        [
            card.school_name,
            card.title,
            titles[card.module_id],
            day_cell(course_day(card.published_at)) if card.published_at else None,
        ]
        for card in cards
    ]
    return _grid("cards", "Карточки в банке практик", CARDS, rows)


def _projects(schools: Collection[int], scope: Scope) -> Grid:
    rows: list[list[Cell]] = [
        [
            one.school.name,
            one.title,
            ", ".join(partner.name for partner in one.cards) or None,
            one.outcome or None,
        ]
        for one in projects_in(schools, scope.year)
    ]
    return _grid("ventures", "Общие проекты с партнёрами", PROJECTS, rows)


def _pairs(scope: Scope) -> Grid:
    rows: list[list[Cell]] = [
        list(row[1:]) for row in pairs_of_schools(scope.schools, scope.year)
    ]
    return _grid("pairs", "Пары школ", PAIRS, rows)


def _topics(scope: Scope) -> Grid:
    rows: list[list[Cell]] = [
        [one.topic, one.requests] for one in unmet_topics(scope.schools, scope.year)
    ]
    title = "О чём спрашивали, а наставника не нашлось"
    return Grid(key="topics", title=title, columns=TOPICS, rows=rows, adds_up=True)


def _grid(
    key: str, title: str, columns: dict[str, int], rows: list[list[Cell]]
) -> Grid:
    return Grid(key=key, title=title, columns=columns, rows=rows, is_wide=True)
