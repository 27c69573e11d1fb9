"""The catalogue that a new cinema shows."""

from collections.abc import Iterator

import pytest

from infra.bootstrap import System, assemble, engines
from infra.demo.catalogue import read_catalogue, seed_catalogue
from infra.eventstore.runner import drain
from infra.settings import Settings
from projections.search import Filters
from tests.contracts.search_contract import VIEWER


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        yield system


def test_it_is_there_once(system: System) -> None:
    said: list[str] = []
    seed_catalogue(system, said.append)
    head = system.log.head()
    seed_catalogue(system, said.append)
    assert system.log.head() == head > 500
    drain(engines(system).values())
    catalogue = read_catalogue()
    assert system.models["films"].store.count() == len(catalogue.films) >= 60
    assert system.models["genres"].store.count() == len(catalogue.genres)
    assert said[0] == f"{len(catalogue.films)} films are in the demo catalogue."


def test_it_can_be_searched_in_both_languages(system: System) -> None:
    seed_catalogue(system, lambda _: None)
    drain(engines(system).values())
    search = system.views().search
    for words in ("сталкер", "stalker", "Стругацкий", "stalkre"):
        films = search.search(words, Filters(), VIEWER, 5).films
        assert "Stalker" in [film.title_en for film in films]


def test_every_kind_of_access_is_in_it() -> None:
    kinds = {film.access for film in read_catalogue().films}
    assert kinds == {"free", "registered", "subscription"}
