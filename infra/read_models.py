"""Every read model: its projection, where its rows are kept, who reads them."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from domain.kernel.messages import Clock
from infra.postgres.accounts import PostgresAccounts
from infra.postgres.billing import (
    PostgresPayments,
    PostgresPlans,
    PostgresPromoCodes,
    PostgresRefunds,
    PostgresSubscriptions,
)
from infra.postgres.catalogue import PostgresCatalogue
from infra.postgres.searches import PostgresSearches
from infra.postgres.viewing import PostgresViewing
from infra.projection_engine.postgres import Pool, PostgresStore
from infra.projection_engine.store import RowStore
from infra.search.engines import being_filled, search_store, search_view
from infra.settings import Settings
from projections.accounts import AccountRow, accounts
from projections.alarm_times import Alarm
from projections.alarms import alarms
from projections.arrears import Arrears, arrears
from projections.books import Books
from projections.charges_due import ChargeDue, charges_due
from projections.collections import Collection, collections
from projections.films import Film, films
from projections.genres import Genre, genres
from projections.ledger import ledger
from projections.listings import Listing, listings
from projections.memberships import Membership, memberships
from projections.opinions import Opinion, opinions
from projections.payments import PaymentRow, payments
from projections.people import Person, people
from projections.plans import PlanRow, plans
from projections.popularity import Popularity, popularity
from projections.premieres_awaited import PremiereWait, premieres_awaited
from projections.projection import Projection
from projections.promo_codes import PromoCodeRow, promo_codes
from projections.reconciliation import (
    GatewayDifference,
    ReconciledDay,
    gateway_differences,
    reconciled_days,
)
from projections.recurring import Recurring, recurring
from projections.refunds import RefundRow, refunds
from projections.refunds_due import RefundDue, refunds_due
from projections.search_documents import search_documents
from projections.subscription_row import SubscriptionRow
from projections.subscriptions import subscriptions
from projections.successions import Succession, successions
from projections.turnover import Turnover, turnover
from projections.watchlist import Bookmark, watchlist

if TYPE_CHECKING:
    from uuid import UUID

    from projections.explanations import Explanation
    from query_api.dependencies import Views
    from query_api.identity import Directory
    from query_api.previews import Previews
    from query_api.security import Authenticate


@dataclass(frozen=True, slots=True)
class ReadModel:
    projection: Projection[Any, Any]
    store: RowStore[Any, Any]


Tables: TypeAlias = tuple[tuple[Projection[Any, Any], type, str], ...]
ReadModels: TypeAlias = Mapping[str, ReadModel]


def read_models(pool: Pool, settings: Settings, stack: ExitStack) -> ReadModels:
    """By name. One projection may feed several."""
    return {
        "accounts": ReadModel(
            accounts, PostgresStore(pool, "accounts", AccountRow, "account_id")
        ),
        "films": ReadModel(films, PostgresStore(pool, "films", Film, "id")),
        "listings": ReadModel(listings, PostgresStore(pool, "listings", Listing, "id")),
        "collections": ReadModel(
            collections, PostgresStore(pool, "collections", Collection, "id")
        ),
        "genres": ReadModel(genres, PostgresStore(pool, "genres", Genre, "id")),
        "successions": ReadModel(
            successions, PostgresStore(pool, "successions", Succession, "id")
        ),
        "people": ReadModel(people, PostgresStore(pool, "people", Person, "id")),
        "search": ReadModel(search_documents, search_store(settings, stack)),
        **billing_models(pool),
        **viewing_models(pool),
    }


def viewing_models(pool: Pool) -> ReadModels:
    rows: Tables = (
        (watchlist, Bookmark, "id"),
        (opinions, Opinion, "id"),
        (premieres_awaited, PremiereWait, "id"),
        (popularity, Popularity, "film_id"),
    )
    return in_tables(pool, rows)


def billing_models(pool: Pool) -> ReadModels:
    rows: Tables = (
        (plans, PlanRow, "plan_id"),
        (promo_codes, PromoCodeRow, "promo_code_id"),
        (subscriptions, SubscriptionRow, "subscription_id"),
        (payments, PaymentRow, "payment_id"),
        (alarms, Alarm, "subject"),
        (charges_due, ChargeDue, "payment_id"),
        (refunds, RefundRow, "refund_id"),
        (refunds_due, RefundDue, "refund_id"),
        (memberships, Membership, "id"),
        (turnover, Turnover, "id"),
        (ledger, Books, "id"),
        (gateway_differences, GatewayDifference, "id"),
        (reconciled_days, ReconciledDay, "id"),
        (recurring, Recurring, "id"),
        (arrears, Arrears, "id"),
    )
    return in_tables(pool, rows)


def in_tables(pool: Pool, rows: Tables) -> ReadModels:
    """Each in a table named like its projection."""
    return {
        projection.name: ReadModel(
            projection, PostgresStore(pool, projection.name, row, key)
        )
        for projection, row, key in rows
    }


def catalogue_view(models: ReadModels) -> PostgresCatalogue:
    names = ("films", "listings", "genres", "people", "collections")
    stores: list[Any] = [models[name].store for name in names]
    return PostgresCatalogue(*stores)


def views(
    models: ReadModels,
    settings: Settings,
    clock: Clock,
    wall_clock: Clock,
    authenticate: "Authenticate",
    lacking: Callable[[], str | None],
    directory: "Directory",
    searches: PostgresSearches,
    previews: "Previews",
    explained: "Callable[[UUID], Explanation | None]",
) -> "Views":
    from infra.media import SignedMedia
    from query_api.countries import Countries
    from query_api.cursors import Cursors
    from query_api.dependencies import Views

    stores: dict[str, Any] = {name: model.store for name, model in models.items()}
    subscribed = PostgresSubscriptions(stores["subscriptions"])
    return Views(
        authenticate=authenticate,
        lacking=lambda: lacking() or being_filled(stores["search"], stores["films"]),
        clock=clock,
        countries=Countries(settings.home_country, settings.country_header),
        plans=PostgresPlans(stores["plans"]),
        promo_codes=PostgresPromoCodes(stores["promo_codes"]),
        subscriptions=subscribed,
        payments=PostgresPayments(stores["payments"]),
        refunds=PostgresRefunds(stores["refunds"]),
        viewing=PostgresViewing(stores["films"], wall_clock),
        entitled=subscribed.entitles,
        cursors=Cursors(settings.secret("cursors")),
        catalogue=catalogue_view(models),
        search=search_view(stores["search"]),
        searches=searches,
        searched=searches,
        accounts=PostgresAccounts(stores["accounts"]),
        directory=directory,
        explained=explained,
        media_link=SignedMedia(settings.media_url, settings.secret("media")),
        previews=previews,
    )
