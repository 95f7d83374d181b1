"""A page that answers a button begins in its content, past the header."""

from tests.works import send, send_back

BEGINS = 'id="content" tabindex="-1" autofocus'


def test_page_begins_where_it_says_what_was_done(sign_in, module, captain, team):
    url = f"/submissions/{send(module, captain, team).submission_id}/"
    browser = sign_in(captain)
    assert BEGINS not in browser.get(url).text

    page = browser.post(url + "attempts/1/withdraw", follow_redirects=True)

    assert "Работа снова у вас" in page.text
    assert BEGINS in page.text


def test_page_begins_where_it_asks(sign_in, module, captain, team, tutor):
    attempt = send(module, captain, team)
    send_back(attempt, tutor)

    page = sign_in(captain).post(f"/drafts/{attempt.submission_id}/send")

    assert BEGINS in page.text


def test_refusal_begins_with_its_reason(sign_in, captain):
    page = sign_in(captain).post("/accounts/profile", data={"full_name": ""})

    assert 'role="alert"' in page.text
    assert BEGINS in page.text


def test_field_that_waits_for_words_goes_first(app):
    page = app.test_client().post("/accounts/sign-in", data={"email": ""})

    assert 'role="alert"' in page.text
    assert page.text.count("autofocus") == 1
    assert BEGINS not in page.text
