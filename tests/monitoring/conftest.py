"""What the tests of monitoring share."""

import pytest

from tests.measurements import settle


@pytest.fixture
def parents(app):
    """The indicator about parents, on a site that has the basic ones."""
    return settle("parents")


@pytest.fixture
def school(team, territory):
    """The school of «Опора», in its town."""
    return team.school
