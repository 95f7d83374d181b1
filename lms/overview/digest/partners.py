"""What the letter of the day says of the partners of a school."""

from collections.abc import Sequence

from lms.core.language import day, plural
from lms.core.links import site_link
from lms.network.partners.models import Agreement
from lms.network.partners.reminders import alone_for
from lms.outcomes.certificates.wording import quoted
from lms.overview.digest.talks import Line
from lms.schools.teams.models import Membership


def lines_of_ending(agreements: Sequence[Agreement]) -> list[Line]:
    """Name the agreements whose last day is near."""
    return [
        Line(
            f"{one.title} с партнёром {quoted(one.partner.name)} до {day(one.ends_on)}:"
            " продлите или закончите",
            site_link("partners.partner", partner_id=one.partner_id),
        )
        for one in agreements
        if one.ends_on
    ]


def lines_of_alone(memberships: Sequence[Membership]) -> list[Line]:
    """Ask a captain who keeps in touch with partners that nobody keeps."""
    return [
        Line(
            f"С {plural(count, 'партнёром', 'партнёрами', 'партнёрами')} школы никто не"
            " держит связь: выберите, кто из команды её возьмёт",
            site_link("partners.register", school_id=school.id),
        )
        for school, count in alone_for(memberships)
    ]
