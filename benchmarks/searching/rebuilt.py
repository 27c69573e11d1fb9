"""How soon an index is there again, from a log of films, genres, people and credits."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import UUID
from zlib import crc32

import msgspec
from psycopg import Connection, connect
from pydantic import SecretStr

from benchmarks.projecting.log import COPY, TYPES
from benchmarks.report import spread, table
from benchmarks.servers import postgres
from domain.film.events import CreditGiven, FilmAdded, GenreAssigned
from domain.film.values import Description, Titles
from domain.genre.events import GenreAdded
from domain.kernel.messages import Metadata
from domain.kernel.values import GenreId, PersonId
from domain.person.events import PersonAdded
from infra.bootstrap import assemble, engines
from infra.migrate import migrate
from infra.projection_engine.rebuilding import rebuild
from infra.projection_engine.store import PARTITIONS
from infra.settings import Settings
from projections.search import Document

THEN = datetime(2026, 1, 1, tzinfo=UTC)


def report(documents: Sequence[Document], rounds: int) -> str:
    events, taken = seconds(documents, rounds)
    what = f"{len(documents):,} films, {events:,} events"
    return table(["the embedded index rebuilt", "s"], [[what, spread(taken)]])


def seconds(documents: Sequence[Document], rounds: int) -> tuple[int, list[float]]:
    """How many events there are, and how long each rebuild took."""
    with ExitStack() as stack:
        url = SecretStr(stack.enter_context(postgres()).url)
        folder = Path(stack.enter_context(TemporaryDirectory()))
        settings = Settings(_env_file=None, database_url=url, data=folder)
        migrate(settings)
        with connect(settings.conninfo, autocommit=True) as connection:
            events = write(connection, documents)
        system = stack.enter_context(assemble(settings))
        return events, [rebuilt(engines(system)["search"]) for _ in range(rounds)]


def rebuilt(engine: Any) -> float:
    began = perf_counter()
    rebuild(engine)
    return perf_counter() - began


def write(connection: Connection[Any], documents: Sequence[Document]) -> int:
    """Straight into the table of events; everybody else has read nothing."""
    metadata = msgspec.json.encode(Metadata.root(UUID(int=9), "benchmark"))
    versions: dict[str, int] = {}
    position = 0
    with connection.cursor().copy(COPY) as copy:
        copy.set_types(TYPES)
        for position, (stream, event) in enumerate(told(documents), 1):
            versions[stream] = versions.get(stream, 0) + 1
            partition = crc32(stream.encode()) % PARTITIONS
            copy.write_row(
                (
                    position,
                    stream,
                    versions[stream],
                    type(event).__name__,
                    THEN,
                    UUID(int=position),
                    partition,
                    metadata,
                    msgspec.json.encode(event),
                )
            )
    connection.execute("VACUUM (ANALYZE, FREEZE) es.cinema_events")
    return position


def told(documents: Sequence[Document]) -> Iterator[tuple[str, Any]]:
    """Genres and people first, then each film with all that is said of it."""
    genres, people = dict[UUID, str](), dict[UUID, str]()
    for document in documents:
        genres |= zip(document.genre_ids, document.genres, strict=True)
        people |= zip(document.person_ids, document.people, strict=True)
    for id_, name in genres.items():
        genre = GenreAdded(genre_id=GenreId(id_), name=name, added_at=THEN)
        yield f"genre-{id_}", genre
    for id_, name in people.items():
        person = PersonAdded(person_id=PersonId(id_), name=name, added_at=THEN)
        yield f"person-{id_}", person
    for document in documents:
        for event in of_film(document):
            yield f"film-{document.id}", event


def of_film(document: Document) -> Iterator[Any]:
    film_id: Any = document.id
    values: dict[str, Any] = {
        name: getattr(document, name)
        for name in ("type", "access", "rating", "age_rating", "countries")
    }
    yield FilmAdded(
        film_id=film_id,
        titles=Titles(
            ru=document.title_ru,
            en=document.title_en,
            original=document.title_original,
        ),
        description=Description(ru=document.description_ru, en=document.description_en),
        release_date=date(document.year, 1, 1) if document.year else None,
        added_at=THEN,
        **values,
    )
    for genre_id in document.genre_ids:
        yield GenreAssigned(
            film_id=film_id, genre_id=GenreId(genre_id), assigned_at=THEN
        )
    for person_id, role in zip(document.person_ids, document.roles, strict=True):
        credit: Any = {"person_id": person_id, "role": role}
        yield CreditGiven(film_id=film_id, given_at=THEN, **credit)
