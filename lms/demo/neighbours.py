"""The teams beside «Опора» in the demonstration: one ahead of it, one behind."""

from lms.course.modules.models import Module
from lms.demo.partners import partners_of_most
from lms.demo.projects import project_of_most
from lms.demo.story import TeamStory
from lms.identity.accounts.models import User
from lms.review.reviews.leases import take


def go_ahead(most: TeamStory, modules: dict[int, Module]) -> None:
    """Let a team be ahead of its calendar, with one work that came back."""
    most.accept(modules[1], days_ago=126)
    most.accept(modules[2], days_ago=80)
    most.give_back(modules[3], days_ago=30)
    most.tick(modules[3], but=1, days_ago=7)
    most.send(modules[3], "accepted", days_ago=6)
    most.take_back(modules[4], days_ago=3)
    most.send(modules[4], "accepted", days_ago=2)
    most.check_themselves([modules[1], modules[2]], 80)
    project_of_most(most)
    partners_of_most(most)


def take_time(rodnik: TeamStory, modules: dict[int, Module], tutor2: User) -> None:
    """Let a team be behind, with a request for more days."""
    rodnik.accept(modules[1], days_ago=110)
    rodnik.send(modules[2], "returned", days_ago=9)
    waiting = rodnik.send(modules[3], "accepted", days_ago=5)
    take(waiting.submission, tutor=tutor2)
    rodnik.write(modules[4], "returned")
    rodnik.ask_for_days(
        modules[4],
        days=10,
        reason="Первую пробную встречу отменили из-за морозов, проведём на следующей"
        " неделе и опишем.",
    )
    rodnik.check_themselves([modules[1]], 70)
