"""What the places are called in which a name may stand."""

from lms.core.language import plural

FILE_TEXTS = "excerpt"
_TABLES = {
    "ответ команды": "attempt",
    "черновик работы": "draft_field field_version rival_text",
    "текст из приложенного файла": FILE_TEXTS,
    "название файла": "attempt_file draft_file measurement_file meeting_file upload",
    "отзыв о работе": "review review_draft opinion settlement reversal ruling",
    "просьба пересмотреть отзыв": "appeal",
    "готовое замечание": "bank_remark",
    "сообщение о работе": "message",
    "вопрос о занятии": "question answer shared",
    "просьба о времени": "deferral",
    "план школы": "plan_edit",
    "проект школы": (
        "plan_action project_task project_comment quarter_snapshot risk rival_words"
    ),
    "вопрос о партнёре соседней школы": "exchange_question",
    "координационный совет": "council_member council_meeting council_file",
    "показатель школы": "measurement measurement_decision",
    "отчёт за год": "report report_edition report_rival",
    "ответ в опросе": "survey_words",
    "объявление": "announcement",
    "письмо командам": "mailing",
    "встреча": "meeting attendance_excuse attendance_list",
    "зачёт без работы": "credit",
    "сертификат": "certificate batch_person",
    "публикация занятия": "release revision",
    "настройки курса": "settings_revision",
    "список людей": "enrolment newcomer",
    "журнал": "audit_event",
    "просьба о своих данных": "data_request",
}
PLACES = {table: place for place, names in _TABLES.items() for table in names.split()}


def place_of(table_name: str) -> str:
    """Say what a text is; one of a later feature is a record."""
    return PLACES.get(table_name, "запись на сайте")


def words_of_requests(count: int, *, late: int) -> str:
    """Say how many requests about own data are open; what is late cannot be missed."""
    asked = plural(count, "запрос", "запроса", "запросов")
    said = f"{asked} о своих данных"
    return f"{said}, просрочено: {late}" if late else said
