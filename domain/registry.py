"""Everything the domain can be asked, and everything it can say."""

from collections.abc import Mapping
from typing import Any

from domain.account.commands import AccountCommand
from domain.account.decider import account
from domain.account.events import AccountEvent
from domain.film.commands import FilmCommand
from domain.film.decider import film
from domain.film.events import FilmEvent
from domain.genre.commands import GenreCommand
from domain.genre.decider import genre
from domain.genre.events import GenreEvent
from domain.kernel.decider import Decider
from domain.kernel.unions import members
from domain.session.commands import SessionCommand
from domain.session.decider import session
from domain.session.events import SessionEvent
from domain.staff.commands import StaffCommand
from domain.staff.decider import staff
from domain.staff.events import StaffEvent

EVENTS: tuple[type, ...] = (
    *members(FilmEvent),
    *members(GenreEvent),
    *members(AccountEvent),
    *members(SessionEvent),
    *members(StaffEvent),
)

DECIDERS: Mapping[type, Decider[Any, Any, Any]] = {
    **dict.fromkeys(members(FilmCommand), film),
    **dict.fromkeys(members(GenreCommand), genre),
    **dict.fromkeys(members(AccountCommand), account),
    **dict.fromkeys(members(SessionCommand), session),
    **dict.fromkeys(members(StaffCommand), staff),
}
