"""Films follow a genre or a person that is gone: what they are told to do.

Which films those are no fact says, so this is no process with a stream of its own. It
is asked again and again, until no film has what is gone; a film that has followed
answers with nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from domain.film.commands import ReplaceGenre, ReplacePerson
from domain.kernel.values import FilmId, GenreId, PersonId

Order: TypeAlias = ReplaceGenre | ReplacePerson


@dataclass(frozen=True, slots=True)
class Gone:
    """``by`` is what films have instead: nothing, if it was archived."""

    kind: Literal["genre", "person"]
    id: UUID
    by: UUID | None

    @property
    def reason(self) -> str:
        what = f"The {self.kind} {self.id}"
        if self.by is None:
            return f"{what} is gone."
        return f"{what} was merged into {self.by}."


def follow(gone: Gone, films: Sequence[UUID], now: datetime) -> Sequence[Order]:
    return [replacement(gone, FilmId(film), now) for film in films]


def replacement(gone: Gone, film: FilmId, now: datetime) -> Order:
    match gone.kind:
        case "genre":
            by_genre = None if gone.by is None else GenreId(gone.by)
            return ReplaceGenre(
                film_id=film, genre_id=GenreId(gone.id), by=by_genre, now=now
            )
        case "person":
            by_person = None if gone.by is None else PersonId(gone.by)
            return ReplacePerson(
                film_id=film, person_id=PersonId(gone.id), by=by_person, now=now
            )
        case _:
            assert_never(gone.kind)
