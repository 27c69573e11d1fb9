"""The Merkle tree of RFC 6962: leaves and nodes cannot be taken for one another."""

from collections.abc import Sequence
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"


def leaf(content: bytes) -> bytes:
    return sha256(LEAF + content).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Level by level; who has no neighbour goes up as it is.

    That is the tree which the RFC describes from above: its left part is always the
    largest full one that leaves something over.
    """
    if not leaves:
        return sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [sha256(NODE + left + right).digest() for left, right in pairs]
        level = above if len(level) % 2 == 0 else [*above, level[-1]]
    return level[0]
