"""What measures the course: read from its folder, kept, written back."""

from pathlib import Path

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.content.archive import content_hash
from lms.course.content.content import open_module_sandbox
from lms.course.content.measures import Measures, check_measures, read_measure_files
from lms.course.content.taught import Taught
from lms.course.modules.contents import content_of
from lms.course.modules.models import MeasuresEdition, Module
from lms.course.modules.services import newest_revision
from lms.course.modules.signals import measures_imported


def newest_measures() -> MeasuresEdition | None:
    """Return what was imported last, or None before the first import."""
    newest = sa.select(MeasuresEdition).order_by(MeasuresEdition.id.desc()).limit(1)
    return db.session.scalar(newest)


def import_measures(root: Path) -> Measures | None:
    """Keep diagnostics and surveys if they changed and nothing is wrong.

    None: they are as they were. What reads them follows the signal.
    """
    files = read_measure_files(root)
    found, known = content_hash(files), newest_measures()
    if known.content_hash == found if known else not files:
        return None
    taught = _taught()
    db.session.rollback()
    with open_module_sandbox() as sandbox:
        measures = check_measures(files, taught, sandbox)
    if is_wrong(measures):
        return measures
    sources = {path: content.decode() for path, content in files.items()}
    db.session.add(MeasuresEdition(content_hash=found, sources=sources))
    measures_imported.send(measures)
    db.session.commit()
    return measures


def is_wrong(measures: Measures) -> bool:
    """Tell whether something is so wrong that nothing was kept."""
    return any(problem.level == "error" for problem in measures.problems)


def write_measures(target: Path) -> list[str]:
    """Make a content folder hold exactly what was imported; return the paths."""
    known = newest_measures()
    sources = known.sources if known else {}
    for stale in read_measure_files(target).keys() - sources.keys():
        (target / stale).unlink()
    for path, text in sources.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(text.encode())
    return list(sources)


def _taught() -> list[Taught]:
    """Return what the newest revisions of all modules promise and ask."""
    modules = db.session.scalars(sa.select(Module).order_by(Module.position))
    newest = (newest_revision(module) for module in modules)
    return [content_of(revision).taught for revision in newest if revision]
