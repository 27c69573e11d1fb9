"""E-mail addresses as people may write them."""

import re
from typing import Annotated
from unicodedata import normalize

from pydantic import AfterValidator

#: RFC 5321 limits; no quoted local parts and no address literals: nobody has those.
SHAPE = re.compile(
    r"[^\s@<>\"(),:;\\\[\]]{1,64}@([^\s@<>\"(),:;\\\[\]_]+\.)+[^\s@.]{2,63}"
)
LONGEST = 254


def email_address(text: str) -> str:
    address = normalize("NFC", text.strip())
    is_one = SHAPE.fullmatch(address) and address.isprintable()
    if not is_one or len(address) > LONGEST or ".." in address:
        raise ValueError("This is not an e-mail address.")
    return address


Email = Annotated[str, AfterValidator(email_address)]
