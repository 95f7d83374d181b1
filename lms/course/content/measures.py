"""Where `diagnostics.md` and `surveys/` are read: what measures the course."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from lms.core.sandbox import Sandbox
from lms.course.content.archive import read_folder
from lms.course.content.diagnostics import Diagnostics, read_diagnostics
from lms.course.content.inspection import Inspection, Surroundings
from lms.course.content.problems import Problem
from lms.course.content.survey import Survey, read_survey
from lms.course.content.taught import Taught

DIAGNOSTICS = "diagnostics.md"
SURVEYS = "surveys"
SECONDS = 20.0
_SURVEY = re.compile(rf"{SURVEYS}/[a-z0-9]+(?:-[a-z0-9]+)*\.md")


@dataclass(frozen=True)
class Measures:
    """What measures the course, and what is wrong with it."""

    problems: list[Problem]
    diagnostics: Diagnostics | None = None
    surveys: tuple[Survey, ...] = ()


def read_measure_files(root: Path) -> dict[str, bytes]:
    """Return the texts of a content folder that measure the course, by their path."""
    files = {}
    if (root / DIAGNOSTICS).is_file():
        files[DIAGNOSTICS] = (root / DIAGNOSTICS).read_bytes()
    for path, content in read_folder(root / SURVEYS).items():
        files[f"{SURVEYS}/{path}"] = content
    return files


def check_measures(
    files: Mapping[str, bytes], taught: Collection[Taught], sandbox: Sandbox
) -> Measures:
    """Read diagnostics and surveys, and check them against the modules of the course.

    With errors there are neither; a course may have none of them.
    """
    slugs = [module.slug for module in taught]
    inspection = Inspection("", files, Surroundings(str, str, slugs, SECONDS), sandbox)
    diagnostics = read_diagnostics(inspection, taught)
    surveyed: dict[str, str | None] = dict.fromkeys(slugs)
    surveys = []
    for path in sorted(files.keys() - {DIAGNOSTICS}):
        if not _SURVEY.fullmatch(path):
            cure = "опрос называют строчной латиницей: surveys/posle-4.md"
            inspection.problems.error(path, 0, f"лишний файл: {cure}")
        elif survey := read_survey(inspection, path, surveyed):
            surveys.append(survey)
    problems = list(inspection.problems)
    if inspection.problems.has_errors:
        return Measures(problems)
    return Measures(problems, diagnostics, tuple(surveys))
