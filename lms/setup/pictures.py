"""What the front page shows: a certificate, a page of a plan, the card for messengers.

They are drawn from the texts of the course by what draws the real ones, so they never
look otherwise than what people get.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import typst

from lms.core.config import ROOT
from lms.core.database import utcnow
from lms.core.fonts import FONTS, installed_font
from lms.core.language import full_day, plural, today
from lms.course.content.archive import read_folder
from lms.course.content.assignment import Assignment
from lms.course.content.content import (
    COURSE_TEXTS,
    check_course,
    check_module,
    module_folders,
    open_module_sandbox,
)
from lms.course.content.course import Course
from lms.course.content.problems import Problems
from lms.course.content.reports import ModuleContent
from lms.outcomes.certificates.models import Certificate
from lms.outcomes.certificates.paper import TEMPLATE as CERTIFICATE
from lms.outcomes.certificates.paper import draw_specimen
from lms.outcomes.plans.paper import Paper, PaperParagraph, PaperSection
from lms.outcomes.plans.pdf import TEMPLATE as PLAN
from lms.outcomes.plans.pdf import draw_page

CARD = ROOT / "templates" / "overview" / "home" / "card.typ"
# Sharp enough on a phone, and no heavier than a photo of it: a plan has more letters.
CERTIFICATE_PPI, PLAN_PPI = 80, 60
# After the list of contents: the first section.
PLAN_PAGE = 2
# Invented, as in the demonstration.
HOLDER, TEAM = "Седова Анна Викторовна", "Опора"
SCHOOL, TOWN = "Школа № 12", "Новосибирск"


def make_pictures(root: Path) -> str:
    """Draw them, unless those that are there come of the same texts and templates."""
    content, into = root / "content", root / "static" / "pictures"
    mark, made_of = into / "made_of", _fingerprint(content)
    if mark.exists() and mark.read_text() == made_of:
        return "Картинки начальной страницы: без изменений."
    course, modules = _course(content), list(_modules(content))
    if course is None or not modules:
        return "Картинки начальной страницы: не сделаны, в папке курса ошибки."
    try:
        _draw(course, modules, into)
        _put(mark, made_of.encode())
    except OSError as error:
        return f"Картинки начальной страницы: не сделаны, {into}: {error.strerror}."
    return "Картинки начальной страницы: готовы."


def _draw(course: Course, modules: list[ModuleContent], into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    into.chmod(0o755)  # everybody's, whatever this process keeps to itself
    _put(into / "certificate.png", _specimen(course, modules))
    _put(into / "plan.png", draw_page(_plan(modules), PLAN_PAGE, ppi=PLAN_PPI))
    _put(into / "card.png", _card(course))


def _fingerprint(content: Path) -> str:
    """Hash the texts and templates that the pictures are made of."""
    templates = [*CERTIFICATE.parent.glob("*.typ"), PLAN, CARD, Path(__file__)]
    total = hashlib.sha256()
    for path in sorted([*content.rglob("*.md"), *templates]):
        total.update(path.read_bytes())
    return total.hexdigest()


def _put(place: Path, content: bytes) -> None:
    """Put a file into its place at once, readable by the server that sends it."""
    draft = place.with_suffix(".draft")
    draft.write_bytes(content)
    draft.chmod(0o644)
    draft.replace(place)


def _course(content: Path) -> Course | None:
    texts = {name: (content / name).read_bytes() for name in COURSE_TEXTS}
    return check_course(texts, module_url=str, known_slugs=_slugs(content)).course


def _modules(content: Path) -> Iterator[ModuleContent]:
    slugs = _slugs(content)
    with open_module_sandbox() as sandbox:
        for folder in module_folders(content, Problems()):
            report = check_module(
                folder.name,
                read_folder(folder),
                media_url=str,
                module_url=str,
                known_slugs=slugs,
                sandbox=sandbox,
            )
            if report.module and report.module.order:
                yield report.module


def _slugs(content: Path) -> list[str]:
    folders = module_folders(content, Problems())
    return [folder.name.partition("-")[2] for folder in folders]


def _specimen(course: Course, modules: list[ModuleContent]) -> bytes:
    """Draw the certificate of nobody; its row is never stored."""
    lessons = [
        {
            "position": module.order,
            "title": module.lesson.title,
            "work": "accepted",
            "by": module.assignment.by if module.assignment else "",
        }
        for module in modules
    ]
    certificate = Certificate(
        number="ОБРАЗЕЦ",
        code="0000-0000-0000",
        holder_name=HOLDER,
        school_name=SCHOOL,
        municipality=TOWN,
        team_name=TEAM,
        course_title=course.title,
        hours=course.hours,
        modules=lessons,
        signer=course.signer,
        issued_at=utcnow(),
    )
    return draw_specimen(certificate, ppi=CERTIFICATE_PPI)


def _plan(modules: list[ModuleContent]) -> Paper:
    """Return the plan of a team that answered as the examples of the course do."""
    works = [(one.order, one.assignment) for one in modules if one.assignment]
    return Paper(
        school=f"{SCHOOL}, {TOWN}",
        team=f"Команда «{TEAM}»",
        made=full_day(today()),
        sections=[_section(order, work) for order, work in works if work.plan_section],
        actions=[],
    )


def _section(order: int, work: Assignment) -> PaperSection:
    sent_on = full_day(today() - timedelta(days=30))
    return PaperSection(
        title=f"{order}. {work.plan_section}",
        source=f"Источник: версия 1 работы, {sent_on}",
        paragraphs=[
            PaperParagraph(field.label, field.example_html) for field in work.fields
        ],
    )


def _card(course: Course) -> bytes:
    hours = plural(course.hours, "час", "часа", "часов")
    facts = {
        "title": course.title,
        "line": f"Курс для школьных команд: {hours}, план развития школы, сертификат",
        "fonts": FONTS,
    }
    picture = typst.Compiler(
        str(CARD),
        font_paths=[str(installed_font().parent)],
        sys_inputs={"card": json.dumps(facts, ensure_ascii=False)},
    ).compile(format="png", ppi=72)
    return cast(bytes, picture)
