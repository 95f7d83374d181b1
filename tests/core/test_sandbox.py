"""Work in a process apart: what it may cost, and what becomes of the rest."""

import threading
from dataclasses import dataclass

import pytest

from lms.core.sandbox import BusyError, LateError, Sandbox, TangledError
from lms.text.markup import render_answer_page

BRACKETS = "[" * 20_000
GIGABYTE = 1024**3


@dataclass
class Taken:
    """How many bytes a call has got."""

    size: int


def take(size):
    """Ask for memory; the child calls it by its name."""
    return Taken(len(bytearray(size)))


def test_call_answers_the_fields_of_a_dataclass():
    with Sandbox(memory=512 * 1024 * 1024, cpu_seconds=1) as sandbox:
        page = sandbox.call(render_answer_page, seconds=60, text="*Да*")

    assert page["html"] == "<p><em>Да</em></p>"


def test_call_that_takes_too_much_of_the_processor_ends_before_the_clock():
    with Sandbox(cpu_seconds=1) as sandbox:
        with pytest.raises(TangledError) as ended:
            sandbox.call(render_answer_page, seconds=600, text=BRACKETS)
        page = sandbox.call(render_answer_page, seconds=600, text="Да")

    assert not isinstance(ended.value, LateError)
    assert page["html"] == "<p>Да</p>"


def test_call_that_asks_for_too_much_memory_gets_none():
    with Sandbox(memory=GIGABYTE) as sandbox:
        with pytest.raises(TangledError):
            sandbox.call(take, seconds=600, size=2 * GIGABYTE)

        assert sandbox.call(take, seconds=600, size=1) == {"size": 1}


def test_call_that_the_clock_ends_is_late():
    with Sandbox() as sandbox, pytest.raises(LateError):
        sandbox.call(render_answer_page, seconds=0.5, text=BRACKETS)


def test_call_without_a_free_place_never_begins():
    places = threading.BoundedSemaphore(1)

    with Sandbox(places=places) as first, Sandbox(places=places) as second:
        first.call(render_answer_page, seconds=60, text="Да")
        with pytest.raises(BusyError):
            second.call(render_answer_page, seconds=60, text="Да")


def test_place_is_free_again_after_a_call_that_did_not_end():
    places = threading.BoundedSemaphore(1)
    with Sandbox(places=places) as first, pytest.raises(LateError):
        first.call(render_answer_page, seconds=0.5, text=BRACKETS)

    with Sandbox(places=places) as second:
        page = second.call(render_answer_page, seconds=60, text="Да")

    assert page["html"] == "<p>Да</p>"
