"""How the server is reached, and what it is when it is not."""

from collections.abc import Generator
from contextlib import contextmanager

from elasticsearch import ApiError, Elasticsearch, TransportError

from infra.projection_engine.store import StoreUnavailable

#: Seconds; a batch of thousands of documents is one request.
LONGEST_REQUEST = 30.0


def connect(url: str) -> Elasticsearch:
    """Does not touch the network yet. The engine that writes does its own retrying."""
    return Elasticsearch(url, request_timeout=LONGEST_REQUEST, max_retries=0)


@contextmanager
def reaching() -> Generator[None, None, None]:
    """Whatever the server refuses here is no fault of a fact."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise StoreUnavailable(f"Elasticsearch: {error}") from error
