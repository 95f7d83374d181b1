"""What a page is made of, in our renderer and in that of a reader of GitHub's kind."""

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from lms.text.markup import render_lesson

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LEVELS = {"h1", "h2", "h3", "h4", "h5", "h6"}
NESTING = {"ul", "ol", "blockquote"}
KEPT = LEVELS | {
    "pre",
    "table",
    "tr",
    "th",
    "td",
    "a",
    "em",
    "strong",
    "del",
    "br",
    "hr",
}
_BOX = re.compile(r"^\[([ x])\]")


class Outline(HTMLParser):
    """Headings, lists with their depth, code, tables and links in the order they come.

    Each is (depth, tag, words); white space and paragraphs do not count.
    """

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.nesting = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        tag = "del" if tag == "s" else tag
        if tag in NESTING:
            self.nesting.append(tag)
        if tag in KEPT or tag == "li":
            self.found.append(["/".join(self.nesting), tag, ""])
        elif tag == "p" and self.found and self.found[-1][1] != "li":
            self.found.append(["/".join(self.nesting), "", ""])

    def handle_endtag(self, tag):
        if tag in ("br", "hr"):
            return
        if tag in NESTING:
            self.nesting.pop()
        if tag in NESTING | KEPT | {"p", "s"}:
            self.found.append(["/".join(self.nesting), "", ""])

    def handle_data(self, data):
        if not self.found:
            self.found.append(["", "", ""])
        self.found[-1][2] += data


def outline(page):
    """Everything found that has a tag or words."""
    pieces = [(where, tag, _words(words)) for where, tag, words in Outline(page).found]
    return [piece for piece in pieces if piece[1] or piece[2]]


def outlines(text):
    """The outlines of a text as a lesson and as GitHub shows it."""
    return outline(render_lesson(text).html), outline(GITHUB.render(text))


def _words(text):
    words = " ".join(text.split())
    return _BOX.sub(lambda box: "☑" if box[1] == "x" else "☐", words)
