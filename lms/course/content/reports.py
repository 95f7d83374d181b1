"""What was read in the files of modules, and what is wrong with them."""

from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from lms.course.content.assignment import Assignment
from lms.course.content.checks import split_at_checks
from lms.course.content.course import Consent, Course
from lms.course.content.diagnostics import Diagnostics
from lms.course.content.lesson import Document, Lesson
from lms.course.content.problems import Problem
from lms.course.content.quiz import Question, Quiz
from lms.course.content.survey import Survey
from lms.course.content.taught import Taught
from lms.course.content.tutor import TutorGuide


class ModuleContent(BaseModel):
    """Everything that the site shows of one module."""

    slug: str
    order: int
    lesson: Lesson
    documents: list[Document]
    assignment: Assignment | None
    quiz: Quiz | None
    tutor: TutorGuide | None

    @cached_property
    def lesson_parts(self) -> list[str | Question]:
        """The text of the lesson, and between its parts the questions asked there."""
        return split_at_checks(self.lesson.html, self.quiz)

    @property
    def taught(self) -> Taught:
        """What the module promises and asks, for diagnostics to be checked against."""
        return Taught(
            slug=self.slug,
            outcomes=self.lesson.outcomes,
            questions=self.quiz.questions if self.quiz else (),
            is_required=bool(self.assignment and self.assignment.required),
        )


@dataclass(frozen=True)
class _Report:
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level == "warning"]


@dataclass(frozen=True)
class Report(_Report):
    """What a check of one module found; with errors there is no module.

    A preview shows the lesson anyway, if its head can be read.
    """

    module: ModuleContent | None = None
    lesson: Lesson | None = None


@dataclass(frozen=True)
class CourseReport(_Report):
    """What a check of `course.md` and `consent.md` found."""

    course: Course | None = None
    consent: Consent | None = None


@dataclass(frozen=True)
class ContentReport(CourseReport):
    """What a check of the whole content folder found."""

    modules: tuple[ModuleContent, ...] = ()
    diagnostics: Diagnostics | None = None
    surveys: tuple[Survey, ...] = ()
