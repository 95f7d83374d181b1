"""What a document has beside the words that its excerpt shows, as people call it."""

import re
import zipfile

from lms.course.content.containers import read_beginning
from lms.work.previews.excerpt import Writer

HIDDEN_LINES = "скрытые строки"
HIDDEN_COLUMNS = "скрытые столбцы"
HIDDEN_SHEETS = "скрытые листы"
HIDDEN_SLIDES = "скрытые слайды"
HIDDEN_TEXT = "скрытый текст"
SYMBOLS = "знаки особых шрифтов"
HEADERS = "колонтитулы"
PICTURES, CHARTS, SMART_ART = "рисунки", "диаграммы", "схемы SmartArt"
COMMENTS, OBJECTS, MEDIA = "примечания", "вложенные объекты", "видео и звук"
FOOTNOTES, CHANGES = "сноски", "исправления"
TEXT_BOXES, SLIDE_NOTES = "надписи", "заметки к слайдам"

# By the names of elements, whatever their namespaces.
SIGNS = {
    **dict.fromkeys(("footnoteReference", "endnoteReference", "note"), FOOTNOTES),
    **dict.fromkeys(("commentReference", "annotation"), COMMENTS),
    **dict.fromkeys(("ins", "del", "moveFrom", "changed-region"), CHANGES),
    **dict.fromkeys(("pic", "imagedata", "image"), PICTURES),
    **dict.fromkeys(("OLEObject", "oleObj", "object", "object-ole"), OBJECTS),
    **dict.fromkeys(("videoFile", "audioFile", "plugin"), MEDIA),
    **{"chart": CHARTS, "relIds": SMART_ART, "altChunk": "вставленные документы"},
    "notes": SLIDE_NOTES,
}
# By the names of parts; of the second ones only if there are words in them.
_PARTS = {
    r"xl/media/.+": PICTURES,
    r"xl/charts/chart.+": CHARTS,
    r"xl/diagrams/data.+": SMART_ART,
    r"xl/embeddings/.+": OBJECTS,
    r"(?:xl|ppt)/(?:comments|threadedComments).*\.xml": COMMENTS,
}
_PARTS_WITH_WORDS = {
    r"word/(?:header|footer)\d*\.xml": HEADERS,
    r"ppt/notesSlides/notesSlide\d+\.xml": SLIDE_NOTES,
    r"xl/drawings/drawing\d+\.xml": TEXT_BOXES,
}
_WORDS = re.compile(r"<\w+:t(?: [^>]*)?>[^<]*[^\W\d_]")
_HEADER = re.compile(
    r"<style:(?P<kind>header|footer)[ >](?:(?!</style:(?P=kind)>).)*>[^<]*[^\W\d_]",
    re.DOTALL,
)
_STYLES = "styles.xml"
_GLANCE = 256 * 1024


def note_parts(archive: zipfile.ZipFile, writer: Writer) -> None:
    """Note what lies in parts of an office file that nobody reads here."""
    for name in archive.namelist():
        for pattern, what in _PARTS.items():
            if re.fullmatch(pattern, name):
                writer.leave_out(what)
        for pattern, what in _PARTS_WITH_WORDS.items():
            if re.fullmatch(pattern, name) and _has(_WORDS, archive, name):
                writer.leave_out(what)
    if _STYLES in archive.NameToInfo and _has(_HEADER, archive, _STYLES):
        writer.leave_out(HEADERS)


def _has(words: re.Pattern[str], archive: zipfile.ZipFile, name: str) -> bool:
    beginning = read_beginning(archive, name, _GLANCE)
    return bool(words.search(beginning.decode(errors="replace")))
