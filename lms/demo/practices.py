"""The bank of practices: two cards, one that was withdrawn, one on its way."""

from datetime import timedelta

from lms.core.database import utcnow
from lms.course.modules.models import Module
from lms.demo.story import TeamStory, backdate
from lms.identity.accounts.models import User
from lms.network.practices.agreeing import answer
from lms.network.practices.consents import consents_of
from lms.network.practices.exchange import (
    answer_question,
    ask_team_of,
    questions_of,
    take_practice,
)
from lms.network.practices.models import (
    ContactKind,
    Hands,
    Money,
    Place,
    Practice,
    PracticeQuestion,
    PracticeState,
    PracticeUse,
    Size,
    Time,
)
from lms.network.practices.publishing import publish, withdraw
from lms.network.practices.writing import (
    ask_team,
    begin_card,
    change_card,
    confirm_words,
    unconfirmed,
)

TRIAL = {
    "title": "Пробная встреча раньше пары: наставники для девятых классов",
    "what": "Спросили девятые классы, чему они хотят научиться у взрослых, и к каждому"
    " запросу искали человека. Пара складывалась только после пробной встречи, если"
    " оба на следующий день сказали «да».",
    "how": "Листки собирала педагог-организатор: она ни у кого не ведёт уроков, и ей"
    " отвечали честно. Разложили на пять тем и под каждую звали взрослого, которого"
    " уже кто-то из нас видел за делом.\n\nПробная — дело на сорок минут: прочитать"
    " график движения и найти в нём ошибку, нарисовать ценник, провести гостя по одному"
    " залу. На следующий день координатор спрашивает каждого отдельно, без двух «да»"
    " пары нет. Дальше встреча раз в четыре недели: договориться о признаке,"
    " попробовать, показать, оглянуться.\n\nВстречаемся в школьной библиотеке, дверь"
    " открыта, библиотекарь весь час в зале. О тревожном наставник звонит в тот же"
    " день.",
    "result": "Из семи пробных сложились пять пар. К концу мая на 34 запроса из 58 был"
    " ответ делом: не каждому нужен наставник, многим хватило консультации.",
    "failed": "Двое сказали «нет», а второго взрослого мы ищем до сих пор: надо было"
    " звать с запасом. И человека на подмену координатору не нашли вовремя: когда она"
    " заболела, две встречи сорвались.",
    "for_whom": "Школе, где наставников назначали приказом и пары распались.",
    "resources": "Координатор: два с половиной часа в неделю, с неё сняли дежурство по"
    " второму этажу. Библиотека раз в неделю. Денег не понадобилось.",
    "place": Place.CITY,
    "size": Size.LARGE,
    "time": Time.YEAR,
    "money": Money.NONE,
    "hands": Hands.SOME,
    "contact_kind": ContactKind.VISITS,
}
WEATHER = {
    "title": "Метеопост, который вырос из семи разговоров",
    "what": "Хотели открыть школьный музей, но сначала поговорили с семью людьми вокруг"
    " школы. Дважды услышали про градусники и мороз и вместо музея за шесть недель"
    " поставили метеопост.",
    "how": "Говорили по полчаса и спрашивали не о проекте, а о том, что человеку мешает"
    " каждый день. Каждый разговор закончили договорённостью с числом.\n\nВахтовые отцы"
    " ставят будку, бывший наблюдатель учит снимать показания, фельдшер утром пишет в"
    " чат посёлка температуру по школьному прибору. Шестиклассники дважды в день"
    " снимают показания и считают средние на уроках математики.",
    "result": "Шесть недель без пропусков в учебные дни. Отрицательные числа решают без"
    " ошибок четырнадцать из девятнадцати, было пятеро.",
    "failed": "Выходные остались пустыми: школа закрыта, журнал с дырами. Надо было"
    " сразу просить пенсионеров взять по одним выходным в месяц, а мы спросили через"
    " месяц.",
    "for_whom": "Школе, у которой проект уже придуман, а людей для него нет.",
    "resources": "Будка и столб из того, что лежало в мастерской, прибор за четыре"
    " тысячи рублей.",
    "place": Place.TOWN,
    "size": Size.MIDDLE,
    "time": Time.QUARTER,
    "money": Money.LITTLE,
    "hands": Hands.SOME,
    "contact_kind": ContactKind.QUESTIONS,
}
GATE = {
    "title": "Вторая калитка: меньше машин у школьных ворот",
    "what": "По утрам у ворот было больше шестидесяти машин. Открыли вторую калитку и"
    " договорились с магазином о месте высадки.",
    "how": "Сначала посчитали машины три утра подряд. Потом в две недели договорились с"
    " магазином и соседним домом, почистили дорожку и шесть недель дежурили по двое.",
    "result": "Машин у ворот стало меньше вдвое.",
    "failed": "Соседний дом отказал, и половина детей всё равно обходит двор.",
    "for_whom": "Школе на узкой улице.",
    "resources": "Замок, печать схемы и девять взрослых на шесть недель.",
    "place": Place.CITY,
    "size": Size.LARGE,
    "time": Time.QUARTER,
    "money": Money.LITTLE,
    "hands": Hands.SOME,
}
PROMISES = {
    "title": "Просьба с именем и днём: как рассказ собрал дежурных",
    "what": "Рассказали пенсионерам соседних домов одну историю и попросили об одном:"
    " взять одни выходные в месяц у школьного метеопоста.",
    "how": "История — про один урок. Гостя не слушали, и учительница спросила: «Кто"
    " знает, когда родилась его мама? Какой тогда был мороз?» Потом сказали, кто нужен:"
    " шесть человек, у которых в выходные есть десять минут утром и десять вечером."
    "\n\nКаждый говорит, какие выходные берёт, и пишет на большом календаре имя и"
    " числа. Потом все идут к прибору и пробуют сами.",
    "result": "Слушали 17 человек, подошли поговорить 8, пообещали 3.",
    "failed": "Спрашивали, надо ли уметь обращаться с компьютером: про карандаш и"
    " тетрадь надо было сказать сразу.",
    "for_whom": "Команде, которая зовёт людей и слышит «подумаем».",
    "resources": "Час одного вечера и большой календарь.",
    "place": Place.CITY,
    "size": Size.LARGE,
    "time": Time.MONTH,
    "money": Money.NONE,
    "hands": Hands.FEW,
}


