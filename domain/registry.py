"""Everything the domain can be asked, and everything it can say."""

from collections.abc import Mapping
from typing import Any

from domain.film.commands import FilmCommand
from domain.film.decider import film
from domain.film.events import FilmEvent
from domain.genre.commands import GenreCommand
from domain.genre.decider import genre
from domain.genre.events import GenreEvent
from domain.kernel.decider import Decider
from domain.kernel.unions import members

EVENTS: tuple[type, ...] = (
    *members(FilmEvent),
    *members(GenreEvent),
)

DECIDERS: Mapping[type, Decider[Any, Any, Any]] = {
    **dict.fromkeys(members(FilmCommand), film),
    **dict.fromkeys(members(GenreCommand), genre),
}
