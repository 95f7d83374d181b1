"""Somebody who follows the links of the site, each once."""

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

HERE = "http://localhost"
# Rows and filters are alike: of the links of one kind on the whole site, so many.
ALIKE = 3


class Links(HTMLParser):
    """Where a page leads, and what on it can be led to."""

    def __init__(self, text):
        super().__init__()
        self.ids = set()
        self.addresses = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.ids.add(facts.get("id"))
        self.addresses |= {facts[name] for name in ("href", "src") if facts.get(name)}
        if tag == "form" and facts.get("method", "get").lower() == "get":
            self.addresses.add(facts.get("action") or "")


@dataclass
class Crawl:
    """What a browser has met, from the front page on."""

    browser: object
    routes: object
    visited: dict = field(default_factory=dict)
    endpoints: set = field(default_factory=set)
    refused: list = field(default_factory=list)
    led_to: set = field(default_factory=set)

    def __post_init__(self):
        met, waiting, kinds = {"/"}, deque([("/", "")]), Counter()
        while waiting:
            address, found_on = waiting.popleft()
            for link in self._visit(address, found_on) - met:
                met.add(link)
                kind = self._kind(link)
                kinds[kind] += 1
                if kinds[kind] <= ALIKE:
                    waiting.append((link, address))

    @property
    def dead_fragments(self):
        """Return the links to a place that its page has not, with where they are."""
        visited = self.visited
        return [
            f"{found_on} → {address}#{place}"
            for found_on, address, place in sorted(self.led_to)
            if place not in visited.get(address, {place})
        ]

    def _visit(self, address, found_on):
        """Open an address; return those that its page leads to."""
        with self.browser.get(address, follow_redirects=True) as answer:
            if answer.status_code >= 400:
                self.refused.append((address, answer.status_code, found_on))
            self.endpoints.add(self._kind(address)[0])
            if answer.mimetype != "text/html":
                return set()
            page = Links(answer.text)
            base = urljoin(HERE, answer.request.full_path)
        self.visited[address] = page.ids
        targets = set()
        for link in page.addresses:
            target, place = urldefrag(urljoin(base, link))
            if target.startswith(f"{HERE}/"):
                targets.add(local := target.removeprefix(HERE))
                if place:
                    self.led_to.add((address, local, unquote(place)))
        return targets

    def _kind(self, address):
        """Return what an address shows and by which words it is asked."""
        parts = urlsplit(address)
        try:
            endpoint, _ = self.routes.match(parts.path)
        except RequestRedirect:
            endpoint = "a redirect"
        except HTTPException:
            endpoint = "nothing"
        return endpoint, frozenset(word for word, _ in parse_qsl(parts.query))
