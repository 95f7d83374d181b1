"""Imports flow one way, and each room of a feature keeps to its business."""

import ast
import re
from pathlib import Path

import pytest

from lms.site import WINGS, features

LMS = Path(__file__).parent.parent / "lms"
# The order of the house: a feature knows only those before it.
ORDER = features()
FILES = sorted(LMS.rglob("*.py"))
# Any site needs these; they know no feature. The demonstration knows them all.
BELOW = [LMS / "core", LMS / "text"]
CORE = [path for path in FILES if set(BELOW) & set(path.parents)]
OF_FEATURES = {LMS.parent.joinpath(*name.split(".")) for name in ORDER}
IN_FEATURES = [path for path in FILES if OF_FEATURES & set(path.parents)]
TABLES_AND_RIGHTS = {"models", "permissions"}
PAGES = {"views", "loading", "navigation"}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def name_of(path):
    return str(path.relative_to(LMS))


def feature_of(path):
    return ".".join(("lms", *path.parent.relative_to(LMS).parts[:2]))


def room_of(path):
    """Return the room that a file is, or whose folder it lies in."""
    inside = path.relative_to(LMS).with_suffix("").parts[2:]
    return inside[0] if inside else path.stem


def imports_of(path):
    """Return the modules that a file imports, as paths with dots."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layer"
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def features_used(path):
    """Return (feature, room) for every import of another feature."""
    used = {
        (feature, name.removeprefix(f"{feature}.").split(".")[0])
        for name in imports_of(path)
        for feature in ORDER
        if name.startswith(f"{feature}.") and feature != feature_of(path)
    }
    return used


def every(paths, *rooms, but=()):
    """Run a test for every file, or for those that are one of the rooms."""
    chosen = [
        path
        for path in paths
        if room_of(path) not in but and (not rooms or room_of(path) in rooms)
    ]
    return pytest.mark.parametrize("path", chosen, ids=name_of)


def later_than(path):
    """Return the features that stand after the file's own in the order."""
    return set(ORDER[ORDER.index(feature_of(path)) + 1 :])


@every(CORE)
def test_core_knows_no_feature(path):
    assert not features_used(path)


# The four bands of docs/architecture.md, lowest first.
@every(IN_FEATURES, "models")
def test_tables_know_only_the_tables_before_them(path):
    used = features_used(path)

    assert {room for _, room in used} <= {"models"}
    assert not {feature for feature, _ in used} & later_than(path)


@every(IN_FEATURES, "permissions")
def test_rights_know_tables_and_rights(path):
    rooms = {room for _, room in features_used(path)}

    assert rooms <= {"models", "permissions"}


@every(IN_FEATURES, but=("models", "permissions", *PAGES))
def test_doing_knows_tables_rights_and_the_doing_before_it(path):
    others = {use for use in features_used(path) if use[1] not in TABLES_AND_RIGHTS}

    assert not {room for _, room in others} & PAGES
    assert not {feature for feature, _ in others} & later_than(path)


@every(IN_FEATURES)
def test_views_are_nobody_elses_business(path):
    assert not {use for use in features_used(path) if use[1] == "views"}


@every(IN_FEATURES, "models", "services")
def test_what_may_happen_does_not_depend_on_the_web(path):
    packages = {name.split(".")[0] for name in imports_of(path)}

    assert not packages & {"flask", "flask_login", "flask_wtf", "wtforms", "werkzeug"}


@every(FILES)
def test_every_file_is_named_after_a_noun(path):
    assert not {path.stem, path.parent.name} & NAMELESS


def test_every_feature_has_its_place():
    folders = {feature_of(path) for path in FILES if room_of(path) == "views"}

    assert folders <= set(ORDER)


# Here roles are told apart, given to people, and played; all others ask permissions.
NAME_A_ROLE = {
    "lms/identity/accounts/permissions.py",
    "lms/identity/accounts/services.py",
    "lms/schools/people/forms.py",
    "lms/demo/cast.py",
}
OF_ROLES = re.compile(r"\bRole\.[A-Z]|\bis_(admin|tutor)\b")


def test_roles_are_told_apart_in_one_place():
    house = LMS.parent
    texts = [*FILES, *house.joinpath("templates").rglob("*.*")]

    named = {
        str(path.relative_to(house))
        for path in texts
        if OF_ROLES.search(path.read_text(encoding="utf-8"))
    }

    assert named == NAME_A_ROLE


@pytest.mark.parametrize("wing", WINGS)
def test_architecture_names_the_packages_of_a_wing_in_their_order(wing):
    page = (LMS.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{wing}/`"))

    assert re.findall(r"`([a-z]+)`", row) == WINGS[wing]
