"""The tree is that of RFC 6962, as the RFC says it: from above, by recursion."""

from collections.abc import Sequence
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from infra.eventstore.sealing.merkle import leaf, root

contents = st.lists(st.binary(max_size=8), max_size=70)


def by_the_rfc(data: Sequence[bytes]) -> bytes:
    if not data:
        return sha256().digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return sha256(b"\x01" + by_the_rfc(data[:k]) + by_the_rfc(data[k:])).digest()


def root_of(data: Sequence[bytes]) -> bytes:
    return root([leaf(each) for each in data])


@given(contents)
def test_it_is_the_tree_of_the_rfc(data: list[bytes]) -> None:
    assert root_of(data) == by_the_rfc(data)


@given(contents, contents)
def test_other_contents_have_another_root(one: list[bytes], two: list[bytes]) -> None:
    assert (root_of(one) == root_of(two)) == (one == two)


def test_known_answers() -> None:
    """The test vectors of Certificate Transparency."""
    data = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        bytes(range(0x60, 0x70)),
    ]
    assert root_of(data[:1]).hex().startswith("6e340b9cffb37a989ca544e6bb780a2c")
    assert root_of(data).hex().startswith("5dc9da79a70659a9ad559cb701ded9a2")


def test_a_node_is_not_a_leaf() -> None:
    one, two = leaf(b"1"), leaf(b"2")
    assert root([one, two]) != leaf(one + two)
