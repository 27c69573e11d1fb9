"""Notifications. They are not signed: who sent it is all there is to check."""

import json
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, TypeAlias

from processes.ports import Notification, Untrusted

Network: TypeAlias = IPv4Network | IPv6Network

#: As the provider publishes them; the SDK's own list is narrower.
PEERS = (
    "185.71.76.0/27",
    "185.71.77.0/27",
    "77.75.153.0/25",
    "77.75.156.11",
    "77.75.156.35",
    "77.75.154.128/25",
    "2a02:5180::/32",
)
LONGEST = 64 * 1024


def networks(peers: Sequence[str]) -> tuple[Network, ...]:
    """Raises ``ValueError``."""
    return tuple(ip_network(peer) for peer in peers)


def is_trusted(peer: str, allowed: Sequence[Network]) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    # A socket that takes both kinds shows IPv4 peers as ::ffff:a.b.c.d.
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in allowed)


def read(body: bytes) -> Notification | Untrusted:
    if len(body) > LONGEST:
        return Untrusted(f"longer than {LONGEST} bytes")
    try:
        return notification(json.loads(body))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        return Untrusted(f"not a notification: {type(error).__name__}")


def notification(document: Any) -> Notification:
    if document["type"] != "notification":
        raise ValueError(document["type"])
    about = document["object"]
    parts = (document["event"], about["id"], about["status"])
    if not all(isinstance(part, str) and 0 < len(part) <= 64 for part in parts):
        raise TypeError("event, id and status are short texts")
    return Notification(*parts)
