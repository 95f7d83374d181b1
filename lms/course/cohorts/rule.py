"""The rule of completion: made from the modules once, kept by the cohort for good."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter

from lms.course.cohorts.models import Cohort
from lms.course.cohorts.programme import CourseModule, numbered
from lms.course.content.course import Course, Webinar
from lms.course.modules.models import Module, Revision
from lms.course.settings.settings import Settings

# So many cohorts are under way at once, and their rules are small.
KEPT_RULES = 256

Author = Literal["team", "person"]
# Of how much of a webinar, where it is not said in percent.
WHOLE_SHARES = {50: "половины", 100: "всей встречи"}


class RuleModule(BaseModel):
    """What one module asks of those who want the certificate."""

    model_config = ConfigDict(frozen=True)

    slug: str
    module_id: int
    position: int
    title: str
    work_required: bool
    by: Author | None
    quiz_required: bool
    # For so many percent of the webinar one has to be there; 0: it is not asked for.
    webinar_percent: int = 0
    # Whether the recording stands for it, and the self-check that goes with that.
    recording_counts: bool = False
    recording_asks_quiz: bool = False

    @property
    def webinar_words(self) -> str:
        """«быть не меньше половины или посмотреть запись и пройти самопроверку»."""
        share = WHOLE_SHARES.get(self.webinar_percent, f"{self.webinar_percent} %")
        words = f"быть не меньше {share}"
        if self.recording_counts:
            check = " и пройти самопроверку" if self.recording_asks_quiz else ""
            words += f" или посмотреть запись{check}"
        return words

    @property
    def label(self) -> str:
        return numbered(self.position, self.title)


class CompletionRule(BaseModel):
    """What it takes to finish the course in one cohort, and what is certified."""

    model_config = ConfigDict(frozen=True)

    course_title: str
    hours: int
    signer: str
    # What cohorts have not frozen that were opened before there were settings.
    signer_position: str = ""
    issuer: str = ""
    signature: str = ""
    quiz_percent: int
    modules: list[RuleModule]

    @property
    def required(self) -> list[RuleModule]:
        """The modules whose work counts; the others never block completion."""
        return [module for module in self.modules if module.work_required]

    @property
    def optional(self) -> list[RuleModule]:
        return [module for module in self.modules if not module.work_required]

    @property
    def quizzes(self) -> list[RuleModule]:
        """The modules whose self-check counts."""
        return [module for module in self.modules if module.quiz_required]

    @property
    def webinars(self) -> list[RuleModule]:
        """The modules whose webinar counts."""
        return [module for module in self.modules if module.webinar_percent]

    @property
    def fingerprint(self) -> str:
        """Tell two rules apart: the one that was read from the one to be frozen."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


_STORED: TypeAdapter[CompletionRule | None] = TypeAdapter(CompletionRule | None)


def make_rule(
    course: Course, settings: Settings, modules: Iterable[CourseModule]
) -> CompletionRule:
    """Work out the rule from the course, its settings and what its modules hold today.

    Work counts where the assignment is required; a self-check counts only beside
    such work. A module that nobody has written yet counts for nothing.
    """
    return CompletionRule(
        course_title=course.title,
        hours=settings.hours,
        signer=settings.signer,
        signer_position=settings.signer_position,
        issuer=settings.issuer,
        signature=settings.signature,
        quiz_percent=course.completion.quiz_percent,
        modules=[
            _rule_module(
                module.module,
                module.revision,
                course.completion.webinars.get(module.slug),
            )
            for module in modules
            if module.revision
        ],
    )


def frozen_rule(cohort: Cohort) -> CompletionRule | None:
    """Return the rule of a cohort, or None before it was opened."""
    return None if cohort.rule is None else CompletionRule.model_validate(cohort.rule)


@lru_cache(maxsize=KEPT_RULES)
def read_rule(stored: str | None) -> CompletionRule | None:
    """Understand a rule as the database keeps it; the same text means the same rule."""
    return _STORED.validate_json(stored or "null")


def _rule_module(
    module: Module, revision: Revision, webinar: Webinar | None
) -> RuleModule:
    return RuleModule(
        slug=module.slug,
        module_id=module.id,
        position=module.position,
        title=revision.title,
        work_required=revision.work_required,
        by=cast(Author | None, revision.assignment_by),
        quiz_required=revision.work_required and revision.has_quiz,
        webinar_percent=webinar.attendance if webinar else 0,
        recording_counts=webinar is not None and webinar.instead is not None,
        recording_asks_quiz=webinar is not None and revision.has_quiz,
    )
