"""«Спросить об этом месте» under each heading of a lesson, for those who may ask."""

import re
from functools import lru_cache

from markupsafe import Markup

from lms.core.links import site_path
from lms.course.content.reports import ModuleContent
from lms.course.modules.contents import KEPT_REVISIONS, drawn_content_of
from lms.course.modules.outlines import RevisionOutline
from lms.review.questions.places import HEADING, places_of

_WAY = Markup(
    '<p class="ask no-print"><a class="small" href="{}">Спросить об этом месте'
    '<span class="visually-hidden">: {}</span></a></p>'
)


@lru_cache(maxsize=KEPT_REVISIONS)
def with_ways_to_ask(revision: RevisionOutline) -> ModuleContent:
    """Return a lesson with a link under each heading; a process makes it once."""
    content = drawn_content_of(revision)
    places = places_of(revision)

    def add(heading: re.Match[str]) -> str:
        place = places[heading[1]]
        way = site_path("questions.ask", slug=content.slug, at=place.anchor)
        return heading[0] + str(_WAY.format(way, place.title))

    html = HEADING.sub(add, content.lesson.html)
    return content.model_copy(
        update={"lesson": content.lesson.model_copy(update={"html": html})}
    )
