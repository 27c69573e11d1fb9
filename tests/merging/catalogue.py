"""A catalogue whose films follow what is merged or archived."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from domain.film.commands import (
    AddFilm,
    AssignGenre,
)
from domain.film.decider import film as film_decider
from domain.film.states import Archived, Listed
from domain.film.values import Titles
from domain.genre.commands import AddGenre, MergeGenre
from domain.kernel.errors import DomainError
from domain.kernel.messages import Metadata
from domain.kernel.values import FilmId, GenreId, PersonId
from domain.person.commands import AddPerson
from infra.bootstrap import System, engines
from infra.eventstore.deliveries import Deliveries
from infra.eventstore.runner import drain
from infra.merging import Merging
from infra.postgres.linked_films import PostgresLinkedFilms
from infra.presence import is_there
from tests.examples import NOON


@dataclass
class Catalogue:
    system: System

    def __post_init__(self) -> None:
        every = engines(self.system)
        self.engines = {name: every[name] for name in ("films", "successions")}
        self.genres = [self.genre(name) for name in ("Dramma", "Drama", "Драма")]

    def tell(self, command: object) -> None:
        metadata = Metadata.root(uuid4(), "editor")
        self.system.cinema.dispatch(command, metadata)

    def genre(self, name: str) -> GenreId:
        id_ = GenreId(uuid4())
        self.tell(AddGenre(genre_id=id_, name=name, now=NOON))
        return id_

    def person(self, name: str) -> PersonId:
        id_ = PersonId(uuid4())
        self.tell(AddPerson(person_id=id_, name=name, now=NOON))
        return id_

    def film(self, *genres: GenreId, credits: Any = ()) -> FilmId:
        id_ = FilmId(uuid4())
        command = AddFilm(
            film_id=id_,
            titles=Titles(en="Solaris"),
            type="movie",
            access="free",
            genres=genres,
            credits=credits,
            now=NOON,
        )
        self.tell(command)
        return id_

    def assign(self, film: FilmId, genre: GenreId) -> None:
        """As a command does that was let in before the merger."""
        self.tell(AssignGenre(film_id=film, genre_id=genre, now=NOON))

    def try_to(self, command: object) -> None:
        with suppress(DomainError):
            self.tell(command)

    def try_to_merge(self, genre: GenreId, into: GenreId) -> None:
        self.try_to(MergeGenre(genre_id=genre, into=into, now=NOON))

    def is_there(self, genre: GenreId) -> bool:
        return is_there(self.system.cinema.stream, "genre", genre)

    def merge(self, genre: GenreId, into: GenreId) -> None:
        self.tell(MergeGenre(genre_id=genre, into=into, now=NOON))

    def follower(self, page: int = 2, **changes: Any) -> Merging:
        models: Any = self.system.models
        parts = {
            "rows": models["successions"].store,
            "films": PostgresLinkedFilms(models["films"].store),
            "is_there": partial(is_there, self.system.cinema.stream),
            "deliveries": Deliveries(self.system.cinema),
            "clock": lambda: NOON,
            "page": page,
        }
        return Merging(**(parts | changes))

    def project(self, *names: str) -> None:
        drain([self.engines[name] for name in names or self.engines])

    def settle(self, merging: Merging | None = None) -> None:
        merging = merging or self.follower()
        drain([*self.engines.values(), merging])
        assert merging.is_at_rest()

    def state(self, film: FilmId) -> Listed:
        state = self.system.cinema.state(film_decider, f"film-{film}")
        state = state.film if isinstance(state, Archived) else state
        assert isinstance(state, Listed)
        return state

    def genres_of(self, *films: FilmId) -> list[set[GenreId]]:
        return [{*self.state(film).genres} for film in films]

    def versions(self, *films: FilmId) -> list[int]:
        streams = (self.system.cinema.stream(f"film-{film}") for film in films)
        return [stream[-1].originator_version for stream in streams]
