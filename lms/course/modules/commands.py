"""`flask modules …`: check a content folder, import it, write it back."""

from pathlib import Path

import click

from lms.core.config import ROOT
from lms.core.language import plural
from lms.course.content.content import check_content
from lms.course.content.problems import Problem
from lms.course.modules import export as taken_back
from lms.course.modules import sync as folder
from lms.course.modules.sync import Outcome, Result

_root = click.argument(
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT / "content",
)


@click.command("check")
@_root
def check(root: Path) -> None:
    """Tell everything that is wrong with a content folder; store nothing."""
    report = check_content(root)
    _tell(report.problems)
    errors = plural(len(report.errors), "ошибка", "ошибки", "ошибок")
    remarks = plural(len(report.warnings), "замечание", "замечания", "замечаний")
    click.echo(f"{errors}, {remarks}.")
    if report.errors:
        raise SystemExit(1)


@click.command("sync")
@_root
@click.option("--publish", is_flag=True, help="Publish what was imported.")
@click.option(
    "--overwrite",
    multiple=True,
    metavar="SLUG",
    help="Import this module although it was edited on the site.",
)
def sync(root: Path, publish: bool, overwrite: tuple[str, ...]) -> None:
    """Import what changed in a content folder as new revisions."""
    refused = False
    for outcome in folder.sync(root, live=publish, overwrite=overwrite):
        refused = refused or outcome.is_refused
        click.echo(sentence_of(outcome))
        _tell(outcome.problems)
        click.echo(outcome.difference, nl=False)
    if refused:
        raise SystemExit(1)


@click.command("export")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
def export(target: Path) -> None:
    """Write the live course into a folder; importing that changes nothing."""
    for name in taken_back.export(target):
        click.echo(name)


def _tell(problems: list[Problem] | tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(f"{'ошибка' if problem.level == 'error' else 'замечание'} {problem}")


def sentence_of(outcome: Outcome) -> str:
    """Say in a line what became of a part of the folder."""
    said = outcome.message or outcome.result.value
    if outcome.result is Result.IMPORTED and outcome.revision:
        said = f"{said}, версия {outcome.revision.number}"
    if outcome.result is Result.EDITED:
        slug = outcome.name.partition("-")[2]
        said += f" (взять из папки: --overwrite {slug}; взять с сайта: export)"
    return f"{outcome.name}: {said}"
