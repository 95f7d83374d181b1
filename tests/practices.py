"""Practices as people make them: from a draft of several hands to the bank."""

from lms.network.practices.agreeing import answer
from lms.network.practices.consents import consents_of
from lms.network.practices.models import Hands, Money, Place, Size, Time
from lms.network.practices.publishing import publish
from lms.network.practices.writing import ask_team, begin_card, change_card
from lms.review.reviews.models import Review, Verdict
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.submissions.models import Status
from lms.work.submissions.services import start_submission
from tests.conftest import save

ASKED = "Пятеро хотят научиться шить и трое хотят чинить велосипеды."
PAIRS = "Швея и двое восьмиклассников встречаются по средам в мастерской."
FACTS = {
    "place": Place.CITY,
    "size": Size.MIDDLE,
    "time": Time.QUARTER,
    "money": Money.NONE,
    "hands": Hands.FEW,
}
WORDS = FACTS | {
    "title": "Пары по запросу",
    "what": "Спросили всех: пятеро хотят научиться шить и трое хотят чинить.",
    "how": "Швея и двое восьмиклассников встречаются по средам.",
    "failed": "Первую встречу никто не открыл: ключ был у завхоза.",
    "result": "",
    "resources": "",
}


def accepted_work(module, team, captain, author, tutor):
    """A work of two hands that was accepted: `author` wrote the second field."""
    work = start_submission(module, user=captain, team=team)
    save_field(work, "zaprosy", ASKED, base_version=0, author=captain)
    save_field(work, "pary", PAIRS, base_version=0, author=author)
    attempt = send_attempt(work, author=captain)
    facts = {"levels": [], "points": 5, "summary": "", "verdict": Verdict.ACCEPTED}
    save(Review(attempt=attempt, tutor=tutor, **facts))
    work.status = Status.ACCEPTED
    return save(work)


def write_card(work, captain, **changes):
    """A card that may be shown to its authors."""
    practice = begin_card(work, captain=captain)
    change_card(practice, WORDS | changes, captain=captain)
    return practice


def agree(practice, *people, version=None):
    """Have people agree to a card."""
    for person in people:
        number = version or practice.version
        answer(practice, author=person, version=number, agrees=True)


def published_card(work, captain, editor, **changes):
    """A card in the bank, to which everybody quoted has agreed."""
    practice = write_card(work, captain, **changes)
    ask_team(practice, captain=captain)
    agree(practice, *consents_of(practice).authors)
    publish(practice, editor=editor, version=practice.version)
    return practice
