"""Both engines give the same documents in the same order, page by page."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from infra.projection_engine.store import Changes
from infra.projection_engine.tantivy import TantivyStore
from infra.search.elasticsearch.connection import connect
from infra.search.elasticsearch.layout import DOCUMENTS
from infra.search.elasticsearch.store import ElasticsearchStore
from infra.search.engines import search_view
from infra.search.tantivy.layout import LAYOUT
from projections.search import Document, Filters, SearchView
from tests.contracts.search_contract import VIEWER

SEED = 5
FILMS, QUERIES, PAGE = 400, 60, 10
WORDS = re.findall(
    r"\w+",
    "терминатор отчим брат дозор зелёная миля побег семья красивая война любовь собака "
    "зеркало сталкер ёлка ёжик человек рождение пленница рука godfather terminator "
    "runner blade matrix stories story war peace alien aliens movies loving stepfather "
    "brother generation",
)
FIRST_NAMES = ["Андрей", "Фёдор", "Quentin", "Amélie", "Иван", "Йозеф"]
LAST_NAMES = ["Тарковский", "Бондарчук", "Tarantino", "Kubrick", "Öhman", "Лапшин"]


class Screenwriter:
    """Makes up films, people, and what somebody might type who looks for them."""

    def __init__(self) -> None:
        self.random = Random(SEED)  # noqa: S311 (the same each time)

    def title(self) -> str:
        words = self.random.choices(WORDS, k=self.random.randint(1, 3))
        return " ".join(words).capitalize()

    def name(self) -> str:
        return f"{self.random.choice(FIRST_NAMES)} {self.random.choice(LAST_NAMES)}"

    def document(self) -> Document:
        choose = self.random.choice
        id_ = UUID(int=self.random.getrandbits(128))
        kind: Any = self.random.choices(("film", "person", "genre"), (8, 2, 1))[0]
        if kind != "film":
            name = self.name() if kind == "person" else choose(WORDS)
            return Document(id=id_, kind=kind, name=name)
        return Document(
            id=id_,
            kind=kind,
            title_ru=choose((None, self.title())),
            title_en=self.title() + choose(("", " II", " 2")),
            description_en=" ".join(self.title() for _ in range(3)),
            type=choose(("movie", "series")),
            year=choose((None, 1990, 2000, 2010)),
            popularity=self.random.randint(0, 20),
            people=(self.name(), self.name()),
        )

    def query(self) -> str:
        makers = (self.title, self.name, self.typed, self.begun, str)
        return self.random.choice(makers)()

    def begun(self) -> str:
        title = self.title()
        return title[: max(2, len(title) * 6 // 10)]

    def typed(self) -> str:
        """With a transposition, a letter missing, or a wrong one."""
        title = self.title()
        at = self.random.randrange(len(title) - 1)
        before, one, two, after = title[:at], title[at], title[at + 1], title[at + 2 :]
        return before + self.random.choice((two + one, one, "щ" + two)) + after


@pytest.fixture(scope="module")
def engines(
    elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[SearchView, SearchView]]:
    writer = Screenwriter()
    documents = [writer.document() for _ in range(FILMS)]
    changes = Changes(0, 1, {each.id: each for each in documents})
    with ExitStack() as stack:
        folder: Path = tmp_path_factory.mktemp("agree")
        embedded: TantivyStore[UUID, Document]
        embedded = TantivyStore(folder, Document, "id", LAYOUT)
        client = stack.enter_context(connect(elasticsearch_url))
        remote: ElasticsearchStore[UUID, Document]
        remote = ElasticsearchStore(client, f"test-{uuid4().hex}", DOCUMENTS, "id")
        for store in (embedded, remote):
            store.write(changes)
        yield search_view(embedded), search_view(remote)
        client.indices.delete(index=f"{remote.name}-1")


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(type=("movie",), year_from=1995)]
)
def test_both_find_the_same(
    engines: tuple[SearchView, SearchView], filters: Filters
) -> None:
    writer = Screenwriter()
    for text in (writer.query() for _ in range(QUERIES)):
        one, other = (everything(engine, text, filters) for engine in engines)
        assert one == other, text


def everything(
    engine: SearchView, text: str, filters: Filters
) -> tuple[int, list[UUID]]:
    """Three pages at most."""
    found = engine.search(text, filters, VIEWER, PAGE)
    total, ids = found.total, [film.id for film in found.films]
    while found.next and len(ids) < 3 * PAGE:
        found = engine.search(text, filters, VIEWER, PAGE, found.next)
        ids += [film.id for film in found.films]
    return total, ids


def test_both_suggest_the_same(engines: tuple[SearchView, SearchView]) -> None:
    writer = Screenwriter()
    for text in (writer.query() for _ in range(QUERIES)):
        one, other = (
            [each.id for each in engine.suggest(text, VIEWER)] for engine in engines
        )
        assert one == other, text
