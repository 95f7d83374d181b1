"""One tutor in several tabs: the same words are kept once."""

from lms.core.errors import RuleError
from lms.review.remarks.models import BankRemark
from lms.review.remarks.services import keep_remark
from tests.conftest import copies_of, count


def test_same_words_from_several_tabs_are_one_remark(race, module, tutor):
    owner, module_id = copies_of(tutor), module.id

    def keep(tab):
        place = module_id, "svyaz"
        return keep_remark(*place, "Чьи?", owner=owner(), form_key=f"tab {tab}").id

    ends = race(*[lambda tab=tab: keep(tab) for tab in range(6)])

    assert count(BankRemark) == 1
    assert [type(end) for end in ends].count(RuleError) == 5
