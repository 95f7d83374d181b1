"""The wording of the journal: a sentence for each action, a name for each fact."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from lms.core.language import day, moment
from lms.identity.audit.models import AuditEvent

# What is not here, of this release or an older one, reads as it was stored.
SENTENCES = {
    "решение по работе: зачтено": "зачтена работа {thing}",
    "решение по работе: на доработку": "на доработку возвращена работа {thing}",
    "работа зачтена после возврата": "после возврата зачтена работа {thing}",
    "работа зачтена без сдачи": "работа зачтена без сдачи: {thing}",
    "пересмотр: решение оставлено": "после пересмотра решение прежнее: работа {thing}",
    "проверка передана": "проверка передана ({кому}): работа {thing}",
    "все проверки переданы": "все проверки переданы ({кому}), раньше были у: {thing}",
    "проверка забрана": "проверка забрана (у кого: {у кого}): работа {thing}",
    "послана на новый взгляд": "на новый взгляд послана работа {thing}",
    "новый взгляд: прочитано": "новым взглядом прочитана работа {thing}",
    "второе чтение: прочитано": "вторым читателем прочитана работа {thing}",
    "разница двух чтений": "разница двух чтений, {итог}: работа {thing}",
    "срок продлён": "срок продлён: работа {thing}",
    "срок не продлён": "срок не продлён: работа {thing}",
    "сообщение не требует ответа": "сообщение не требует ответа: работа {thing}",
    "вопрос о занятии стал общим": "общий ответ появился под занятием {thing}",
    "общий ответ убран": "общий ответ убран из-под занятия {thing}",
    "создан поток": "создан поток «{thing}»",
    "изменён поток": "изменён поток «{thing}»",
    "изменён календарь": "изменён календарь потока «{thing}»",
    "открыт поток": "открыт поток «{thing}», правило закреплено",
    "завершён поток": "завершён поток «{thing}»",
    "возобновлён поток": "возобновлён поток «{thing}»",
    "назначены тьюторы": "назначены тьюторы потока «{thing}»",
    "создана команда": "создана команда «{thing}»",
    "изменена команда": "изменена команда «{thing}»",
    "одно письмо на команду": "письма команды «{thing}» собраны в одно или разделены",
    "школа выведена из территорий": "школа «{thing}» больше ни в какой территории",
    "школа переведена": "школа «{thing}» переведена: {территория}",
    "добавлена территория": "добавлена территория «{thing}»",
    "изменена территория": "изменена территория «{thing}»",
    "объединены территории": "территория «{thing}» объединена с «{в}»",
    "дана территория": "дана территория «{территория}»: {thing}",
    "снята территория": "снята территория «{территория}»: {thing}",
    "создано приглашение": "создано приглашение в команду «{thing}»",
    "продлено приглашение": "продлено приглашение в команду «{thing}»",
    "отозвано приглашение": "отозвано приглашение в команду «{thing}»",
    "опубликован модуль": "опубликовано занятие {thing}",
    "снят с публикации модуль": "снято с публикации занятие {thing}",
    "выдан сертификат": "выдан сертификат {thing}: {имя}",
    "заменён сертификат": "выдан сертификат {thing} вместо прежнего: {имя}",
    "назначена встреча": "назначена встреча «{thing}»",
    "записана прошедшая встреча": "записана прошедшая встреча «{thing}»",
    "изменена встреча": "изменена встреча «{thing}»",
    "отменена встреча": "отменена встреча «{thing}»",
    "записаны итоги встречи": "записаны итоги встречи «{thing}»",
    "приложен файл к встрече": "к встрече «{thing}» приложен файл",
    "убран файл встречи": "убран файл встречи «{thing}»",
    "запись встречи не открывается": "запись встречи «{thing}» не открывается",
    "отмечена явка": "отмечена явка на встрече «{thing}»",
    "принят список явки": "принят список явки на встрече «{thing}»",
    "вебинар засчитан без участия": "вебинар засчитан без участия: {thing}",
    "объявление": "объявлено: «{thing}»",
    "исправлено объявление": "исправлено объявление «{thing}»",
    "снято объявление": "снято объявление «{thing}»",
    "письмо командам": "письмо командам «{тема}», поток «{поток}»",
    "изменена своя почта": "изменена своя почта: {thing}",
    "пароль задан по ссылке администратора": "пароль по ссылке администратора: {thing}",
    "сделана ссылка для возвращения": "сделана ссылка для входа без почты: {thing}",
    "изменены настройки курса": "изменены настройки курса, версия {thing}",
    "убрано из проекта школы": "из проекта школы убрано «{thing}»",
    "закрыт квартал проекта": "закрыт {thing} проекта школы",
    "карточка показана авторам": "авторам показана карточка «{thing}»",
    "автор согласен с карточкой": "автор согласен с карточкой «{thing}»",
    "автор не согласен с карточкой": "автор не согласен с карточкой «{thing}»",
    "карточка опубликована в банке практик": "в банке практик карточка «{thing}»",
    "карточка возвращена команде": "команде возвращена карточка «{thing}»",
    "карточка отозвана из банка практик": "из банка практик отозвана «{thing}»",
    "предложена помощь наставника": "предлагает помощь наставника: {thing}",
    "помощь наставника больше не предлагается": "больше не наставник: {thing}",
    "запрос к наставнику": "спросили наставника: «{thing}»",
    "запрос к наставнику снят": "снят запрос к наставнику «{thing}»",
    "запрос к наставнику оставлен координатору": (
        "координатору оставлен запрос к наставнику «{thing}»"
    ),
    "запрос к наставнику принят": "наставник принял запрос «{thing}»",
    "запрос к наставнику отклонён": "отклонён запрос к наставнику «{thing}»",
    "запрос к наставнику передан": "запрос «{thing}» передан: {кому}",
    "назначена встреча с наставником": "назначена встреча с наставником: «{thing}»",
    "итог запроса к наставнику": "сказано, что вышло из запроса «{thing}»",
    "открыта пара школ": "открыта пара школ: {thing}",
    "закрыта пара школ": "закрыта пара школ: {thing}",
    "в план пары добавлено": "в план пары школ добавлено «{thing}»",
    "изменено в плане пары": "в плане пары школ изменено «{thing}»",
    "из плана пары убрано": "из плана пары школ убрано «{thing}»",
    "подтверждён список": "подтверждён список участников «{thing}»",
    "добавлен партнёр": "добавлен партнёр школы: {thing}",
    "переименован партнёр": "переименован партнёр школы: {thing}",
    "закрыт партнёр": "закончена работа с партнёром школы: {thing}",
    "объединены партнёры": "карточка партнёра {thing} объединена с «{с}»",
    "разъединены партнёры": "карточка партнёра {thing} снова отдельно",
    "добавлен общий проект": "записан общий проект «{thing}»",
    "убран общий проект": "убран общий проект «{thing}»",
    "партнёр снова в работе": "снова начата работа с партнёром школы: {thing}",
    "добавлена договорённость": "записана договорённость с партнёром: {thing}",
    "изменена договорённость": "изменена договорённость с партнёром: {thing}",
    "убрана договорённость": "убрана договорённость с партнёром: {thing}",
    "приложен файл договорённости": "к договорённости с партнёром приложен файл",
    "убран файл договорённости": "у договорённости с партнёром убран файл",
}
# Keys of stored facts that are not words people read; None is not shown.
FACTS: dict[str, str | None] = {
    "course_title": "курс",
    "hours": "часов",
    "signer": "подписывает",
    "signer_position": "должность",
    "issuer": "выдаёт",
    "signature": None,
    "quiz_percent": "самопроверки, %",
    "модуль": "занятие",
    "modules": "занятия",
    "title": "название",
    "work_required": "работа обязательна",
    "quiz_required": "самопроверка обязательна",
    "by": "кто пишет",
    "summary": "итоги",
    "recording_url": "запись",
    "webinar_percent": "от вебинара нужно, %",
    "recording_counts": "запись засчитывается",
    "recording_asks_quiz": "после записи нужна самопроверка",
    "slug": None,
    "module_id": None,
    "position": None,
    "отзыв": None,
}
# What an event is about, in one word, and the colour that repeats it.
KINDS = {
    "Submission": ("работа", "sky"),
    "Certificate": ("сертификат", "sun"),
    "Cohort": ("поток", "pine"),
    "Module": ("занятие", "pine"),
    "Revision": ("занятие", "pine"),
    "Team": ("команда", ""),
    "School": ("школа", ""),
    "Territory": ("территория", ""),
    "User": ("люди", ""),
    "Membership": ("люди", ""),
    "Newcomer": ("люди", ""),
    "Enrolment": ("люди", ""),
    "Meeting": ("встреча", ""),
    "Mailing": ("письмо", ""),
    "Pair": ("пара школ", ""),
    "PairEvent": ("пара школ", ""),
    "MentorRequest": ("наставник", ""),
    "ProjectTask": ("проект", ""),
    "Event": ("проект", ""),
    "Risk": ("проект", ""),
    "QuarterSnapshot": ("проект", ""),
    "Indicator": ("показатель", ""),
    "Report": ("отчёт", ""),
    "Announcement": ("объявление", ""),
    "Partner": ("партнёр", ""),
    "Agreement": ("партнёр", ""),
    "Venture": ("партнёр", ""),
}
VALUES = {"team": "команда", "person": "каждый"}
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d(T[\d:.+-]+)?")


class Sentence(NamedTuple):
    """What was done: the words before the thing, the thing, the words after it."""

    before: str
    thing: str
    after: str


def sentence_of(event: AuditEvent, thing: str) -> Sentence:
    """Word an event; what has no wording reads as the action that was stored."""
    facts = {**(event.before or {}), **(event.after or {})}
    decided = f"{event.action}: {facts.get('решение')}"
    wording = SENTENCES.get(decided) or SENTENCES.get(event.action, "")
    before, has_thing, after = wording.partition("{thing}")
    try:
        if wording and (thing or not has_thing):
            shown = thing if has_thing else ""
            return Sentence(before.format_map(facts), shown, after.format_map(facts))
    except KeyError:
        pass  # An older row lacks the fact.
    return Sentence(event.action + ": " * bool(thing), thing, "")


def kind_of(event: AuditEvent) -> tuple[str, str]:
    """Return what an event is about, and its colour."""
    return KINDS.get(event.object_type, ("сайт", ""))


def details_of(
    event: AuditEvent, words: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """List what differs, with the slugs of the course written as `words` has them."""
    known = {**VALUES, **words}
    before, after = event.before or {}, event.after or {}
    return [
        (name, _in_words(before.get(key), known), _in_words(after.get(key), known))
        for key in {**before, **after}
        if before.get(key) != after.get(key)
        and (name := FACTS.get(key, known.get(key, key)))
    ]


def _in_words(value: Any, known: Mapping[str, str]) -> str:
    match value:
        case bool():
            return "да" if value else "нет"
        case list():
            return ", ".join(filter(None, (_in_words(part, known) for part in value)))
        case dict():
            named = ((FACTS.get(key, known.get(key, key)), value[key]) for key in value)
            parts = (
                f"{name}: {_in_words(part, known)}" for name, part in named if name
            )
            return "; ".join(parts)
    text = "" if value is None else str(value)
    return _DAY.sub(_as_day, known.get(text, text))


def _as_day(found: re.Match[str]) -> str:
    try:
        if found[1]:
            return moment(datetime.fromisoformat(found[0]))
        return day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]
