"""The pictures that were drawn at set-up, where they are there."""

from typing import NamedTuple

from lms.core.assets import Asset, assets
from lms.core.links import site_link
from lms.course.content.media import picture_size


class Picture(NamedTuple):
    """A picture with its size, so that a page keeps room for it."""

    filename: str
    width: int
    height: int


def picture(name: str) -> Picture | None:
    """Return a picture by its name, or nothing on a site that has not drawn it."""
    asset = assets().get(f"pictures/{name}.png")
    return picture_of(asset) if asset else None


def picture_of(asset: Asset) -> Picture:
    """Return what a page has to know of a PNG."""
    return Picture(asset.name, *picture_size("png", asset.content))


def link_card() -> str:
    """Return the full address of what messengers show beside a link, or nothing."""
    name = "pictures/card.png"
    if name not in assets():
        return ""
    return site_link("static", filename=name, v=assets()[name].fingerprint)
