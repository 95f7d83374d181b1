"""What the letters say: first texts, and words in braces that differ by person."""

import re
from dataclasses import dataclass

from lms.core.errors import RuleError
from lms.core.language import day
from lms.core.links import site_link
from lms.outcomes.certificates.condition import Condition
from lms.outcomes.certificates.wording import quoted
from lms.overview.mailings.addressees import Addressee
from lms.overview.mailings.models import Purpose

IN_BRACES = re.compile(r"\{([^{}]*)\}")
WORDS = {
    "имя": "имя и отчество",
    "команда": "название команды",
    "занятие": "номер и название занятия",
    "срок": "срок работы",
    "условие": "чего не хватает: «самопроверка занятия 4»",
    "ссылка": "где продолжить",
}
# What may stand in a letter of each purpose, where that is not everything of a work.
OF_A_WORK = {"имя", "команда", "занятие", "срок", "ссылка"}
ALLOWED = {
    Purpose.HEADLESS: {"имя", "команда", "ссылка"},
    Purpose.QUIZ: {"имя", "команда", "занятие", "ссылка"},
    Purpose.LAST: {"имя", "команда", "условие", "ссылка"},
}
# Letters that were written with an earlier word still go out, and habits stay.
EARLIER = {"модуль": "занятие"}


@dataclass(frozen=True)
class FirstText:
    """What the form begins with."""

    subject: str
    text: str


_END = "\n\nЕсли что-то мешает, ответьте на это письмо: подумаем вместе."
FIRST_TEXTS = {
    Purpose.WORK: FirstText(
        "«{занятие}»: ждём вашу работу",
        "Здравствуйте, {имя}.\n\nКоманда «{команда}» ещё не прислала работу занятия"
        " «{занятие}». Срок: {срок}.\n\nПродолжить можно здесь: {ссылка}" + _END,
    ),
    Purpose.QUIET: FirstText(
        "Команда «{команда}»: как идут дела",
        "Здравствуйте, {имя}.\n\nКоманда «{команда}» давно ничего не делала на курсе."
        " Сейчас на очереди занятие «{занятие}», срок работы: {срок}.\n\nНачать с"
        " малого можно здесь: {ссылка}" + _END,
    ),
    Purpose.RETURNED: FirstText(
        "«{занятие}»: ждём работу после доработки",
        "Здравствуйте, {имя}.\n\nРаботу занятия «{занятие}» вернули с замечаниями, и"
        " пока её никто не правил. Срок: {срок}.\n\nЗамечания и ответ здесь:"
        " {ссылка}" + _END,
    ),
    Purpose.HEADLESS: FirstText(
        "Команде «{команда}» нужен капитан",
        "Здравствуйте, {имя}.\n\nУ команды «{команда}» сейчас нет капитана."
        " Договоритесь, кто её поведёт, и ответьте на это письмо: мы назначим"
        " капитана.\n\nКто сейчас в команде: {ссылка}",
    ),
    Purpose.QUIZ: FirstText(
        "«{занятие}»: осталась самопроверка",
        "Здравствуйте, {имя}.\n\nДля сертификата нужна самопроверка занятия"
        " «{занятие}», пока она не пройдена. Попыток сколько угодно, считается"
        " лучшая.\n\nПройти можно здесь: {ссылка}" + _END,
    ),
    Purpose.LAST: FirstText(
        "До сертификата осталось одно",
        "Здравствуйте, {имя}.\n\nПочти всё сделано: до сертификата осталось одно —"
        " {условие}.\n\nЭто здесь: {ссылка}" + _END,
    ),
    Purpose.REMINDER: FirstText(
        "Команда «{команда}»: что осталось до сертификата",
        "Здравствуйте, {имя}.\n\nДо сертификата вам осталось:\n\n{условия}\n\nКогда"
        " всё будет готово, это увидит и команда.",
    ),
}


def words_for(purpose: Purpose) -> dict[str, str]:
    """Return the words that a letter may hold, with what each becomes."""
    allowed = ALLOWED.get(purpose, OF_A_WORK)
    return {name: means for name, means in WORDS.items() if name in allowed}


def check_words(text: str, purpose: Purpose) -> None:
    """Refuse words in braces that mean nothing here."""
    allowed = words_for(purpose)
    names = IN_BRACES.findall(text)
    unknown = [name for name in names if EARLIER.get(name, name) not in allowed]
    if unknown:
        strange = ", ".join(f"{{{name}}}" for name in dict.fromkeys(unknown))
        known = ", ".join(f"{{{name}}}" for name in allowed)
        raise RuleError(f"В этом письме нельзя подставить {strange}. Можно: {known}.")


def fill_in(text: str, addressee: Addressee) -> str:
    """Put what is true of a person in the place of the words in braces."""
    values = {
        "имя": _first_names(addressee.user.full_name),
        "команда": addressee.team.name,
        "занятие": _lesson(addressee),
        "условие": ", ".join(named(one) for one in addressee.conditions),
        "условия": "\n".join(
            f"- {named(one)}: {_place(one)}" for one in addressee.conditions
        ),
        "срок": _due(addressee),
        "ссылка": _link(addressee),
    }
    return IN_BRACES.sub(
        lambda found: values.get(EARLIER.get(found[1], found[1]), found[0]), text
    )


def named(condition: Condition) -> str:
    """«самопроверка занятия 4 «Наставничество»», with no word on how it stands."""
    lesson = condition.lesson
    number = f" {lesson.position}" if lesson and lesson.position else ""
    title = f" занятия{number} {quoted(lesson.title)}" if lesson else ""
    return f"{condition.what.lower()}{title}"


def _first_names(full_name: str) -> str:
    """«Анна Викторовна» of «Седова Анна Викторовна»."""
    return " ".join(full_name.split()[1:]) or full_name


def _due(addressee: Addressee) -> str:
    step = addressee.step
    if step is None or step.due_on is None:
        return "без срока"
    late = ", он уже прошёл" if step.is_late else ""
    return f"{day(step.due_on)}{late}"


def _link(addressee: Addressee) -> str:
    step = addressee.step
    if addressee.conditions:
        return _place(addressee.conditions[0])
    if step and step.submission:
        return site_link("submissions.work", submission_id=step.submission.id)
    if step:
        return site_link("modules.read", slug=step.slug)
    return site_link("teams.team", team_id=addressee.team.id)


def _lesson(addressee: Addressee) -> str:
    lessons = (one.lesson for one in addressee.conditions if one.lesson)
    of_condition = ", ".join(lesson.label for lesson in lessons)
    return addressee.step.short_label if addressee.step else of_condition


def _place(condition: Condition) -> str:
    if condition.place is None:
        return site_link("home.start")
    return site_link(condition.place.endpoint, **condition.place.values)
