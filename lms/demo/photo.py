"""A photo for the demonstration, drawn: notes on a wall, by an upright phone."""

import io

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from lms.core.fonts import installed_font

SIDES = (2400, 1800)
NOTE = (490, 330)
WALL, BOARD, INK = "#d9d2c3", "#f6f2e7", "#2b3340"
COLOURS = ("#f7d774", "#f2a7a0", "#a9d5b5", "#a8c8ea")
TITLE = "Карта запросов 8 «А»"
NOTES = (
    "Шить\nна машинке",
    "Снимать\nи монтировать",
    "Разговорный\nанглийский",
    "Готовить\nдля своих",
    "Играть\nна гитаре",
    "Чинить\nвелосипед",
    "Выступать\nне боясь",
    "Собрать\nробота",
)
# What a camera writes beside the picture, and the site takes off.
ORIENTATION, MAKER, TURNED = 0x0112, 0x010F, 6


def wall_of_notes() -> bytes:
    """Return the photo as a phone would send it: lying, with a note how it was held."""
    picture = Image.new("RGB", SIDES, WALL)
    sheet = ImageDraw.Draw(picture)
    sheet.rectangle((90, 90, SIDES[0] - 90, SIDES[1] - 90), fill=BOARD)
    sheet.text((170, 150), TITLE, font=_font(130), fill=INK)
    for number, words in enumerate(NOTES):
        across, down = number % 4, number // 4
        place = (170 + across * 530, 470 + down * 560 + (across % 2) * 70)
        picture.paste(_note(words, COLOURS[(number * 3) % 4]), place)
    taken = picture.filter(ImageFilter.GaussianBlur(1.5)).rotate(90, expand=True)
    told = Image.Exif()
    told[ORIENTATION], told[MAKER] = TURNED, "Телефон"
    output = io.BytesIO()
    taken.save(output, "JPEG", quality=80, exif=told)
    return output.getvalue()


def _note(words: str, colour: str) -> Image.Image:
    note = Image.new("RGB", NOTE, colour)
    pen = ImageDraw.Draw(note)
    pen.multiline_text((40, 80), words, font=_font(58), fill=INK, spacing=18)
    return note


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(installed_font()), size)
