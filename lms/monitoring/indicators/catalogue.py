"""Which indicators the programme begins with, and which others a site may add.

The titles with a number are those of the model of a municipal programme (its fifteen
indicators), word for word.
"""

from dataclasses import dataclass

from lms.monitoring.indicators.models import Direction, Source, Unit


@dataclass(frozen=True)
class Offer:
    """An indicator as it is offered to a site."""

    key: str
    title: str
    purpose: str
    direction: Direction
    unit: Unit
    source: Source
    numerator_text: str
    denominator_text: str = ""
    counts_people: bool = False
    # Counted from the first day on, unless somebody stops it.
    is_basic: bool = True


OFFERS = [
    Offer(
        "sections",
        "Доля разделов плана развития, которые школы уже написали и зачли",
        "Видно, насколько у школ есть план развития, принятый командой.",
        Direction.TEAM,
        Unit.SHARE,
        Source.SITE,
        "разделов зачтено",
        "разделов требует курс",
    ),
    Offer(
        "breadth",
        "Доля команд, где есть родитель и выпускник или партнёр",
        "Видно, собрались ли в командах те, для кого школа, а не одни педагоги.",
        Direction.TEAM,
        Unit.SHARE,
        Source.SITE,
        "команд с родителем и выпускником или партнёром",
        "команд всего",
    ),
    Offer(
        "meetings",
        "Доля педагогов, участвующих в работе муниципального методического объединения,"
        " направленного на решение задач проекта",
        "Показатель 12 муниципальной программы: по явке на встречи территории.",
        Direction.TEAM,
        Unit.SHARE,
        Source.SITE,
        "учителей были хотя бы на одной встрече территории за полугодие",
        "учителей в командах",
        counts_people=True,
    ),
    Offer(
        "network",
        "Доля ОО, вовлеченных в сетевое взаимодействие в рамках проекта",
        "Показатель 8 муниципальной программы: сколько школ работают в проекте.",
        Direction.PARTNERS,
        Unit.SHARE,
        Source.SITE,
        "школ с зачтённой в этом полугодии работой",
        "школ участвует",
    ),
    Offer(
        "parents",
        "Доля родителей, которые участвовали в общих делах школы",
        "Видно, становится ли школа делом родителей. Считайте людей, а не посещения.",
        Direction.PARTNERS,
        Unit.SHARE,
        Source.SCHOOL,
        "родителей участвовали хотя бы раз за полугодие",
        "родителей в школе всего",
        counts_people=True,
    ),
    Offer(
        "partners",
        "Доля партнёров, с которыми есть соглашение",
        "Видно, держатся ли связи на бумаге, а не на одном знакомстве.",
        Direction.PARTNERS,
        Unit.SHARE,
        Source.SCHOOL,
        "партнёров с действующим соглашением",
        "партнёров всего",
    ),
    Offer(
        "hours",
        "Часы, когда здание школы открыто для жителей",
        "Видно, чем школа делится с соседями: кружки, спортзал, встречи.",
        Direction.RESOURCES,
        Unit.NUMBER,
        Source.SCHOOL,
        "часов в обычную неделю, сверх уроков",
    ),
    Offer(
        "money",
        "Внебюджетные средства на развитие школы",
        "Видно, появляются ли у школы ресурсы, которыми она распоряжается сама.",
        Direction.RESOURCES,
        Unit.NUMBER,
        Source.SCHOOL,
        "тысяч рублей за полугодие: платные услуги, пожертвования, гранты",
    ),
    Offer(
        "quality",
        "Наличие в школах программ управления качеством образования",
        "Показатель 5 муниципальной программы.",
        Direction.TEAM,
        Unit.YES_NO,
        Source.SCHOOL,
        "программа управления качеством образования принята",
        is_basic=False,
    ),
    Offer(
        "highest",
        "Доля обучающихся, получивших максимально возможный образовательный результат",
        "Показатель 6 муниципальной программы: одно число за школу, без имён.",
        Direction.TEAM,
        Unit.SHARE,
        Source.SCHOOL,
        "обучающихся получили такой результат",
        "обучающихся всего",
        counts_people=True,
        is_basic=False,
    ),
    Offer(
        "effective",
        "Доля образовательных организаций эффективно реализующих программы перевода ОО"
        " в эффективный режим",
        "Показатель 7 муниципальной программы: так считает координатор.",
        Direction.TEAM,
        Unit.YES_NO,
        Source.COORDINATOR,
        "школа реализует программу эффективно",
        is_basic=False,
    ),
    Offer(
        "raised",
        "Доля педагогов «группы риска» повысивших квалификацию",
        "Показатель 9 муниципальной программы.",
        Direction.TEAM,
        Unit.SHARE,
        Source.SCHOOL,
        "педагогов «группы риска» повысили квалификацию",
        "педагогов «группы риска»",
        counts_people=True,
        is_basic=False,
    ),
    Offer(
        "growth",
        "Доля педагогов показавших увеличение уровня профессиональных компетенций по"
        " результатам итогового тестирования в рамках курсов повышения квалификации",
        "Показатель 10 муниципальной программы: по диагностике потоков, завершённых за"
        " полугодие. Школы, где итог выдал бы людей, не входят.",
        Direction.TEAM,
        Unit.SHARE,
        Source.SITE,
        "педагогов прибавили на выходе 10 пунктов и больше",
        "педагогов прошли вход и выход",
        counts_people=True,
        is_basic=False,
    ),
    Offer(
        "contests",
        "Доля школ, участвующих в конкурсах и проектах регионального и муниципального"
        " уровней",
        "Показатель 13 муниципальной программы: отмечает координатор.",
        Direction.PARTNERS,
        Unit.YES_NO,
        Source.COORDINATOR,
        "школа участвовала в этом полугодии",
        is_basic=False,
    ),
    Offer(
        "clubs",
        "Доля обучающихся, охваченных системой дополнительного образования",
        "Показатель 14 муниципальной программы: одно число за школу, без имён.",
        Direction.RESOURCES,
        Unit.SHARE,
        Source.SCHOOL,
        "обучающихся занимаются в кружках и секциях",
        "обучающихся всего",
        counts_people=True,
        is_basic=False,
    ),
    Offer(
        "risk",
        "Доля педагогов «группы риска»",
        "Показатель 15 муниципальной программы.",
        Direction.TEAM,
        Unit.SHARE,
        Source.SCHOOL,
        "педагогов «группы риска»",
        "педагогов всего",
        counts_people=True,
        is_basic=False,
    ),
]
