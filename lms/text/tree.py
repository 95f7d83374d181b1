"""Changes to the tree of a rendered text: figures, tables that scroll, links."""

import html
import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from lms.text.conventions import WEB_LINK

HEADING_TAG = re.compile(r"h[1-6]")
_BOX = re.compile(r"\s*\[([ xXхХ])\]\s")  # Latin and Cyrillic: the same key
_BOXES = {" ": "☐", "x": "☑", "х": "☑"}
# Two columns find room on a phone.
_WIDE = 3
# A longer head of a column is cut where each of its cells says it.
_LABEL = 100
_LEFTOVER_STASH = re.compile("\x02[^\x03]*\x03")


def drop_empty_bodies(root: Element) -> None:
    """Leave a table without rows as it is: Python-Markdown gives it an empty one."""
    for table in root.iter("table"):
        for body in table.findall("tbody"):
            if len(body) == 1 and not any(len(cell) or cell.text for cell in body[0]):
                table.remove(body)


def make_tables_scroll(root: Element) -> None:
    """Wrap wide tables so that a phone scrolls the table and not the page."""
    number = 0
    for parent in list(root.iter()):
        for index, table in enumerate(parent):
            if table.tag != "table":
                continue
            number += 1
            scroll = Element("div", {"class": "table-scroll", "tabindex": "0"})
            scroll.set("role", "region")
            scroll.set("aria-label", "Таблица" if number == 1 else f"Таблица {number}")
            scroll.tail, table.tail = table.tail, None
            scroll.append(table)
            parent[index] = scroll
    for cell in root.iter():
        if cell.tag == "th":
            cell.set("scope", "col")
        if cell.tag in ("th", "td") and (side := cell.attrib.pop("align", None)):
            cell.set("class", f"cell--{side}")


def label_cells(root: Element) -> None:
    """Name over each cell of a wide table what a phone cannot show above it."""
    for table in root.iter("table"):
        # Each row says them again: a head of pages would make megabytes of a page.
        heads = [text_of(cell)[:_LABEL] for cell in table.iter("th")]
        for row in table.iter("tr") if len(heads) >= _WIDE else []:
            for head, cell in zip(heads, row.findall("td"), strict=False):
                cell.set("data-label", head)


def show_ticks(root: Element) -> None:
    """Show `[ ]` and `[x]` at the start of a point as the boxes they stand for."""
    for point in root.iter("li"):
        holder = point if (point.text or "").strip() or not len(point) else point[0]
        if box := _BOX.match(holder.text or ""):
            holder.text = f"{_BOXES[box[1].lower()]} {(holder.text or '')[box.end() :]}"


def text_of(element: Element) -> str:
    """Return what a reader sees of an element."""
    return _LEFTOVER_STASH.sub("", "".join(element.itertext())).strip()


def make_figures(root: Element) -> None:
    """Make a figure of every picture that stands alone in its paragraph."""
    for parent in list(root.iter()):
        _make_figures_in(parent)


def show_as_link(picture: Element) -> None:
    """Offer a picture to click instead of showing it."""
    address = picture.get("src", "")
    picture.text = picture.get("alt") or address
    picture.tag = "a"
    picture.attrib.clear()
    picture.set("href", address)


def say_where_it_led(link: Element) -> None:
    """Put the words of a link that leads nowhere after it: «[карта](приложение 3)»."""
    target = link.get("href", "")
    if target and not _is_address(target) and target != text_of(link):
        words = " ".join(link.attrib.pop("href").split())
        link.tail = f" ({words}){link.tail or ''}"


def _is_address(target: str) -> bool:
    """Tell an address that passes sanitising from words, also from words after one."""
    try:
        urlsplit(html.unescape(target))
    except ValueError:
        return False
    is_one_word = not any(map(str.isspace, target))
    return is_one_word and bool(WEB_LINK.match(target))


def _make_figures_in(parent: Element) -> None:
    for index, paragraph in reversed(list(enumerate(parent))):
        tails = [paragraph.text or "", *(child.tail or "" for child in paragraph)]
        pictures = [child for child in paragraph if child.tag == "img"]
        if paragraph.tag != "p" or not pictures or "".join(tails).strip():
            continue
        if len(pictures) == len(paragraph):
            parent[index : index + 1] = [_figure(picture) for picture in pictures]


def _figure(picture: Element) -> Element:
    figure = Element("figure")
    figure.tail = "\n"
    picture.tail = None
    figure.append(picture)
    if caption := picture.attrib.pop("title", ""):
        SubElement(figure, "figcaption").text = caption
    return figure
