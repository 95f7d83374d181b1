"""What is written about the code is true of it: commands, settings, names of files."""

import re
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *ROOT.glob("docs/*.md")]
CODE = [path for top in ("lms", "tests") for path in (ROOT / top).rglob("*.py")]
TOPS = "lms|tests|docs|static|templates|migrations"
FILE = re.compile(rf"(?<![\w/.])(?:{TOPS})/[\w/.-]+\.(?:py|md|html|js|css)\b")
# Run by `make`, and said by gunicorn of itself.
OF_MAKE, OF_GUNICORN = "assets font", "SERVER_SOFTWARE"
# A setting of the site, read from the environment.
SETTING = re.compile(r"""env(?:\.get\(|, )"([A-Z_]+)\"""")


def commands_of(group, before=""):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def named_in_table(command):
    """«modules check`, `sync`» names two: those of one group stand in one row."""
    group, _, own = command.rpartition(" ")
    rows = [line for line in README.splitlines() if line.startswith(f"| `{group}")]
    return any(re.search(rf"`(?:{group} )?{own}\b", row) for row in rows)


def test_files_that_are_named_are_there():
    named = [
        (str(path.relative_to(ROOT)), name)
        for path in [*DOCUMENTS, *CODE]
        for name in FILE.findall(path.read_text(encoding="utf-8"))
    ]

    assert len(named) > 30
    assert [(path, name) for path, name in named if not (ROOT / name).exists()] == []


def test_readme_names_every_command(app):
    commands = [name for name in commands_of(app.cli) if not name.startswith("db")]

    assert [name for name in commands if not named_in_table(name)] == [OF_MAKE]


def test_readme_names_every_setting():
    sources = [ROOT / "lms" / "core" / name for name in ("config.py", "environment.py")]
    read = {
        name
        for path in sources
        for name in SETTING.findall(path.read_text(encoding="utf-8"))
    }

    assert len(read) > 10
    assert {name for name in read if f"`{name}`" not in README} == {OF_GUNICORN}
