"""The port for what payment providers tell us."""

from collections.abc import Mapping
from typing import Protocol


class Letterbox(Protocol):
    """Takes notifications in. Nothing in them is believed."""

    def __call__(
        self, gateway: str, headers: Mapping[str, str], body: bytes, peer: str, /
    ) -> bool:
        """Keep it for good, or say no: such a gateway, or such a sender, is unknown.

        The same one again is fine. Raises if it cannot be kept: the sender repeats it.
        """
        ...