def fill_bank(
    first: TeamStory,
    most: TeamStory,
    opora: TeamStory,
    modules: dict[int, Module],
    editor: User,
) -> None:
    """Publish two cards, withdraw one, leave one waiting for its authors."""
    trial = _published(first, modules[4], TRIAL, editor=editor, days_ago=34)
    weather = _published(most, modules[2], WEATHER, editor=editor, days_ago=21)
    gate = _published(first, modules[6], GATE, editor=editor, days_ago=30)
    withdraw(gate, captain=first.members[0])
    _taken_by_most(trial, most)
    _asked_by_opora(weather, opora, most)
    _on_its_way(opora, modules[3])


def _written(story: TeamStory, module: Module, words: dict[str, object]) -> Practice:
    captain = story.members[0]
    practice = begin_card(story.begin(module), captain=captain)
    change_card(practice, words, captain=captain)
    keys = {mention.key for mention in unconfirmed(practice)}
    confirm_words(practice, keys, captain=captain)
    ask_team(practice, captain=captain)
    return practice


def _published(
    story: TeamStory,
    module: Module,
    words: dict[str, object],
    *,
    editor: User,
    days_ago: int,
) -> Practice:
    """Have every author agree, the first of them by name, and an editor as well."""
    practice = _written(story, module, words)
    for number, author in enumerate(consents_of(practice).authors):
        answer(
            practice,
            author=author,
            version=practice.version,
            agrees=True,
            shows_name=number == 0,
        )
    publish(practice, editor=editor, version=practice.version)
    moment = utcnow() - timedelta(days=days_ago)
    asked_at = moment - timedelta(days=5)
    backdate(Practice, "id", practice.id, published_at=moment, asked_at=asked_at)
    return practice


def _taken_by_most(trial: Practice, most: TeamStory) -> None:
    """A school tries it and tells what came of it."""
    said = "Провели четыре пробные с родителями-мастерами: сложились три пары."
    take_practice(trial, said, school=most.team.school, user=most.members[0])
    moments = {
        "taken_at": utcnow() - timedelta(days=27),
        "told_at": utcnow() - timedelta(days=8),
    }
    backdate(PracticeUse, "practice_id", trial.id, **moments)


def _asked_by_opora(weather: Practice, opora: TeamStory, most: TeamStory) -> None:
    """A question that has its answer."""
    asker = opora.members[0]
    text = "Кто снимал показания в каникулы и как вы уговорили дежурить?"
    school = opora.team.school
    ask_team_of(weather, text, asker=asker, school=school, form_key="demo-weather")
    (question,) = questions_of(weather, asker=asker)
    answer_question(
        question,
        "В каникулы — двое пенсионеров из соседнего дома. Мы не уговаривали: бывший"
        " наблюдатель показал им прибор, и они сами поделили дни.",
        member=most.members[1],
    )
    moments = {
        "asked_at": utcnow() - timedelta(days=12),
        "answered_at": utcnow() - timedelta(days=10),
    }
    backdate(PracticeQuestion, "id", question.id, **moments)


def _on_its_way(opora: TeamStory, module: Module) -> None:
    """One author has agreed, the others still have time."""
    practice = _written(opora, module, PROMISES)
    if practice.state is not PracticeState.CONSENT:
        raise LookupError("the card of the demonstration quotes nobody")
    *_, last = consents_of(practice).authors
    answer(practice, author=last, version=practice.version, agrees=True)
    moment = utcnow() - timedelta(days=3)
    backdate(Practice, "id", practice.id, asked_at=moment)
