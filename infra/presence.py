"""Whether what a command points to is there: read off its own stream."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.film.decider import film
from domain.film.states import Archived as ArchivedFilm
from domain.film.states import Listed as ListedFilm
from domain.genre.decider import Named as NamedGenre
from domain.genre.decider import genre
from domain.kernel.decider import Decider
from domain.kernel.messages import Recorded
from domain.person.decider import Named as NamedPerson
from domain.person.decider import person
from domain.plan.decider import Archived as ArchivedPlan
from domain.plan.decider import OnSale as PlanOnSale
from domain.plan.decider import plan

#: An archived film keeps its place in a collection, and who has an archived plan
#: keeps it.
PRESENT: Mapping[str, tuple[Decider[Any, Any, Any], tuple[type, ...]]] = {
    "film": (film, (ListedFilm, ArchivedFilm)),
    "genre": (genre, (NamedGenre,)),
    "person": (person, (NamedPerson,)),
    "plan": (plan, (PlanOnSale, ArchivedPlan)),
}


def is_there(
    stream: Callable[[str], Sequence[Recorded[Any]]], category: str, id_: UUID
) -> bool:
    decider, present = PRESENT[category]
    facts = (event.payload for event in stream(f"{category}-{id_}"))
    return isinstance(decider.fold(facts), present)
