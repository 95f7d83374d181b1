"""Where the links of a page lead."""

import re

LINK = re.compile(r'href="(/[^"#]*)')


def dead_links(browser, address):
    """Return where a page leads and nothing is, for the person who looks at it."""
    page = browser.get(address)
    assert page.status_code == 200
    links = {link.replace("&amp;", "&") for link in LINK.findall(page.text)}
    return sorted(link for link in links if browser.get(link).status_code == 404)
