"""Secrets that people hold and we do not: only their digests are kept."""

from hashlib import sha256
from secrets import token_urlsafe

BYTES = 32
#: A token that is longer cannot be one of ours.
LONGEST = 128


def new_token() -> str:
    """256 bits that nobody can guess."""
    return token_urlsafe(BYTES)


def digest(token: str) -> bytes:
    """Enough for a random token: there is nothing to guess, so nothing to slow down."""
    return sha256(token[:LONGEST].encode()).digest()
