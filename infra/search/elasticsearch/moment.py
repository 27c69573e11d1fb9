"""All rows of an index as of one moment."""

from collections.abc import Callable, Iterator
from typing import Any

from elasticsearch import Elasticsearch

from infra.projection_engine.store import StoreUnavailable
from infra.search.elasticsearch.progress import Place

#: The progress has no key.
ROWS = {"exists": {"field": "key"}}
PATIENCE = "5m"
ATTEMPTS = 20


def open_at(client: Elasticsearch, settled: Callable[[], Place]) -> tuple[Place, str]:
    """A point in time, and the place in which the index was then.

    Raises ``StoreUnavailable`` if it is written to all the time.
    """
    for _ in range(ATTEMPTS):
        place = settled()
        client.indices.refresh(index=place.index)
        opened = client.open_point_in_time(index=place.index, keep_alive=PATIENCE)
        moment: str = opened["id"]
        if settled() == place:
            return place, moment
        client.close_point_in_time(id=moment)
    raise StoreUnavailable("The index does not come to rest.")


def pages(client: Elasticsearch, moment: str, size: int) -> Iterator[dict[str, Any]]:
    """Documents in the order of their keys."""
    after = None
    while True:
        answer = client.search(
            pit={"id": moment, "keep_alive": PATIENCE},
            query=ROWS,
            source_includes="row",
            size=size,
            sort="key",
            search_after=after,
        )
        hits: list[dict[str, Any]] = answer["hits"]["hits"]
        yield from hits
        if len(hits) < size:
            return
        after = [hits[-1]["sort"][0]]
