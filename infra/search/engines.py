"""Which engine searches: the embedded one, unless an Elasticsearch is named.

Its client is imported only then: that takes longer than a small role's whole start.
"""

from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeAlias, Union
from uuid import UUID

from infra.projection_engine.tantivy import TantivyStore
from infra.search.tantivy.layout import LAYOUT
from infra.search.tantivy.view import TantivySearch
from infra.settings import Settings
from projections.projection import View
from projections.search import Document, SearchView

if TYPE_CHECKING:
    from infra.search.elasticsearch.store import ElasticsearchStore

SearchStore: TypeAlias = Union[
    TantivyStore[UUID, Document], "ElasticsearchStore[UUID, Document]"
]


def search_store(settings: Settings, stack: ExitStack) -> SearchStore:
    if not settings.elasticsearch_url:
        folder = settings.search_folder / "catalogue"
        return TantivyStore(folder, Document, "id", LAYOUT)
    from infra.search.elasticsearch.connection import connect
    from infra.search.elasticsearch.layout import DOCUMENTS
    from infra.search.elasticsearch.store import ElasticsearchStore

    client = stack.enter_context(connect(settings.elasticsearch_url))
    return ElasticsearchStore(client, settings.elasticsearch_index, DOCUMENTS, "id")


def being_filled(search: SearchStore, lists: View) -> str | None:
    """What to say while an embedded index that was lost has not come back yet.

    It comes back as a whole, so that until then it has read nothing.
    """
    is_there = not isinstance(search, TantivyStore) or search.position()
    if is_there or not lists.position():
        return None
    return "The search index is being filled."


def search_view(store: SearchStore) -> SearchView:
    if isinstance(store, TantivyStore):
        return TantivySearch(store)
    from infra.search.elasticsearch.view import ElasticsearchSearch

    return ElasticsearchSearch(store)
