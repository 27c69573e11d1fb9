"""Personal fields as they are stored."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.kernel.personal import ERASED
from infra.personal.codec import Codec, codecs
from infra.personal.memory import MemoryKeys
from infra.personal.ports import (
    WITHHELD,
    SubjectErased,
    UnreadablePersonalData,
)
from tests.personal.samples import NAME, WHOSE, Address, Moved

STREAM = "account-7"
MOVED = Moved(
    account_id=WHOSE,
    name=NAME,
    address=Address(street="Rue Secrète", house=221),
    moved_at=datetime(2026, 1, 1, tzinfo=UTC),
    parcels=3,
)
CODEC = Codec(Moved)


@pytest.fixture
def keys() -> MemoryKeys:
    return MemoryKeys()


def stored(keys: MemoryKeys, event: Moved = MOVED, version: int = 2) -> Any:
    return json.loads(CODEC.encode(event, STREAM, version, keys))


def read(payload: Any, keys: Any, stream: str = STREAM, version: int = 2) -> Any:
    return CODEC.decode(json.dumps(payload).encode(), stream, version, keys)


def test_what_is_written_is_read(keys: MemoryKeys) -> None:
    assert read(stored(keys), keys) == MOVED


def test_only_what_is_personal_is_hidden(keys: MemoryKeys) -> None:
    raw = CODEC.encode(MOVED, STREAM, 2, keys).decode()
    payload = json.loads(raw)
    assert (payload["account_id"], payload["parcels"]) == (str(WHOSE), 3)
    assert payload["name"].startswith("p1:")
    assert payload["note"].startswith("p1:")  # Nor is told that there is none.
    assert not any(word in raw for word in ("Unforgettable", "Secr", "221"))


def test_the_same_twice_does_not_look_the_same(keys: MemoryKeys) -> None:
    assert stored(keys)["name"] != stored(keys)["name"]


@pytest.mark.parametrize(("stream", "version"), [("account-8", 2), (STREAM, 3)])
def test_moved_to_another_event_it_is_refused(
    keys: MemoryKeys, stream: str, version: int
) -> None:
    with pytest.raises(UnreadablePersonalData):
        read(stored(keys), keys, stream, version)


def test_moved_to_another_field_it_is_refused(keys: MemoryKeys) -> None:
    payload = stored(keys)
    payload["note"] = payload["name"]
    with pytest.raises(UnreadablePersonalData, match="note"):
        read(payload, keys)


@pytest.mark.parametrize("fake", ["Bob", "p1:", "p1:!", "p1:AAAA", "p1:" + "A" * 64])
def test_what_is_no_ciphertext_is_refused(keys: MemoryKeys, fake: str) -> None:
    with pytest.raises(UnreadablePersonalData):
        read(stored(keys) | {"name": fake}, keys)


def test_under_the_name_of_another_person_it_is_refused(keys: MemoryKeys) -> None:
    other = "00000000-0000-0000-0000-000000000008"
    payload = stored(keys) | {"account_id": other}
    with pytest.raises(UnreadablePersonalData, match="no key"):
        read(payload, keys)


def test_without_the_key_everything_else_is_read(keys: MemoryKeys) -> None:
    payload = stored(keys)
    keys.shred(WHOSE)
    found = read(payload, keys)
    assert (found.name, found.address, found.note) == (ERASED, ERASED, ERASED)
    assert (found.account_id, found.parcels) == (WHOSE, 3)
    assert read(payload, WITHHELD) == found


def test_nothing_is_recorded_of_somebody_who_was_erased(keys: MemoryKeys) -> None:
    keys.shred(WHOSE)
    with pytest.raises(SubjectErased):
        stored(keys)


def test_a_field_that_came_later_has_its_default(keys: MemoryKeys) -> None:
    payload = stored(keys)
    del payload["note"], payload["parcels"]
    found = read(payload, keys)
    assert (found.note, found.parcels) == (None, 0)


def test_the_marker_is_stored_as_itself(keys: MemoryKeys) -> None:
    event = Moved(account_id=WHOSE, name=ERASED, address=None, moved_at=MOVED.moved_at)
    assert stored(keys, event)["name"] == {}
    assert read(stored(keys, event), keys) == event


def test_types_without_personal_fields_have_no_codec() -> None:
    assert codecs([Address, Moved]).keys() == {"Moved"}
