"""Carrying out a batch: many documents in one request, each with its version."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from elasticsearch import Elasticsearch

from infra.projection_engine.store import StoreUnavailable
from infra.search.elasticsearch.progress import Redo

logger = logging.getLogger(__name__)

#: From an id and a row, as JSON, to what is to be indexed.
Document: TypeAlias = Callable[[str, str], Mapping[str, Any]]

#: Documents in a request: about a megabyte, of which a busy server soon takes a next.
CHUNK = 500
#: Seconds for one, and how often it is sent again: each document has its version, so
#: that what has come twice changes nothing.
LONGEST, AGAIN = 120.0, 3
BUSY = (429, 502, 503, 504)
REFUSED, STALE, MISSING, TOO_BUSY = 400, 409, 404, 429


def carry_out(
    client: Elasticsearch, index: str, redo: Redo, document: Document, bare: Document
) -> None:
    """Raises ``StoreUnavailable``; then it is to be carried out again, all of it."""
    patient = client.options(
        request_timeout=LONGEST,
        max_retries=AGAIN,
        retry_on_timeout=True,
        retry_on_status=BUSY,
    )
    ids = list(redo.rows)
    for start in range(0, len(ids), CHUNK):
        chunk = {id_: redo.rows[id_] for id_ in ids[start : start + CHUNK]}
        for id_, reason in send(patient, index, redo.position, chunk, document):
            logger.error("%s is kept, but cannot be found by its text: %s", id_, reason)
            kept = {id_: redo.rows[id_]}
            for _, worse in send(patient, index, redo.position, kept, bare):
                raise StoreUnavailable(f"Elasticsearch refuses {id_}: {worse}")
    patient.indices.refresh(index=index)


def send(
    client: Elasticsearch,
    index: str,
    version: int,
    rows: Mapping[str, str | None],
    document: Document,
) -> Iterator[tuple[str, str]]:
    """Those that the server refuses, and why."""
    operations: list[Mapping[str, Any]] = []
    for id_, row in rows.items():
        action = {"_id": id_, "version": version, "version_type": "external_gte"}
        if row is None:
            operations.append({"delete": action})
        else:
            operations += [{"index": action}, document(id_, row)]
    answer = client.bulk(index=index, operations=operations)
    return refused(answer["items"])


def refused(items: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for item in items:
        [(action, outcome)] = item.items()
        status = int(outcome["status"])
        if status in (STALE, MISSING) or status < REFUSED:
            continue
        if status >= TOO_BUSY:
            raise StoreUnavailable(f"Elasticsearch: {outcome['error']}")
        yield outcome["_id"], f"{action}: {outcome['error']}"
