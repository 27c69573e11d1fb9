"""Where callers are."""

import re
from dataclasses import dataclass

from fastapi import Request

COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Countries:
    """How it is known where callers are.

    The header must be one that a proxy in front sets, whatever the caller has sent:
    it is believed. Without one, or if it names no country, they are at home.
    """

    home: str = "RU"
    header: str = ""

    def of(self, request: Request) -> str:
        told = request.headers.get(self.header, "") if self.header else ""
        return told if COUNTRY.fullmatch(told) else self.home
