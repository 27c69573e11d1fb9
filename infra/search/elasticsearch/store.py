"""Rows as documents of an index.

Elasticsearch has no transaction over two documents. So a batch is decided on first, in
the one document that also says how far the index has read, and then carried out. Each
write of a row has the batch's position as its external version: carried out twice, by
two processes, or late, it changes nothing. The position moves only after a refresh, so
that whoever sees it also finds what it stands for.
"""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

import msgspec
from elasticsearch import ConflictError, Elasticsearch, NotFoundError

from infra.projection_engine.store import (
    Changes,
    Checkpoint,
    Parked,
    PositionMoved,
    RebuildIsBehind,
    Snapshot,
    StoreUnavailable,
    Undivided,
)
from infra.search.elasticsearch.bulk import carry_out
from infra.search.elasticsearch.connection import reaching
from infra.search.elasticsearch.generations import Generations, number_of
from infra.search.elasticsearch.moment import ROWS, open_at, pages
from infra.search.elasticsearch.progress import (
    PROGRESS,
    Place,
    Progress,
    Redo,
    progress_in,
)
from infra.search.elasticsearch.shape import Shape, term

K = TypeVar("K")
R = TypeVar("R")

#: Keys found at a time; no more can be asked for at once.
PAGE = 10_000


class ElasticsearchStore(Undivided, Generic[K, R]):
    can_release: ClassVar[bool] = False

    def __init__(
        self, client: Elasticsearch, name: str, shape: Shape[R], key: str
    ) -> None:
        """``name`` is an alias; nothing is asked of the server yet."""
        self.client = client
        self.name = name
        self.shape = shape
        self.key = key
        self.generations = Generations(client, name, shape.definition())
        self.decoder = msgspec.json.Decoder(shape.row)

    def identity(self) -> str:
        return f"index {self.name}"

    def checkpoint(self) -> Checkpoint:
        with reaching():
            place = self.place()
        if place is None:
            return Checkpoint()
        progress = place.progress
        waiting = frozenset(parked.stream for parked in progress.parked)
        return Checkpoint(progress.position, self.generation(place), waiting=waiting)

    def generation(self, place: Place) -> int:
        """One that is built beside has no alias yet, and is the first of its kind."""
        if place.index == self.name:
            return 0
        return number_of(place.index) - 1

    def position(self) -> int:
        return self.progress().position

    def parked(self) -> Sequence[Parked]:
        return self.progress().parked

    def progress(self) -> Progress:
        with reaching():
            place = self.place()
        return place.progress if place else Progress()

    def count(self) -> int:
        with reaching():
            answer = self.client.count(
                index=self.name, query=ROWS, ignore_unavailable=True
            )
        return int(answer["count"])

    def load(self, keys: Collection[K]) -> dict[K, R]:
        if not keys:
            return {}
        ids = [str(key) for key in keys]
        with reaching():
            answer = self.client.mget(index=self.name, ids=ids, source_includes="row")
        rows = [self.opened(one) for one in answer["docs"] if one.get("found")]
        return {getattr(row, self.key): row for row in rows}

    def find(self, column: str, value: object) -> Iterable[K]:
        query = {"term": {"term": term(column, value)}}
        with reaching():
            return [getattr(row, self.key) for row in self.every(query)]

    def every(self, query: dict[str, Any]) -> Iterable[R]:
        after = None
        while True:
            hits = self.page(query, after)
            yield from (self.opened(hit) for hit in hits)
            if len(hits) < PAGE:
                return
            after = hits[-1]["sort"]

    def page(self, query: dict[str, Any], after: Any) -> list[Any]:
        answer = self.client.search(
            index=self.name,
            query=query,
            source_includes="row",
            size=PAGE,
            sort="key",
            search_after=after,
            ignore_unavailable=True,
        )
        found: list[Any] = answer["hits"]["hits"]
        return found

    def opened(self, document: Mapping[str, Any]) -> R:
        return self.decoder.decode(document["_source"]["row"])

    def write(self, changes: Changes[K, R]) -> None:
        with reaching():
            place = self.settled()
            found = (place.progress.position, self.generation(place))
            if found != (changes.old, changes.generation) or place.progress.is_sealed:
                raise PositionMoved(found)
            redo = Redo(changes.new, tuple(changes.parked), encoded(changes))
            try:
                place = self.put(place, replace(place.progress, redo=redo))
            except ConflictError as moved:
                raise PositionMoved(self.name) from moved
            self.finish(place)

    def settled(self) -> Place:
        """The place where nothing is left to be finished."""
        place = self.place()
        if place is None:
            self.generations.begin()
            place = self.place()
        if place is None:
            raise StoreUnavailable(f"The index {self.name} is gone; rebuild it.")
        if place.progress.redo is None:
            return place
        self.finish(place)
        return self.settled()

    def finish(self, place: Place) -> None:
        redo = place.progress.redo
        assert redo
        shape = self.shape
        carry_out(self.client, place.index, redo, shape.document, shape.bare)
        with suppress(ConflictError):  # Somebody else has finished it.
            self.put(place, place.progress.finished())

    def place(self) -> Place | None:
        try:
            found = self.client.get(index=self.name, id=PROGRESS)
        except NotFoundError:
            return None
        seq_no, term = found["_seq_no"], found["_primary_term"]
        return Place(found["_index"], seq_no, term, progress_in(found["_source"]))

    def put(self, place: Place, progress: Progress) -> Place:
        """Raises ``ConflictError`` if it is no longer as it was found."""
        answer = self.client.index(
            index=place.index,
            id=PROGRESS,
            document=progress.source(),
            if_seq_no=place.seq_no,
            if_primary_term=place.primary_term,
        )
        return Place(place.index, answer["_seq_no"], answer["_primary_term"], progress)

    @contextmanager
    def snapshot(self) -> Generator[Snapshot, None, None]:
        with reaching():
            place, moment = open_at(self.client, self.settled)
        try:
            rows = map(self.opened, pages(self.client, moment, PAGE))
            keyed = ((str(getattr(row, self.key)), row) for row in rows)
            yield Snapshot([place.progress.position], keyed)
        finally:
            with reaching():
                self.client.close_point_in_time(id=moment)

    def beside(self, purpose: str = "rebuild") -> "ElasticsearchStore[K, R]":
        del purpose  # There is one beside at a time, whatever for.
        with reaching():
            self.settled()
            name = self.generations.add()
        return ElasticsearchStore(self.client, name, self.shape, self.key)

    def switch_to(self, rebuilt: "ElasticsearchStore[K, R]") -> None:
        with reaching():
            place = self.settled()
            if rebuilt.position() < place.progress.position:
                raise RebuildIsBehind(self.name)
            try:  # From here on the old one cannot be written to.
                self.put(place, replace(place.progress, is_sealed=True))
            except ConflictError as moved:
                raise RebuildIsBehind(self.name) from moved
            self.generations.switch_to(rebuilt.name)

    def discard(self) -> None:
        with reaching():
            self.client.indices.delete(index=self.name, ignore_unavailable=True)


def encoded(changes: Changes[Any, Any]) -> dict[str, str | None]:
    return {
        str(key): None if row is None else msgspec.json.encode(row).decode()
        for key, row in changes.rows.items()
    }
