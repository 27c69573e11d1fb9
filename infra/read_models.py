"""Every read model: its projection, where its rows are kept, who reads them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from infra.postgres.accounts import PostgresAccounts
from infra.postgres.catalogue import PostgresCatalogue
from infra.projection_engine.postgres import Pool, PostgresStore
from infra.projection_engine.store import RowStore
from infra.projection_engine.tantivy import TantivyStore
from infra.search.tantivy import TantivySearch, text_of
from infra.settings import Settings
from projections.accounts import AccountRow, accounts
from projections.catalogue import Document, catalogue
from projections.projection import Projection
from query_api.dependencies import Views
from query_api.identity import Directory
from query_api.security import Authenticate


@dataclass(frozen=True, slots=True)
class ReadModel:
    projection: Projection[Any, Any]
    store: RowStore[Any, Any]


ReadModels: TypeAlias = Mapping[str, ReadModel]


def read_models(pool: Pool, settings: Settings) -> ReadModels:
    """By name. One projection may feed several."""
    documents: TantivyStore[UUID, Document] = TantivyStore(
        settings.search_folder / "catalogue", Document, "id", text_of
    )
    return {
        "catalogue": ReadModel(
            catalogue, PostgresStore(pool, "catalogue", Document, "id")
        ),
        "search": ReadModel(catalogue, documents),
        "accounts": ReadModel(
            accounts, PostgresStore(pool, "accounts", AccountRow, "account_id")
        ),
    }


def views(
    models: ReadModels,
    authenticate: Authenticate,
    lacking: Callable[[], str | None],
    directory: Directory,
) -> Views:
    stores: dict[str, Any] = {name: model.store for name, model in models.items()}
    return Views(
        authenticate=authenticate,
        lacking=lacking,
        catalogue=PostgresCatalogue(stores["catalogue"]),
        search=TantivySearch(stores["search"]),
        accounts=PostgresAccounts(stores["accounts"]),
        directory=directory,
    )
