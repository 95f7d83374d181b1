"""Letters of the demonstration."""

from lms.demo.letters import letters_on_their_way
from lms.identity.outbox.listing import Place, count_undone, letters_of, parked_jobs
from lms.identity.outbox.permissions import visible_jobs
from tests.conftest import letters, person


def test_letters_of_the_demonstration_are_in_several_states(admin):
    people = [person("Анна Седова", f"anna{n}@example.org") for n in range(3)]
    letters_on_their_way(people)

    jobs = visible_jobs(admin)
    counts = {Place.PARKED: 2, Place.FAILING: 1, Place.WAITING: 0}
    assert count_undone(jobs) == counts
    assert len(letters_of(jobs, place=Place.SENT).rows) == 3
    assert len(parked_jobs(jobs)) == 1
    assert letters() == []
