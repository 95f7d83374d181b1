"""Which links of people are shown to be pressed."""

import pytest

from lms.core.links import is_web_address


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org",
        "javascript:alert(1)",
        "https://",
        "https://a@b.org",
        "https://a b",
        "https://[x",
        'https://a.org/"onclick=',
        "//example.org",
        "https://a.org/\nX: y",
    ],
)
def test_only_a_plain_https_address_is_a_link(link):
    assert not is_web_address(link)
