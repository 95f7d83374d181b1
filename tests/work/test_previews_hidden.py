"""Words that an office program does not show are not shown here either, but named."""

import io

import pytest

from lms.work.previews.reading import OUTSIDE, excerpt_of
from tests.sample_module import packed

USUAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
BODY, STYLES, RELATIONS = "word/document.xml", "word/styles.xml", "_rels/.rels"
HIDDEN = '<w:rPr><w:vanish w:val="{}"/></w:rPr>'
STYLE = '<w:style w:styleId="{}">{}</w:style>'
# «Тайна» hides its words, «Ещё» is made after it, «Явь» after that and shows them.
SECRET = (
    STYLE.format("Тайна", HIDDEN.format("1"))
    + STYLE.format("Ещё", '<w:basedOn w:val="Тайна"/>')
    + STYLE.format("Явь", '<w:basedOn w:val="Ещё"/>' + HIDDEN.format("0"))
)
AS = '<w:rPr><w:rStyle w:val="{}"/></w:rPr>'
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OPEN = (
    f"<d xmlns:t='{TEXT}' xmlns:s='s' xmlns:p='p'>"
    "<s:style s:name='Т'><s:text-properties t:display='none'/></s:style>"
    "<s:style s:name='С'><s:drawing-page-properties p:visibility='hidden'/></s:style>"
    "{}</d>"
)


def word(inside, *, namespace=USUAL, body=BODY, **parts):
    text = f'<w:document xmlns:w="{namespace}"><w:body>{inside}</w:body></w:document>'
    return io.BytesIO(packed({body: text.encode(), **parts}))


def styled(styles):
    return {STYLES: f'<w:styles xmlns:w="{USUAL}">{styles}</w:styles>'.encode()}


def run(words, look=""):
    return f"<w:r>{look}<w:t>{words}</w:t></w:r>"


def words_of(kind, file):
    read = excerpt_of(kind, file)
    return [block.text for block in read.blocks], read.left_out


@pytest.mark.parametrize("look", [HIDDEN.format("true"), "<w:rPr><w:vanish/></w:rPr>"])
def test_hidden_text_of_word_is_named_and_not_shown(look):
    file = word(f"<w:p>{run('Видно')}{run('нет', look)}</w:p>")

    assert words_of("docx", file) == (["Видно"], ["скрытый текст"])


@pytest.mark.parametrize("off", ["0", "false", "off"])
def test_text_of_word_that_is_hidden_no_longer_is_shown(off):
    file = word(f"<w:p>{run('Видно', HIDDEN.format(off))}</w:p>")

    assert words_of("docx", file) == (["Видно"], [])


@pytest.mark.parametrize(
    ("style", "told"),
    [("Тайна", ([], ["скрытый текст"])), ("Ещё", ([], ["скрытый текст"]))]
    + [(style, (["слово"], [])) for style in ("Явь", "Неизвестный")],
)
def test_style_of_word_hides_its_text(style, told):
    of_words = word(f"<w:p>{run('слово', AS.format(style))}</w:p>", **styled(SECRET))
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    of_paragraph = word(f"<w:p>{look}{run('слово')}</w:p>", **styled(SECRET))

    assert words_of("docx", of_words) == words_of("docx", of_paragraph) == told


def test_styles_based_on_each_other_end():
    styles = "".join(
        STYLE.format(name, f'<w:basedOn w:val="{base}"/>')
        for name, base in (("а", "б"), ("б", "а"))
    )
    file = word(f"<w:p>{run('да', AS.format('а'))}</w:p>", **styled(SECRET + styles))

    assert words_of("docx", file) == (["да"], [])


def test_hidden_row_of_word_is_named_and_not_shown():
    row = "<w:tr>{}<w:tc><w:p>" + run("нет") + "</w:p></w:tc></w:tr>"
    hidden = row.format("<w:trPr><w:hidden/></w:trPr>")

    read = excerpt_of("docx", word(f"<w:tbl>{hidden}</w:tbl>"))

    assert (read.blocks, read.left_out) == ([], ["скрытые строки"])


def test_signs_of_special_fonts_are_named():
    file = word(f"<w:p><w:r><w:sym/></w:r>{run('да')}</w:p>")

    assert words_of("docx", file) == (["да"], ["знаки особых шрифтов"])


def test_strict_document_of_word_is_read():
    file = word(f"<w:p>{run('Строго')}</w:p>", namespace=STRICT)

    assert words_of("docx", file) == (["Строго"], [])


def test_main_part_of_word_may_have_another_name():
    link = '<Relationship Id="1" Type="a/officeDocument" Target="/word/document2.xml"/>'
    file = word(
        f"<w:p>{run('Иначе')}</w:p>",
        body="word/document2.xml",
        **{RELATIONS: f"<Relationships>{link}</Relationships>".encode()},
    )

    assert words_of("docx", file) == (["Иначе"], [])


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<t:p>Видно<t:span t:style-name='Т'>нет</t:span>.</t:p>", ["Видно."]),
        ("<t:p t:style-name='Т'>нет</t:p><t:p>Видно</t:p>", ["Видно"]),
        ("<t:section t:display='none'><t:p>нет</t:p></t:section><t:p>да</t:p>", ["да"]),
        ("<t:p>нет<t:hidden-paragraph t:is-hidden='true'/></t:p>", []),
    ],
)
def test_hidden_text_of_an_open_document_is_named_and_not_shown(inside, words):
    file = io.BytesIO(packed({"content.xml": OPEN.replace("{}", inside).encode()}))

    assert words_of("odt", file) == (words, ["скрытый текст"])


def test_hidden_slides_are_named_and_not_shown():
    slides = {
        f"ppt/slides/slide{number}.xml": f"<sld {show}><p>{number}</p></sld>".encode()
        for number, show in enumerate(["show='0'", "show='1'", ""], 1)
    }
    pages = "<d:page xmlns:d='d' d:style-name='{}'><t:p>{}</t:p></d:page>"
    page = pages.format("С", 1) + pages.format("Т2", 2)
    content = OPEN.replace("{}", page).encode()

    of_powerpoint = words_of("pptx", io.BytesIO(packed(slides)))
    of_impress = words_of("odp", io.BytesIO(packed({"content.xml": content})))

    assert of_powerpoint == (["2", "3"], ["скрытые слайды"])
    assert of_impress == (["2"], ["скрытые слайды"])


@pytest.mark.parametrize(
    "name", ["../../a.txt", "..\\a.txt", "/etc/passwd", "C:\\a.txt", "б/../../a"]
)
def test_names_that_lead_out_of_an_archive_are_listed_with_a_warning(name):
    names = excerpt_of("zip", io.BytesIO(packed({name: b"", "./б 1:2.txt": b""}))).names

    assert names == [f"{name} — {OUTSIDE}", "./б 1:2.txt"]
