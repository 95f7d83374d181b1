"""What rendering may cost the site."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ClassVar

import pytest

from lms.core.sandbox import TangledError
from lms.text import limits

SLOW = "[" * 20_000 + "*да*"  # with all the time in the world «да» would slant
HONEST = "*слово* " * 100


def test_text_is_shown_as_it_was_typed_when_no_child_is_free(all_busy):
    page = limits.render_answer(HONEST + "<b>", patience=0)

    assert page == f"<p>{HONEST}&lt;b&gt;</p>"


def test_short_text_needs_no_child(all_busy):
    page = limits.render_answer("*да*", patience=0)

    assert page == "<p><em>да</em></p>"


def test_short_texts_need_a_child_once_they_have_taken_too_long(all_busy, monkeypatch):
    monkeypatch.setattr(limits, "OWN_SECONDS", 0)

    assert limits.render_answer("*да*", patience=0) == "<p>*да*</p>"


def test_rendering_gives_its_child_back():
    for _ in range(5):
        limits.render_answer(HONEST, patience=0)

    assert limits.render_answer(HONEST, patience=0).count("<em>") == 100


def test_slow_text_ends_by_the_work_it_makes_on_however_idle_a_machine():
    (page,) = limits.render_answers([SLOW], seconds=600)

    assert page == f"<p>{SLOW}</p>"


@dataclass
class Taken:
    """How many bytes a call has got."""

    size: int


def take(size):
    """Ask for memory; the child calls it by its name."""
    return Taken(len(bytearray(size)))


def test_child_has_no_more_memory_than_a_text_may_need():
    with limits.open_sandbox() as sandbox, pytest.raises(TangledError):
        sandbox.call(take, seconds=60, size=limits.MEMORY)


class Counted(subprocess.Popen):
    """A child that knows how many like it were alive when it started."""

    everyone: ClassVar[list["Counted"]] = []

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.everyone.append(self)
        self.alive = sum(child.poll() is None for child in [*self.everyone])


def test_many_slow_texts_at_once_have_two_children_and_no_more(monkeypatch):
    monkeypatch.setattr(Counted, "everyone", [])
    monkeypatch.setattr(subprocess, "Popen", Counted)

    with ThreadPoolExecutor(8) as people:
        pages = set(people.map(limits.render_answer, [SLOW] * 8))

    assert pages == {f"<p>{SLOW}</p>"}
    assert max(child.alive for child in Counted.everyone) == 2
