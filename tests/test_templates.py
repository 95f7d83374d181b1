"""Rules that hold for every template."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent / "templates"
TEMPLATES = sorted(path for path in ROOT.rglob("*") if path.is_file())
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
TOKEN = re.compile(r"\bcsrf_token\(\)|\bunseen\(|\.csrf_token\b")


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.fixture
def source(path):
    return path.read_text(encoding="utf-8")


every_template = pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
# Mail programs read no stylesheet, so the page of a letter has its styles on the tags.
BY_OUR_RULES = [path for path in PAGES if name_of(path) != "core/letter.html"]
# Whoever holds the secret of the address has one such page.
BY_SECRET = {"letters.switch_off", "addresses.confirm", "addresses.come_back"}
every_page = pytest.mark.parametrize("path", PAGES, ids=name_of)


@every_template
def test_nothing_is_declared_safe(source):
    assert not re.search(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b", source)


@pytest.mark.parametrize("path", BY_OUR_RULES, ids=name_of)
def test_no_inline_script_or_style(source):
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"<style\b|\sstyle\s*=", source)
    assert not re.search(r"""\son[a-z]+\s*=\s*["'{]|javascript:""", source)


@every_template
def test_no_filter_makes_small_letters_of_names(source):
    # «НКО» and «№ 7-А» would become «Нко» and «№ 7-а»: the filter is `capital`.
    assert not re.search(r"\|\s*(capitalize|title)\b", source)


@every_page
def test_nothing_is_loaded_from_a_strangers_host(source):
    loaded = re.findall(r"""<(?:script|link|img|iframe|source|use)\b[^>]*>""", source)

    assert not [tag for tag in loaded if re.search(r"""["'](https?:)?//""", tag)]


def macros_of(tree):
    return {macro.name for macro in tree.find_all(nodes.Macro)}


def imported_by(tree):
    names = [name for line in tree.find_all(nodes.FromImport) for name in line.names]
    return {name if isinstance(name, str) else name[1] for name in names}


@pytest.fixture(scope="module")
def shared_macros():
    folder = (path.read_text(encoding="utf-8") for path in ROOT.glob("macros/*.html"))
    return set().union(*(macros_of(Environment().parse(text)) for text in folder))


@every_template
def test_template_imports_the_macros_it_uses_and_no_others(source, shared_macros):
    """What a part takes from the page around it is seen by nobody who moves it."""
    tree = Environment().parse(source)
    imported, names = imported_by(tree), list(tree.find_all(nodes.Name))
    calls = {call.node.name for call in tree.find_all(nodes.Call) if is_plain(call)}
    set_here = {name.name for name in names if name.ctx != "load"}

    assert imported <= {name.name for name in names}
    assert calls & shared_macros <= imported | macros_of(tree) | set_here


def is_plain(call):
    return isinstance(call.node, nodes.Name)


@every_page
def test_form_that_changes_something_has_a_token(source):
    posts = [form for form in FORM.findall(source) if re.search(r'method="post"', form)]

    assert not [form for form in posts if not TOKEN.search(form)]


@every_page
def test_forms_of_one_page_share_no_ids(source):
    assert ".hidden_tag()" not in source


@every_template
def test_template_fits_into_one_look(source):
    assert len(source.splitlines()) <= 100


@every_page
def test_form_that_is_filled_in_lists_its_mistakes(source):
    """The list gets the focus, and the title of the page tells of it."""
    posts = [form for form in FORM.findall(source) if re.search(r'method="post"', form)]
    filled = [form for form in posts if re.search(r"\{\{ (field|choices)\(", form)]

    assert not filled or re.search(r'form_errors\(|role="alert"', source)


@every_page
def test_page_names_itself(path, source):
    if source.lstrip().startswith('{% extends "base.html" %}'):
        assert "{% block title %}" in source


@every_page
def test_no_word_shouts(source):
    text = re.sub(r"<[^>]*>|{[{%#].*?[}%#]}", "", source, flags=re.DOTALL)

    assert "!" not in text


@every_page
def test_sentences_under_conditions_stand_apart(source):
    # The line break after a condition is not a part of the page.
    assert not re.search(r"[.!?]{% endif %}\n *{% if [^%]*%}\S", source)


def test_page_about_one_thing_names_it(app):
    """Two tabs of the same kind are told apart by their titles."""
    nameless = []
    for rule in app.url_map.iter_rules():
        package, _, view = rule.endpoint.partition(".")
        found = list(ROOT.glob(f"*/{package}/{view}.html")) if rule.arguments else []
        for path in found:
            source = path.read_text(encoding="utf-8")
            title = re.search(r"block title %}(.*?){% endblock", source)
            is_named = title is None or "{{" in title[1]
            if rule.endpoint not in BY_SECRET and not is_named:
                nameless.append(rule.endpoint)

    assert nameless == []
