"""Headers of letters, written so that every mail program reads what was said."""

import re
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from typing import Any

import idna

from lms.core.jobs import FinalError

# Begins an encoded word (RFC 2047); what people type is never one.
ENCODED = "=?"
ADDRESSES = {"From", "To", "Reply-To"}
# What follows the @ of an address that has a letter which is not Latin; a name before
# the address may have an @ of its own.
DOMAIN = re.compile(r"(?<=@)[^\s@<>,]*[^\s@<>,\x00-\x7f][^\s@<>,]*(?=>?$)")


class WholeHeaders(EmailPolicy):
    """Write headers so that every mail program reads what was said.

    Python's own folding loses spaces between Russian words and encodes a long
    address of «unsubscribe»; an address in `.рф` it leaves for servers to refuse.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Turn `школа.рф` into the letters that servers know it by.

        A subject is kept as it was typed: Python would decode what looks encoded.
        """
        if name == "Subject":
            return name, " ".join(str(value).split())
        if name in ADDRESSES:
            value = DOMAIN.sub(lambda found: in_latin(found[0]), value.strip())
        return super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as it is sent, over several lines where it is long."""
        if name == "List-Unsubscribe":
            text = str(value)
        elif name == "Subject":
            text = self._encoded(value, name)
        elif name in ADDRESSES:
            text = ", ".join(map(self._addressed, value.addresses))
        else:
            return super().fold_binary(name, value)
        return f"{name}: {text}{self.linesep}".encode()

    def _addressed(self, address: Address) -> str:
        if address.display_name.isascii():
            return str(address)
        name = self._encoded(address.display_name, "From")
        return f"{name}{self.linesep} <{address.addr_spec}>"

    def _encoded(self, text: str, name: str) -> str:
        is_plain = text.isascii() and ENCODED not in text
        charset = "ascii" if is_plain else "utf-8"
        return Header(text, charset, header_name=name).encode(linesep=self.linesep)


def in_latin(domain: str) -> str:
    """Return a domain in the letters that servers know it by."""
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise FinalError(f"такого адреса почты не бывает: …@{domain}") from None
