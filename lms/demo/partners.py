"""Partners of two schools of the demonstration."""

from datetime import date, timedelta

from lms.core.documents import word_tables
from lms.core.language import today
from lms.demo.story import TeamStory
from lms.identity.accounts.models import User
from lms.network.partners.agreements import add_agreement, add_paper
from lms.network.partners.models import Agreement, AgreementKind, Partner, PartnerKind
from lms.network.partners.services import add_partner, close_partner


def partners_of_opora(opora: TeamStory) -> None:
    """Seven partners, three agreements of which one ends in twenty days."""
    deputy, teacher, _, graduate = opora.members
    depot = _partner(
        opora,
        "Локомотивное депо «Инская»",
        PartnerKind.BUSINESS,
        gives="Восемь наставников: электрики, сварщики, диспетчер. Цех для экскурсий по"
        " четвергам.",
        wants="Выпускников, которые знают, куда идут работать. Практикантов на июнь.",
        person="Котов Игорь Петрович, начальник отдела кадров",
        contact="приёмная: 8 (383) 229-00-01",
        keeper=graduate,
        member_id=graduate.id,
        since=today() - timedelta(days=700),
    )
    ends_on = today() + timedelta(days=20)
    bound = _agree(
        depot, AgreementKind.CONTRACT, "14", deputy, days=345, ends_on=ends_on
    )
    college = _partner(
        opora,
        "Колледж транспорта",
        PartnerKind.COLLEGE,
        gives="Мастерские по субботам и двух студентов-наставников на кружок.",
        wants="Восьмиклассников на день открытых дверей, не меньше двадцати.",
        person="Руднева Ольга Викторовна, заместитель директора",
        contact="priem@kolledzh.example",
        keeper=teacher,
        since=today() - timedelta(days=400),
    )
    _agree(college, AgreementKind.AGREEMENT, "7/2", deputy, days=160, lasts=730)
    library = _partner(
        opora,
        "Библиотека имени Чехова",
        PartnerKind.CULTURE,
        gives="Зал на сорок мест по средам и ведущую для встреч поколений.",
        wants="Ребят, которые запишут рассказы старых читателей.",
        person="Ирина Львовна, заведующая",
        contact="8 (383) 229-00-14",
        keeper=deputy,
        since=today() - timedelta(days=300),
    )
    _agree(library, AgreementKind.LETTER, "", deputy, days=150)
    _others(opora)
    add_paper(bound, "Договор 14.docx", _text_of_contract(), author=deputy)


def _text_of_contract() -> bytes:
    """Return what the depot and the school have signed, in short."""
    lines = [
        "Локомотивное депо «Инская» и школа № 12 договорились о наставничестве.",
        "1. Депо отпускает восемь работников на два часа в неделю, по средам.",
        "2. Школа готовит группы не больше двенадцати человек и сопровождает их.",
        "3. Инструктаж по безопасности проводит депо до первого выхода в цех.",
        "4. Стороны встречаются в августе и решают, продолжать ли.",
    ]
    return word_tables("Договор о сотрудничестве № 14", lines, [])


def partners_of_most(most: TeamStory) -> None:
    """Three partners of a school of the same region, one of them with a contract."""
    deputy, teacher, partner = most.members
    yard = _partner(
        most,
        "Завод «Сибмаш»",
        PartnerKind.BUSINESS,
        gives="Станки с ЧПУ для кружка и мастера на два часа в неделю.",
        wants="Участников заводского конкурса среди девятиклассников.",
        person="Лисицына Вера Олеговна, отдел обучения",
        keeper=teacher,
        member_id=partner.id,
    )
    _agree(yard, AgreementKind.CONTRACT, "3", deputy, days=90)
    _partner(
        most,
        "Спортивный клуб «Обь»",
        PartnerKind.SPORT,
        gives="Тренера и байдарки для летних выходов.",
        wants="Волонтёров на городскую регату в июле.",
        keeper=deputy,
    )
    _partner(
        most,
        "Детская поликлиника № 2",
        PartnerKind.HEALTH,
        gives="Врача на родительские встречи, раз в четверть.",
        wants="Подростков для кружка «Первая помощь».",
        keeper=teacher,
    )


def _others(opora: TeamStory) -> None:
    """Four without a paper, of whom nobody keeps in touch with one; and a past one."""
    deputy, teacher, parent, _ = opora.members
    _partner(
        opora,
        "Педагогический университет, кафедра психологии",
        PartnerKind.UNIVERSITY,
        gives="Двух практикантов на диагностику и семинар для наставников в марте.",
        wants="Площадку для практики и отзывы о студентах.",
        keeper=deputy,
    )
    _partner(
        opora,
        "Дом детского творчества «Ритм»",
        PartnerKind.EXTRA,
        gives="Педагога по сценической речи раз в неделю.",
        wants="Выступления на районном празднике.",
        keeper=teacher,
    )
    _partner(
        opora,
        "Отцы восьмых классов",
        PartnerKind.PARENTS,
        gives="Пятеро ведут мастерскую по ремонту велосипедов, по субботам.",
        wants="Помещение с верстаком и ключ от него.",
        keeper=parent,
    )
    _partner(
        opora,
        "Совет ветеранов микрорайона",
        PartnerKind.CHARITY,
        gives="Рассказчиков для записи истории улиц.",
        wants="Помощь с телефонами и госуслугами, раз в месяц.",
    )
    past = _partner(
        opora,
        "Кинотеатр «Рассвет»",
        PartnerKind.CULTURE,
        gives="Показы для классов по понедельникам.",
        wants="Зрителей на утренние сеансы.",
        keeper=deputy,
        since=today() - timedelta(days=500),
    )
    close_partner(past, until=today() - timedelta(days=90), author=deputy)


def _partner(
    story: TeamStory,
    name: str,
    kind: PartnerKind,
    *,
    keeper: User | None = None,
    **words: object,
) -> Partner:
    known = {"person": "", "contact": "", "member_id": None, "since": None} | words
    known |= {"name": name, "kind": kind, "keeper_id": keeper.id if keeper else None}
    return add_partner(story.team.school, known, author=story.members[0])


def _agree(
    partner: Partner,
    kind: AgreementKind,
    number: str,
    author: User,
    *,
    days: int,
    lasts: int = 0,
    ends_on: date | None = None,
) -> Agreement:
    signed_on = today() - timedelta(days=days)
    if lasts:
        ends_on = signed_on + timedelta(days=lasts)
    words = {"kind": kind, "number": number, "signed_on": signed_on}
    return add_agreement(partner, words | {"ends_on": ends_on}, author=author)
