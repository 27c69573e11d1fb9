"""A letter as RFC 5322 wants it: both parts, and headers nobody can break out of."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from infra.smtp.stationery import Sheet
from processes.ports import Dispatched

CONTROL = frozenset(map(chr, (*range(32), 127)))


class BadAddress(Exception):
    """The address is not one that mail can be sent to."""


def compose(letter: Dispatched, sheet: Sheet, sender: str) -> EmailMessage:
    """The same letter is the same message each time. Raises ``BadAddress``."""
    name, from_address = parseaddr(sender)
    origin = Address(name, addr_spec=from_address)
    message = EmailMessage(policy=SMTP)
    message["From"] = origin
    message["To"] = recipient(letter.addressee.email)
    message["Subject"] = sheet.subject
    message["Date"] = format_datetime(letter.date)
    message["Message-ID"] = f"<{letter.letter_id}@{origin.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.addressee.locale
    message.set_content(sheet.text, cte="base64")
    message.add_alternative(sheet.html, subtype="html", cte="base64")
    return message


def recipient(email: str) -> Address:
    if CONTROL & set(email):
        raise BadAddress
    local, _, domain = email.rpartition("@")
    try:
        return Address(addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except (MessageError, ValueError, IndexError) as error:
        raise BadAddress from error
