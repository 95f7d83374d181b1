"""The plan that grows out of accepted works."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.styles.styles import Styles

from lms.core.errors import RuleError
from lms.monitoring.projects.picture import picture_of
from lms.monitoring.projects.services import project_of
from lms.monitoring.projects.tables import plan_and_fact
from lms.outcomes.plans import services
from lms.outcomes.plans.blocks import blocks_of
from lms.outcomes.plans.paper import paper_of
from lms.outcomes.plans.pdf import pdf_plan
from lms.outcomes.plans.plan import plan_of
from lms.outcomes.plans.word import word_plan
from tests.projects import plan_event

NESTED_LISTS = "\n".join("    " * level + "- дело" for level in range(40))


@pytest.fixture
def section(accepted, team):
    """The only section of the plan so far."""
    return plan_of(team)[0]


def reword(team, section, text, *, base_version, author):
    services.edit_paragraph(
        team,
        section,
        section.paragraphs[0],
        text=text,
        base_version=base_version,
        author=author,
    )


def paper(team):
    lines = plan_and_fact(picture_of(project_of(team)), date.today())
    return paper_of(team, plan_of(team), lines)


def opened(made):
    return Document(BytesIO(made))


def items_of(document):
    """The paragraphs that have a number or a bullet of their own."""
    return [p for p in document.paragraphs if p._p.xpath("w:pPr/w:numPr")]


def number_of(item):
    return item._p.pPr.numPr.numId.val


def numbering_of(document):
    return document.part.numbering_part.element


def test_plan_is_empty_before_the_first_accepted_work(module, team):
    assert plan_of(team) == []


def test_each_accepted_field_is_a_paragraph_with_its_source(accepted, section):
    labels = [field["label"] for field in accepted.attempts[0].fields]

    assert section.title == "Наставничество"
    assert [paragraph.label for paragraph in section.paragraphs] == labels
    assert section.attempt.number == 1


def test_team_rewords_a_paragraph_and_the_work_stays(accepted, section, team, captain):
    before = accepted.attempts[0].fields[0]["text"]

    reword(team, section, "Своими *словами*", base_version=0, author=captain)

    paragraph = plan_of(team)[0].paragraphs[0]
    assert paragraph.html == "<p>Своими <em>словами</em></p>"
    assert accepted.attempts[0].fields[0]["text"] == before


def test_two_people_who_reword_at_once_do_not_overwrite(section, team, captain, member):
    reword(team, section, "Анна", base_version=0, author=captain)

    with pytest.raises(RuleError, match="изменили"):
        reword(team, section, "Олег", base_version=0, author=member)

    assert plan_of(team)[0].paragraphs[0].text == "Анна"


def test_stale_second_edit_is_refused(section, team, captain, member):
    reword(team, section, "Раз", base_version=0, author=captain)
    reword(team, section, "Два", base_version=1, author=captain)

    with pytest.raises(RuleError, match="изменили"):
        reword(team, section, "Три", base_version=1, author=member)


def test_accepted_words_come_back(section, team, captain):
    reword(team, section, "Анна", base_version=0, author=captain)

    services.restore_accepted(plan_of(team)[0].paragraphs[0].edit)

    assert plan_of(team)[0].paragraphs[0].edit is None


def test_word_plan_has_real_headings_and_contents(section, team, captain):
    plan_event(team, captain)

    document = opened(word_plan(paper(team)))

    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["4. Наставничество", "План и факт"]
    assert 'TOC \\o "1-2"' in document.element.xml
    assert document.tables[0].rows[0].cells[0].text == "А"


def test_pdf_plan_is_made_whatever_was_typed(section, team, captain):
    text = '#panic("x") $ \\ `код` <b> [a](https://e.org) қӘŞ'
    reword(team, section, text, base_version=0, author=captain)

    assert pdf_plan(paper(team)).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "text", [f"[x](https://e.org/{'a' * 8100})", NESTED_LISTS, "> " * 59 + "дно"]
)
def test_documents_are_made_of_long_links_and_deep_nests(section, team, captain, text):
    reword(team, section, text, base_version=0, author=captain)

    assert pdf_plan(paper(team)).startswith(b"%PDF-")
    assert opened(word_plan(paper(team))).paragraphs


def test_pdf_that_cannot_be_made_names_the_paragraph(section, team, captain):
    reword(team, section, "Таблица", base_version=0, author=captain)
    plan_of(team)[0].paragraphs[0].edit.html = "<table></table>"

    with pytest.raises(RuleError, match=section.paragraphs[0].label):
        pdf_plan(paper(team))


def test_signs_stored_before_they_were_refused_are_left_out(section, team, captain):
    reword(team, section, "Слова", base_version=0, author=captain)
    plan_of(team)[0].paragraphs[0].edit.html = "<p>Раз\x0bдва\x01</p>"
    what = "Провести встречу\x0bс родителями"
    plan_event(team, captain, what=what, who="\ufffe")

    document = opened(word_plan(paper(team)))

    assert "Раз два" in [p.text for p in document.paragraphs]
    cells = document.tables[-1].rows[1].cells
    assert cells[0].text == "Провести встречу\nс родителями"
    assert pdf_plan(paper(team)).startswith(b"%PDF-")


def test_second_list_of_a_word_plan_starts_anew(section, team, captain):
    text = "1. Раз\n2. Два\n\nИ ещё\n\n1. Раз\n2. Два"
    reword(team, section, text, base_version=0, author=captain)

    document = opened(word_plan(paper(team)))

    first, _, second, last = [number_of(p) for p in items_of(document)[:4]]
    assert first != second == last
    starts = "w:num[@w:numId=%d]/w:lvlOverride/w:startOverride/@w:val"
    assert numbering_of(document).xpath(starts % second) == ["1"]


def test_long_word_plan_looks_for_its_styles_a_few_times(
    section, team, captain, monkeypatch
):
    text = "\n\n".join(f"# {n}\n\n> да\n\n- раз" for n in range(50))
    reword(team, section, text, base_version=0, author=captain)
    looked, look = [], Styles.get_style_id
    monkeypatch.setattr(
        Styles, "get_style_id", lambda *told: looked.append(1) or look(*told)
    )

    paragraphs = opened(word_plan(paper(team))).paragraphs

    assert {"Quote", "List Bullet"} <= {p.style.name for p in paragraphs}
    assert len(looked) < 20


def test_nested_list_of_a_word_plan_keeps_its_levels(section, team, captain):
    text = "1. Раз\n\n    дальше\n\n    - внутри\n\n        - глубже\n\n2. Два"
    reword(team, section, text, base_version=0, author=captain)

    items = items_of(opened(word_plan(paper(team))))[:4]

    assert [p.text for p in items] == ["Раз", "внутри", "глубже", "Два"]
    assert [p._p.pPr.numPr.ilvl.val for p in items] == [0, 1, 2, 0]
    assert number_of(items[0]) == number_of(items[-1])


def test_address_of_a_link_holds_no_sign_that_xml_forbids():
    (text,) = blocks_of('<p><a href="https://a.ru/\x01b">сюда</a></p>')

    assert text["runs"] == [{"text": "сюда", "link": "https://a.ru/b"}]


def test_html_becomes_blocks():
    inner = "<ul><li>в</li></ul>"
    html = f"<p>Раз <strong>два</strong></p><ul><li>а</li><li>б{inner}</li></ul>"

    text, bullets = blocks_of(html)

    assert text["runs"] == [{"text": "Раз "}, {"text": "два", "bold": True}]
    assert [len(item) for item in bullets["items"]] == [1, 2]


def test_table_and_quote_become_blocks():
    html = (
        "<blockquote><p>Цитата</p></blockquote>"
        "<table><tr><th>А</th></tr><tr><td>1</td></tr></table>"
    )

    quote, table = blocks_of(html)

    assert quote["blocks"][0]["runs"] == [{"text": "Цитата"}]
    assert table["rows"] == [[[{"text": "А"}]], [[{"text": "1"}]]]


@pytest.mark.parametrize("version", ["x", "9" * 5000])
def test_nonsense_for_a_version_returns_the_page(accepted, captain, sign_in, version):
    address = f"/plans/{accepted.team_id}/{accepted.module.slug}/zaprosy"
    form = {"text": "Наши слова", "version": version}

    answer = sign_in(captain).post(address, data=form)

    assert answer.status_code == 200
    assert "Наши слова" in answer.text
