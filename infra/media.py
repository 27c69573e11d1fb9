"""Addresses of media that work for a while, for whoever was given them.

The server of the media checks the signature over path and time with the same key.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID

from query_api.dependencies import MediaLink

LIFETIME = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class SignedMedia:
    base: str
    key: bytes

    def __call__(self, film_id: UUID, media: str | None, now: datetime) -> MediaLink:
        """What has no reference of its own lies in a folder named like the film."""
        path = f"/{quote(media or f'{film_id}/master.m3u8')}"
        expires_at = now + LIFETIME
        expires = int(expires_at.timestamp())
        signature = hmac.digest(self.key, f"{path}?{expires}".encode(), "sha256")
        url = f"{self.base}{path}?expires={expires}&signature={signature.hex()}"
        return MediaLink(url, expires_at)
