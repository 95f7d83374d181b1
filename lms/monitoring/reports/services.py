"""What may happen to a report: conclusions are typed, and it is closed."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.monitoring.reports.draft import blocks_of
from lms.monitoring.reports.models import Report, ReportEdition, ReportRival
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Snapshot
from lms.review.reviews.permissions import is_kept_from
from lms.schools.teams.models import Team
from lms.schools.territories.models import Territory
from lms.schools.territories.signals import territory_merged
from lms.work.submissions.models import Submission

logger = logging.getLogger(__name__)

# The only typed part of a report.
CONCLUSIONS = {
    "results": "Главное за год",
    "troubles": "Что не получилось и почему",
    "plans": "Планы на следующий год",
}

BLIND = (
    "Часть чисел вам пока не видна: вы ещё можете читать работы этих школ вслепую."
    " Закройте отчёт после второго чтения или попросите коллегу."
)


@dataclass(frozen=True)
class Saved:
    """What became of the conclusions: their version, or whose text is newer."""

    version: int
    newer_by: User | None = None


def report_of(scope: Scope) -> Report | None:
    """Return what was typed for a report, if anything was."""
    return db.session.scalar(sa.select(Report).where(*_is_about(scope)))


def save_conclusions(
    scope: Scope,
    texts: Mapping[str, str],
    left_out: Collection[str],
    *,
    was_left_out: Collection[str] = (),
    base_version: int,
    author: User,
) -> Saved:
    """Save what is typed if nobody saved since `base_version`; else keep both texts.

    `was_left_out` is what the page showed as ticked: of a colleague's ticks only
    those that the person changed are changed.
    """
    report = _locked_report(scope)
    typed = {key: texts.get(key, "") for key in CONCLUSIONS}
    if report.version != base_version and report.texts != typed:
        _keep_beside(report, typed, author)
        db.session.commit()
        return Saved(report.version, report.author)
    chosen = set(left_out)
    if report.version != base_version:
        seen = set(was_left_out)
        chosen = (set(report.left_out) - (seen - chosen)) | (chosen - seen)
    report.texts, report.left_out = typed, sorted(chosen)
    report.author_id, report.saved_at = author.id, utcnow()
    report.version += 1
    db.session.commit()
    return Saved(report.version)


def choose_rival(rival: ReportRival, report: Report, *, author: User) -> None:
    """Take the text that came second for that of the report; the other is set aside."""
    former = dict(report.texts)
    report.texts = dict(rival.texts)
    report.version += 1
    rival.texts, rival.saved_at = former, utcnow()
    report.author_id, report.saved_at = author.id, utcnow()
    db.session.commit()


def drop_rival(rival: ReportRival) -> None:
    """Forget a text that nobody needs any more."""
    db.session.delete(rival)
    db.session.commit()


@territory_merged.connect
def follow_merger(gone: Territory, *, kept: Territory) -> None:
    """Take the reports of a territory along when it becomes a spelling of another.

    Where both have one of a year, what was typed stands beside that of the other, and
    what was closed stays where it is read.
    """
    reports = sa.select(Report).order_by(Report.year)
    others = {
        one.year: one
        for one in db.session.scalars(reports.filter_by(territory_id=kept.id))
    }
    for report in db.session.scalars(reports.filter_by(territory_id=gone.id)).all():
        other = others.get(report.year)
        if other is None:
            report.territory_id = kept.id
        elif report.author and any(report.texts.values()):
            _keep_beside(other, dict(report.texts), report.author)


def close(scope: Scope, *, actor: User) -> ReportEdition:
    """Store the report as it is now; what changes later makes another edition."""
    report = _locked_report(scope)
    blocks, sources = blocks_of(scope)
    # What was closed is corrected though its last school has moved away.
    if not report.editions and all(block.is_empty for block in blocks):
        raise RuleError("Закрывать нечего: в этом году курс здесь не шёл.")
    if _keeps_something(scope):
        raise RuleError(BLIND)
    if report.rivals:
        raise RuleError("Сначала выберите один из двух текстов выводов.")
    kept = [block for block in blocks if block.key not in report.left_out]
    schools = sorted(db.session.scalars(scope.schools))
    snapshot = Snapshot(
        blocks=kept, texts=report.texts, sources=sources, schools=schools
    )
    last = report.editions[-1] if report.editions else None
    if last and last.sha256 == snapshot.sha256:
        raise RuleError(f"С редакции № {last.number} ничего не изменилось.")
    edition = ReportEdition(
        report=report,
        number=last.number + 1 if last else 1,
        content=snapshot.model_dump(mode="json"),
        sha256=snapshot.sha256,
        closed_by_id=actor.id,
    )
    db.session.add(edition)
    after = {"год": scope.year.label, "редакция": edition.number}
    record(actor.id, "закрыт годовой отчёт", report, after=after)
    db.session.commit()
    logger.info("report %s: edition %s", report.id, edition.number)
    return edition


def _keeps_something(scope: Scope) -> bool:
    """Tell whether the viewer may still read a work blind, whatever was decided of it.

    Its decision is not among the numbers, and an edition without it would stay.
    """
    works = sa.select(Submission.id).join(Submission.team)
    kept = works.where(Team.school_id.in_(scope.schools), is_kept_from(scope.viewer))
    return bool(db.session.scalar(sa.select(kept.exists())))


def _locked_report(scope: Scope) -> Report:
    """Return the report, made if there was none, to one transaction at a time."""
    about = _subject(scope)
    go_one_by_one(f"report {sorted(about.items())}")
    report = db.session.scalar(
        sa.select(Report).filter_by(**about).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if report is None:
        report = Report(**about, texts={}, left_out=[], version=0)
        db.session.add(report)
        db.session.flush()
    return report


def _keep_beside(report: Report, typed: dict[str, str], author: User) -> None:
    rival = next((one for one in report.rivals if one.author_id == author.id), None)
    if rival is None:
        rival = ReportRival(report_id=report.id, author_id=author.id, texts=typed)
        db.session.add(rival)
    rival.texts, rival.saved_at = typed, utcnow()


def _subject(scope: Scope) -> dict[str, int | None]:
    return {
        "territory_id": scope.territory.id if scope.territory else None,
        "school_id": scope.school.id if scope.school else None,
        "year": scope.year.starts_on.year,
    }


def _is_about(scope: Scope) -> list[sa.ColumnElement[bool]]:
    return [getattr(Report, key) == value for key, value in _subject(scope).items()]
