"""Diagnostics and surveys, and what their author hears about mistakes."""

import pytest

from lms.course.content.content import (
    check_content,
    check_module,
    open_module_sandbox,
)
from lms.course.content.measures import check_measures
from lms.course.content.taught import Taught
from tests.sample_measures import DIAGNOSTICS, SURVEY
from tests.sample_module import CONSENT, COURSE, FOLDER, module_files

OTHER = Taught("drugaya", ["найти запрос"], (), is_required=False)


@pytest.fixture(scope="module")
def sandbox():
    with open_module_sandbox() as place:
        yield place


@pytest.fixture(scope="module")
def proba(sandbox):
    report = check_module(
        FOLDER,
        module_files(),
        media_url=str,
        module_url=str,
        known_slugs=(),
        sandbox=sandbox,
    )
    return report.module.taught


@pytest.fixture
def check(sandbox, proba):
    def check_texts(**texts):
        files = {
            name.replace("__", "/") + ".md": t.encode() for name, t in texts.items()
        }
        return check_measures(files, [proba, OTHER], sandbox)

    return check_texts


def test_diagnostics_are_ready_to_be_asked(check):
    measures = check(diagnostics=DIAGNOSTICS)

    first, second = measures.diagnostics.items
    assert measures.problems == []
    assert (first.key, second.key) == ("proba-1-a", "proba-1-b")
    assert (first.module_slug, first.outcome) == ("proba", "составить пары")
    assert (first.text, first.correct) == ("Кого <em>первым</em>?", 1)
    assert "Пришли двое." in first.situation
    assert "Он просил." in first.reason
    assert second.options == ("Кто назвал дело", "Кто ближе", "Никого")
    assert measures.diagnostics.form("b") == [second]


def test_survey_is_ready_to_be_asked(check):
    measures = check(surveys__posle=SURVEY)

    [survey] = measures.surveys
    assert measures.problems == []
    assert (survey.slug, survey.after_module) == ("posle", "proba")
    assert [scale.key for scale in survey.scales] == ["pary", "lyudi", "vremya"]
    assert survey.html == "<p>Ответы без имён.</p>"


def test_course_may_measure_nothing(sandbox, proba):
    measures = check_measures({}, [proba], sandbox)

    assert measures.problems == []
    assert (measures.diagnostics, measures.surveys) == (None, ())


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("## proba: с", "Текст.\n\n## proba: с", 5, "перед первой парой «## …»"),
        ("## proba: ", "## ", 5, "пару называют «## занятие: результат занятия»"),
        ("## proba", "## probe", 5, "нет занятия «probe». Может быть, «proba»?"),
        ("составить пары", "составить пару", 5, "Может быть, «составить пары»?"),
        ("составить пары", "найти запрос", 5, "это результат занятия «drugaya»"),
        ("### А. Кого", "### Кого", 7, "вопрос начинают с буквы формы"),
        ("### А. Кого", "### Кого", 5, "в паре нет вопроса А: допишите"),
        ("### Б. К", "### A. К", 16, "вопрос А в этой паре уже есть: уберите один"),
        ("### Б. К", "### A. К", 5, "в паре нет вопроса Б: допишите"),
        ("- [ ] Никого\n", "", 5, "вариантов в А и Б не поровну"),
        ("- [x] Того", "- [ ] Того", 7, "нет верного ответа: отметьте его «- [x]»"),
        ("- [ ] Обоих", "- [x] Обоих\n  Да.", 7, "верных ответов 2, а в диагностике"),
        ("  Он просил.\n", "", 12, "верный ответ без причины"),
        ("- [ ] Обоих", "- [ ] Обоих\n  Нет.", 14, "причину пишут только под верным"),
        ("Кого позвать?", "Кого — первым", 16, "уже спрашивает вопрос в строке 7"),
        ("Кого позвать?", "что СНАЧАЛА", 16, "самопроверка «proba», вопрос 1"),
        (
            "## proba: составить пары",
            "## drugaya: найти запрос",
            4,
            "«proba»: допишите",
        ),
        ("title: Вход", "name: Вход", 2, "неизвестный ключ «name»"),
    ],
)
def test_mistake_in_diagnostics_is_found(check, old, new, line, message):
    measures = check(diagnostics=DIAGNOSTICS.replace(old, new, 1))

    found = [p.message for p in measures.problems if p.line == line]
    assert any(message in text for text in found), list(map(str, measures.problems))
    assert {p.path for p in measures.problems} == {"diagnostics.md"}
    assert measures.diagnostics is None


def test_answers_of_a_self_check_are_not_asked_again(check):
    answers = "- [ ] Обоих\n- [x] Запрос\n  Да.\n- [ ] Список\n"
    first, _, rest = DIAGNOSTICS.partition("- [ ] Старшего")
    two = "- [x] Запрос\n  Да.\n- [ ] Список\n\n### Б" + rest.partition("### Б")[2]

    same, more = check(diagnostics=first + two), check(diagnostics=first + answers)

    assert any("самопроверка «proba», вопрос 1" in p.message for p in same.problems)
    assert not any("самопроверка" in p.message for p in more.problems)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("after_module: proba", "after_module: probe", 3, "Может быть, «proba»?"),
        ("after_module: proba", "after: proba", 3, "неизвестный ключ «after»"),
        ("key: lyudi", "key: pary", 6, "«pary» уже есть выше"),
        (
            "  - {key: vremya, text: Время ушло не зря, low: нет, high: да}\n",
            "",
            4,
            "в",
        ),
        ("low: нет", "low: 1", 5, "«low»: нужен текст"),
        ("Ответы без", "## Ответы", 11, "заголов"),
    ],
)
def test_mistake_in_a_survey_is_found(check, old, new, line, message):
    measures = check(surveys__posle=SURVEY.replace(old, new, 1))

    found = [p.message for p in measures.problems if p.line == line]
    assert any(message in text for text in found), list(map(str, measures.problems))
    assert {p.path for p in measures.problems} == {"surveys/posle.md"}
    assert measures.surveys == ()


def test_module_has_one_survey(check):
    measures = check(surveys__a=SURVEY, surveys__b=SURVEY)

    assert [str(problem) for problem in measures.problems] == [
        "surveys/b.md:3: после «proba» уже есть surveys/a.md: оставьте один опрос"
    ]


def test_file_that_is_no_survey_is_an_error(check):
    measures = check(surveys__Опрос=SURVEY)

    [problem] = measures.problems
    assert str(problem).startswith("surveys/Опрос.md: лишний файл: опрос называют")


def test_folder_is_checked_with_what_measures_it(tmp_path):
    for path, text in {
        **{f"{FOLDER}/{path}": text for path, text in module_files().items()},
        "course.md": COURSE.encode(),
        "consent.md": CONSENT.encode(),
        "diagnostics.md": DIAGNOSTICS.encode(),
        "surveys/posle.md": SURVEY.replace("proba", "probe").encode(),
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text)

    report = check_content(tmp_path)

    assert [(p.path, p.line) for p in report.problems] == [("surveys/posle.md", 3)]
