"""Whether what a command points to is there: read off its own stream."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.genre.decider import Named as NamedGenre
from domain.genre.decider import genre
from domain.kernel.decider import Decider
from domain.kernel.messages import Recorded
from domain.person.decider import Named as NamedPerson
from domain.person.decider import person

PRESENT: Mapping[str, tuple[Decider[Any, Any, Any], type]] = {
    "genre": (genre, NamedGenre),
    "person": (person, NamedPerson),
}


def is_there(
    stream: Callable[[str], Sequence[Recorded[Any]]], category: str, id_: UUID
) -> bool:
    decider, present = PRESENT[category]
    facts = (event.payload for event in stream(f"{category}-{id_}"))
    return isinstance(decider.fold(facts), present)
