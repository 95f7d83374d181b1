"""What a module becomes, and what an author hears about mistakes."""

import pytest

from lms.course.content.content import check_module
from lms.course.content.reports import ModuleContent
from tests.sample_module import FOLDER, module_files, spoilt


def check(files, folder=FOLDER, **options):
    return check_module(
        folder,
        files,
        media_url=lambda path: f"/files/{path}",
        module_url=lambda slug: f"/modules/{slug}/",
        known_slugs=["strategiya"],
        **options,
    )


def said(report):
    """What the report says, without the folder."""
    return [str(problem).removeprefix(f"{FOLDER}/") for problem in report.problems]


@pytest.fixture(scope="module")
def module():
    return check(module_files()).module


def test_module_without_mistakes_has_no_problems():
    assert said(check(module_files())) == []


def test_lesson_is_ready_to_be_shown(module):
    lesson = module.lesson

    assert (module.slug, module.order, lesson.title) == ("proba", 4, "Проба")
    assert lesson.outcomes == ["составить пары", "провести встречу"]
    assert 'src="/files/media/para.svg" width="480"' in lesson.html
    assert [entry.id for entry in lesson.toc] == ["zapros", "glavnoe", "chto-pochitat"]
    assert lesson.toc[0].children[0].title == "Шаг"
    assert lesson.plain_text.startswith("Начало.\nЗапрос\nСлово. Карта запросов")


def test_documents_of_a_lesson_are_listed_with_their_size(module):
    (document,) = module.documents

    assert document.path == "media/karta.docx"
    assert document.title == "Карта запросов"
    assert document.size == len(module_files()["media/karta.docx"])


@pytest.mark.parametrize(
    "link", ['[её](media/karta.docx "Карта")', "[«карта»](media/karta.docx)"]
)
def test_document_is_listed_by_a_name_that_stands_alone(link):
    files = spoilt("lesson.md", "[Карта запросов](media/karta.docx)", link)

    assert check(files).module.documents[0].title == "Карта"


def test_document_for_tutors_is_not_offered_to_teams():
    files = spoilt("lesson.md", "[Карта запросов](media/karta.docx)", "")
    text = files["tutor.md"].decode().replace("Смотрите", "[к](media/karta.docx)")

    report = check(files | {"tutor.md": text.encode()})

    assert report.module.documents == []


def test_assignment_is_a_form_with_examples(module):
    assignment = module.assignment

    assert assignment.task_html == "<p>Сделайте карту.</p>"
    assert assignment.fields[0].example_html == "<p>Так и <strong>так</strong>.</p>"
    assert assignment.max_points == 5
    assert assignment.rubric[0].fields == ["zaprosy"]


def test_quiz_knows_how_many_answers_each_question_has(module):
    first, second = module.quiz.questions

    assert (first.id, first.title, first.multiple) == (1, "Что сначала?", False)
    assert first.title_html == "Что <em>сначала</em>?"
    assert first.html == "<p>Пришёл ученик.</p>"
    assert [option.is_right for option in first.options] == [False, True]
    assert first.options[0].html == "Список"
    assert first.options[0].explanation_html == "<p>Нет: сначала запрос.</p>"
    assert (second.multiple, second.right) == (True, {1, 2})


@pytest.mark.parametrize(
    ("answers", "percent"),
    [
        ({1: {2}, 2: {1, 2}}, 100),
        ({1: {2}, 2: {1}}, 50),
        ({1: {2}, 2: {1, 2, 3}}, 50),
        ({1: {1, 2}}, 0),
        ({}, 0),
        ({1: {2}, 7: {1}}, 50),
    ],
)
def test_quiz_counts_questions_answered_exactly_right(module, answers, percent):
    assert module.quiz.grade(answers) == percent


def test_quiz_rounds_down(module):
    question = module.quiz.questions[0]
    quiz = module.quiz.model_copy(
        update={"questions": [question.model_copy(update={"id": n}) for n in range(3)]}
    )

    assert quiz.grade({0: {2}, 1: {2}}) == 66


def test_tutor_guide_has_remarks_and_samples(module):
    accepted, returned = module.tutor.samples

    assert module.tutor.remarks[0].criterion == "svyaz"
    assert (accepted.verdict, returned.verdict) == ("accepted", "returned")
    assert "<em>двенадцать</em>" in accepted.answers_html["zaprosy"]


