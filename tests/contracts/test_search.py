"""The contract of search, on the embedded engine."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import pytest

from infra.projection_engine.store import Changes
from infra.projection_engine.tantivy import TantivyStore
from infra.search.tantivy.layout import LAYOUT
from infra.search.tantivy.view import TantivySearch
from projections.search import Document, SearchUnavailable
from tests.contracts.search_contract import EVERYTHING, Filled, SearchContract, named


class TestTantivySearch(SearchContract):
    @pytest.fixture
    def filled(self, tmp_path: Path) -> Filled:
        def fill(documents: Iterable[Document]) -> TantivySearch:
            store: TantivyStore[UUID, Document]
            store = TantivyStore(tmp_path / "index", Document, "id", LAYOUT)
            rows = {each.id: each for each in documents}
            position = store.position()
            store.write(Changes(position, position + 1, rows))
            return TantivySearch(store)

        return fill

    def test_what_cannot_be_read_is_unavailable(
        self, filled: Filled, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        view = filled([named("Solaris")])

        def fail(_: object) -> None:
            raise OSError("disk")

        monkeypatch.setattr(TantivyStore, "searcher", fail)
        with pytest.raises(SearchUnavailable):
            view.search("solaris", EVERYTHING, 5)
        with pytest.raises(SearchUnavailable):
            view.suggest("solaris")
