"""A cinema with a bus, seen through both applications; what is watched is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg import connect

from infra.settings import Settings
from infra.viewing.progress_writer import ProgressWriter
from infra.viewing.roles import viewing
from tests.api.catalogue.site import Site, opened
from tests.viewing.viewer import Viewer

PROGRESS = "/command/v1/me/progress"
ROWS = """
SELECT account_id, film_id, season, episode, position_seconds, at
FROM viewing.progress ORDER BY account_id, film_id, season, episode
"""


def now() -> datetime:
    return datetime.now(UTC)


def item(film: str, position: int = 60, **fields: Any) -> dict[str, Any]:
    """A minute into a film of a hundred; ``ago`` is in seconds."""
    at = now() - timedelta(seconds=fields.pop("ago", 0))
    usual = {"duration_seconds": 6_000, "at": at.isoformat()}
    return {"film_id": film, "position_seconds": position} | usual | fields


class Door:
    """What a player sees."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def post(self, *items: dict[str, Any], as_: str = "viewer", **headers: str) -> Any:
        body = {"items": list(items)}
        return self.site.ask("POST", PROGRESS, as_, json=body, headers=headers)


class Cinema(Door):
    def __init__(self, site: Site, writer: ProgressWriter) -> None:
        super().__init__(site)
        self.writer = writer

    def watch(self, *items: dict[str, Any], as_: str = "viewer") -> None:
        answer = self.post(*items, as_=as_)
        assert answer.status_code == 202, answer.text
        self.write()

    def write(self) -> None:
        while not self.writer.is_at_rest():
            self.writer.catch_up()

    def rows(self) -> list[Any]:
        return rows(self.site.system.settings)


def rows(settings: Settings) -> list[Any]:
    with connect(settings.conninfo) as connection:
        return connection.execute(ROWS).fetchall()


@contextmanager
def cinema_on(postgres: Settings, nats_url: str) -> Iterator[Cinema]:
    settings = postgres.model_copy(update={"nats_url": nats_url})
    with opened(settings) as site:
        yield Cinema(site, writer_of(site))


def writer_of(site: Site) -> ProgressWriter:
    [writer] = viewing(site.system)
    assert isinstance(writer, ProgressWriter)
    return writer


@pytest.fixture
def cinema(postgres: Settings, nats_url: str) -> Iterator[Cinema]:
    with cinema_on(postgres, nats_url) as cinema:
        yield cinema


@pytest.fixture
def site(postgres: Settings) -> Iterator[Site]:
    with opened(postgres) as site:
        yield site


@pytest.fixture
def viewer(site: Site) -> Viewer:
    return Viewer(site)
