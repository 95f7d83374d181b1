"""What a page may hold at most, said once more and apart from the code."""

from html.parser import HTMLParser

LESSON_TAGS = {
    *("a", "abbr", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li"),
    *("ol", "p", "pre", "strong", "sup", "table", "tbody", "td", "th", "thead"),
    *("tr", "ul"),
}
ANSWER_TAGS = LESSON_TAGS - {
    *("abbr", "dd", "del", "dl", "dt", "figcaption", "figure", "h2", "img", "sup"),
}
ATTRIBUTES = {
    *("alt", "aria-label", "class", "height", "href", "id", "loading", "rel", "role"),
    *("scope", "src", "start", "tabindex", "title", "width"),
}
CLASSES = {
    *("", "closing", "footnote", "footnote-ref", "footnote-backref", "note__title"),
    *("cell--left", "cell--center", "cell--right", "table-scroll"),
    *("note note--example", "note note--team", "note note--check", "note note--tip"),
    *("note note--warning", "note note--law"),
}


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def is_inert(page, tags):
    """Whether a browser would find nothing in a page but text and safe links."""
    for tag, attributes in Tags(page).found:
        address = attributes.get("href", "") + attributes.get("src", "")
        if (
            tag not in tags
            or not set(attributes) <= ATTRIBUTES
            or (
                ":" in address.partition("/")[0]
                and not address.startswith(("http:", "https:", "mailto:"))
            )
        ):
            return False
    return True
