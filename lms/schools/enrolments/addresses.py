"""Addresses of people in a cell: one, several, or what is wrong with the only one."""

import re

from lms.identity.accounts.services import normalise_email
from lms.schools.enrolments.alphabets import letters_of, odd_letters

# «Anna Romashkina <anna@school.ru>», as mail programs copy it.
NAMED = re.compile(r"[^<>@]*<([^<>@\s]+@[^<>@\s]+)>[\s,;]*")
PHONE = re.compile(r"\+?\d(?:[\s()–-]*\d){5,}")
# What stands between two addresses, or around one, in a cell.
ADDRESS = re.compile(r"[^\s,;<>()\"«»|/:]+@[^\s,;<>()\"«»|/:]+")
# Excel shows no apostrophe before a text, but its file has one.
EDGES = ".'`’"


def addresses_in(text: str) -> list[str]:
    """Return the addresses in a cell as they are compared, right or wrong."""
    if named := NAMED.fullmatch(text):
        text = named[1]
    rest = PHONE.sub("", ADDRESS.sub("", text).replace("mailto:", ""))
    # A name beside it does no harm; a piece of the address itself may be cut off.
    if "@" in text and not any(sign.isascii() and sign.isalnum() for sign in rest):
        found = [normalise_email(a.strip(EDGES)) for a in ADDRESS.findall(text)]
        if found:
            return list(dict.fromkeys(found))
    return [normalise_email(text)] if text else []


def faults_of(email: str) -> list[str]:
    """Return what is wrong with an address."""
    from email_validator import EmailNotValidError, validate_email

    if "@" not in email:
        return [f"почта без @: «{email}»"]
    local, _, domain = email.rpartition("@")
    for part in (local, *domain.split(".")):
        if not part.isascii() and (fault := odd_letters(part)):
            return [f"в адресе «{email}» {fault}, наберите его заново"]
    if letters_of(local, "CYRILLIC"):
        return [f"в адресе «{email}» есть русские буквы"]
    try:
        validate_email(email, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return [f"почта «{email}» не похожа на name@school.ru"]
    return []
