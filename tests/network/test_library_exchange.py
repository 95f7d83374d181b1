"""What schools do with a document: given, taken, found by the name of the giver."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.network.library.exchange import GONE, OWN, uses_of
from lms.network.library.models import DocumentUse
from lms.network.library.services import withdraw_document
from lms.network.library.shelves import Filters, find_documents
from lms.schools.teams.models import School
from lms.schools.teams.services import edit_team, rename_school
from lms.schools.territories.services import edit_territory, move_school
from tests.conftest import count
from tests.library import put_in, take


def test_school_takes_once_and_tells_later(document, other):
    take(document, other)
    take(document, other, "Приняли на педсовете.")

    (use,) = uses_of(document)
    assert use.said == "Приняли на педсовете."
    assert use.told_at


def test_line_that_names_somebody_is_refused(document, other):
    with pytest.raises(RuleError, match="Петровой"):
        take(document, other, "Спасибо Анне Петровой.")

    assert count(DocumentUse) == 0


def test_school_does_not_take_its_own_document(admin, team, captain):
    given = put_in(admin, author_school_id=team.school_id)

    with pytest.raises(RuleError, match=OWN):
        take(given, captain)


def test_withdrawn_document_is_not_taken(document, admin, other):
    withdraw_document(document, "Устарел.", editor=admin)

    with pytest.raises(RuleError, match=GONE):
        take(document, other)


def test_documents_go_along_when_the_school_is_corrected(team, captain, other, admin):
    given = put_in(admin, author_school_id=team.school_id)
    taken, both = put_in(admin, "второй"), put_in(admin, "третий")
    for user, document in ((captain, taken), (captain, both), (other, both)):
        take(document, user)
    right = School(name="Школа № 77", municipality="Бердск")

    edit_team(team, school=right, name="Опора", tutor=team.tutor, actor=admin)

    assert given.author_school == right
    assert db.session.scalars(find_documents(Filters("бердск"))).all() == [given]
    assert [use.school for use in uses_of(taken)] == [right]


def test_document_is_found_by_the_new_name_of_its_school(team, admin):
    given = put_in(admin, author_school_id=team.school_id)

    rename_school(team.school, "Лицей «Спутник»", actor=admin)

    assert db.session.scalars(find_documents(Filters("спутник"))).all() == [given]


def test_document_is_found_by_the_new_territory_of_its_school(team, admin, territory):
    given = put_in(admin, author_school_id=team.school_id)
    move_school(team.school, territory, since=None, actor=admin)
    name = "Чулымский район"

    edit_territory(territory, name=name, parent=territory.parent, actor=admin)

    assert db.session.scalars(find_documents(Filters("чулымский"))).all() == [given]


def test_school_that_took_the_same_document_takes_it_once(
    document, team, captain, other, other_team, admin
):
    for user in (captain, other):
        take(document, user)

    edit_team(team, school=other_team.school, name="Вторая", tutor=None, actor=admin)

    assert [use.user for use in uses_of(document)] == [captain, other]
