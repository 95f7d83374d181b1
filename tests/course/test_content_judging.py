"""One judgement of files for all that take them: name, size, content, what to do."""

import pytest

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.course.content.file_types import DOCUMENTS
from lms.course.content.judging import OR_LINK, check_promise, judge_file

PDF = b"%PDF-1.7 \xd0\xb0"


def test_kind_of_a_file_is_what_its_name_promises():
    assert judge_file("План.PDF", PDF, DOCUMENTS) == "pdf"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("вирус.exe", PDF, "не принимаются, подойдут pdf, docx"),
        ("приказ.doc", PDF, "сохраните как .docx"),
        ("план.pdf", b"", "пуст"),
        ("план.pdf", b"MZ", "внутри не pdf"),
        ("план.docx", PDF, "внутри не docx"),
        ("план", PDF, "подойдут pdf"),
    ],
)
def test_what_is_refused_says_why(name, content, words):
    with pytest.raises(RuleError, match=words):
        judge_file(name, content, DOCUMENTS)


@pytest.mark.parametrize("kind", ["gif", "rar", "heic", "mov"])
def test_no_way_is_named_that_ends_in_a_kind_that_is_not_taken(kind):
    with pytest.raises(RuleError, match=r"подойдут pdf, docx"):
        check_promise(f"снимок.{kind}", 1, DOCUMENTS)


def test_film_goes_by_a_link_where_a_link_may_stand():
    with pytest.raises(RuleError, match="дайте ссылку"):
        check_promise("урок.mov", 1, DOCUMENTS, otherwise=OR_LINK)


@pytest.mark.parametrize(
    ("otherwise", "end"), [("", "файл\\.$"), (OR_LINK, "ссылку\\.$")]
)
def test_what_is_too_large_may_be_linked_where_there_is_room_for_it(otherwise, end):
    with pytest.raises(RuleError, match=f"больше 20.МБ.*{end}"):
        check_promise("план.pdf", MAX_FILE + 1, DOCUMENTS, otherwise=otherwise)