def test_module_comes_back_from_json_as_it_was(module):
    stored = module.model_dump(mode="json")

    assert ModuleContent.model_validate(stored) == module


@pytest.mark.parametrize("name", ["assignment", "quiz", "tutor"])
def test_lesson_alone_is_a_module(name):
    files = {p: f for p, f in module_files().items() if p in ("lesson.md",)}
    files |= {p: f for p, f in module_files().items() if p.startswith("media/")}

    module = check(files).module

    assert getattr(module, name) is None


def test_mistakes_of_all_files_are_reported_at_once():
    files = spoilt("lesson.md", "title: Проба", "titel: Проба")
    files |= {
        "quiz.md": spoilt("quiz.md", "[x] Запрос", "[ ] Запрос")["quiz.md"],
        "tutor.md": spoilt("tutor.md", "svyaz: 2", "svyaz: 1")["tutor.md"],
    }

    report = check(files)

    assert report.module is None
    assert said(report) == [
        "lesson.md:2: неизвестный ключ «titel». Может быть, «title»?",
        "lesson.md:2: нет ключа «title»: добавьте его",
        "quiz.md:5: нет верного ответа: отметьте его «- [x]»",
        "tutor.md:12: у критерия «svyaz» нет уровня points: 1, а есть 0, 2",
    ]


def test_windows_line_ends_and_byte_order_mark_are_welcome():
    files = {
        path: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
        if path.endswith(".md")
        else content
        for path, content in module_files().items()
    }

    assert check(files).module == check(module_files()).module


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("4-proba", "04-nastavnichestvo"),
        ("04_proba", "04-nastavnichestvo"),
        ("04-Проба", "04-nastavnichestvo"),
        ("../04-proba", "04-nastavnichestvo"),
    ],
)
def test_folder_is_a_number_and_a_latin_name(folder, message):
    report = check(module_files(), folder=folder)

    assert message in str(report.errors[0])
    assert report.module is None


def test_module_needs_a_lesson():
    files = module_files()
    del files["lesson.md"]

    assert "нет файла lesson.md: без него нет занятия" in "".join(said(check(files)))


def test_tutor_needs_an_assignment():
    files = module_files()
    del files["assignment.md"]

    assert said(check(files)) == [
        "tutor.md: нет assignment.md: тьютору нечего проверять"
    ]


def test_file_of_an_unknown_kind_is_refused():
    report = check(module_files() | {"lessons.md": b"---\n---\n"})

    assert said(report) == ["lessons.md: лишний файл. Может быть, «lesson.md»?"]


def test_file_nobody_refers_to_is_only_a_warning():
    report = check(module_files() | {"media/b.svg": module_files()["media/para.svg"]})

    assert [problem.level for problem in report.problems] == ["warning"]
    assert report.module


def test_text_that_takes_too_long_is_an_error_and_the_only_one():
    files = spoilt("lesson.md", "Слово.", "[" * 20_000)

    report = check(files, seconds=0.01)

    assert [str(problem) for problem in report.problems] == [
        "04-proba/lesson.md:9: текст не успели разобрать: повторите через минуту, "
        "а если не поможет — уберите длинные ряды скобок и звёздочек и глубокие "
        "вложения"
    ]


def test_text_that_the_child_gives_up_is_said_to_be_tangled():
    report = check(spoilt("lesson.md", "Слово.", "[" * 20_000), seconds=60)

    assert [str(problem) for problem in report.problems] == [
        "04-proba/lesson.md:9: текст не удалось разобрать: уберите длинные ряды "
        "скобок и звёздочек и глубокие вложения"
    ]


def test_texts_are_not_blamed_while_no_child_is_free(all_busy):
    files = spoilt("lesson.md", "Слово.", "слово " * 200)
    long_guide = spoilt("tutor.md", "Смотрите", "слово " * 200)
    files["tutor.md"] = long_guide["tutor.md"]

    report = check(files)

    (error,) = report.problems
    assert str(error).endswith(
        ": сайт сейчас проверяет другие тексты: повторите через минуту"
    )
