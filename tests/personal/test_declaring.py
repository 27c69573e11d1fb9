"""What an event may declare, and what is refused when the program starts."""

from dataclasses import dataclass, fields
from uuid import UUID

import pytest

from domain.account.events import AccountRegistered, ProfileNamed
from domain.kernel.personal import (
    ERASED,
    Erased,
    Personal,
    Subject,
    personal_fields,
    subject_field,
)
from domain.registry import DECIDERS, EVENTS
from infra.nats.announcer import public
from infra.stories import STORIES
from tests.personal.samples import WHOSE, Moved


def test_fields_and_their_subject_are_found() -> None:
    assert personal_fields(ProfileNamed) == {"name": str}
    assert subject_field(ProfileNamed) == "account_id"
    assert personal_fields(AccountRegistered) == {}
    assert set(personal_fields(Moved)) == {"name", "address", "note"}


@dataclass
class OfNobody:
    name: Personal[str]


@dataclass
class OfTwo:
    one: Subject[UUID]
    other: Subject[UUID]
    name: Personal[str]


@dataclass
class Inside:
    whose: Subject[UUID]
    name: Personal[str] | None


@dataclass
class DeepInside:
    whose: Subject[UUID]
    names: tuple[Personal[str], ...]


@pytest.mark.parametrize("kind", [OfNobody, OfTwo, Inside, DeepInside])
def test_what_could_not_be_kept_is_refused(kind: type) -> None:
    with pytest.raises(TypeError, match=kind.__name__):
        personal_fields(kind)


def test_the_marker_reads_as_what_it_is() -> None:
    assert str(ERASED) == "erased"
    assert Erased() == ERASED


def test_no_process_keeps_copies_of_what_is_personal() -> None:
    """Its log has the facts it was told of, under versions of its own."""
    heard = {fact for story in STORIES for fact in story.facts}
    assert not [kind for kind in heard if personal_fields(kind)]


def test_commands_are_stored_nowhere_with_what_is_personal() -> None:
    assert not [kind for kind in DECIDERS if personal_fields(kind)]


def test_what_is_personal_is_not_announced() -> None:
    @dataclass
    class Born:
        account_id: Subject[UUID]
        born: Personal[int]

    assert public(Born(WHOSE, 1984)) == {"account_id": WHOSE}


def test_the_registry_is_readable_for_us() -> None:
    found = [kind for kind in EVENTS if fields(kind) and personal_fields(kind)]
    assert ProfileNamed in found
