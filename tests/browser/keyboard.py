"""A person who has no mouse."""

from tests.conftest import PASSWORD

MANY = 80
# How a reader of the page would call what has the focus.
NAME = """() => {
  const it = document.activeElement;
  const label = it.labels?.[0] ?? document.getElementById(it.getAttribute("aria-labelledby"));
  return (label ?? it).textContent.replace(/\\s+/g, " ").trim();
}"""  # noqa: E501


def tab_to(visitor, name, *, backwards=False):
    """Press Tab until something that is called so has the focus."""
    for _ in range(MANY):
        visitor.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if visitor.page.evaluate(NAME).startswith(name):
            return
    raise AssertionError(f"Tab does not reach «{name}»")


def press_on(visitor, name):
    """Go to a link or a button and press Enter on it."""
    tab_to(visitor, name)
    visitor.page.keyboard.press("Enter")


def type_into(visitor, name, text):
    """Go to a field and type into it."""
    tab_to(visitor, name)
    visitor.page.keyboard.type(text)


def choose_file(visitor, name, file, *, key="Enter", backwards=False):
    """Go to what opens the window of files, press a key on it and choose one.

    The browser hears a moment later that it is watched, so the walk comes after that.
    """
    with visitor.page.expect_file_chooser() as chooser:
        tab_to(visitor, name, backwards=backwards)
        keys(visitor, key)
    chooser.value.set_files(file)


def keys(visitor, *names):
    """Press keys one after another, on a page whose scripts are there."""
    visitor.page.wait_for_load_state()
    for name in names:
        visitor.page.keyboard.press(name)


def sign_in(visitor, email):
    """Sign in; the page puts the focus into the first field."""
    visitor.page.goto("/accounts/sign-in")
    visitor.page.wait_for_function("document.activeElement.name === 'email'")
    visitor.page.keyboard.type(email)
    type_into(visitor, "Пароль", PASSWORD)
    keys(visitor, "Enter")
    visitor.page.wait_for_url("**/home/")
