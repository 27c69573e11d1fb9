"""What a query route may ask for: a view that has read as far as the caller wrote."""

import re
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, TypeAlias, TypeVar, cast
from uuid import UUID

from fastapi import Depends, Header, HTTPException, Query, Request, Response

from projections.accounts import AccountsView
from projections.catalogue import CatalogueView
from projections.explanations import Explanation
from projections.payments import PaymentsView
from projections.plans import PlansView
from projections.projection import View
from projections.promo_codes import PromoCodesView
from projections.refunds import RefundsView
from projections.search import SearchView
from projections.searches import SearchesHeard, SearchesView
from projections.subscription_row import SubscriptionsView
from projections.viewing import ViewingView
from query_api.countries import Countries
from query_api.cursors import Cursors
from query_api.identity import Directory
from query_api.previews import Previews
from query_api.security import Authenticate
from query_api.waiting import Waiting

T = TypeVar("T")
V = TypeVar("V", bound=View)

USUAL_WAIT = 2.0
LONGEST_WAIT = 10.0
WAIT = re.compile(r"\bwait=(\d+)")


@dataclass(frozen=True, slots=True)
class MediaLink:
    url: str
    expires_at: datetime


#: From a film, its media reference and the time to where a player finds it for now.
MediaLinks: TypeAlias = Callable[[UUID, str | None, datetime], MediaLink]


@dataclass(frozen=True, slots=True)
class Views:
    """Everything the query side is given by the composition root."""

    authenticate: Authenticate
    #: What is missing for questions to be answered, or None.
    lacking: Callable[[], str | None]
    clock: Callable[[], datetime]
    countries: Countries
    cursors: Cursors
    catalogue: CatalogueView
    search: SearchView
    #: What people look for.
    searches: SearchesHeard
    searched: SearchesView
    accounts: AccountsView
    directory: Directory
    plans: PlansView
    promo_codes: PromoCodesView
    subscriptions: SubscriptionsView
    payments: PaymentsView
    refunds: RefundsView
    viewing: ViewingView
    #: Why a payment is what it is, told from the log.
    explained: Callable[[UUID], Explanation | None]
    media_link: MediaLinks
    previews: Previews
    #: Has this account paid, at this moment, for what subscribers to one of these plans
    #: may watch? Without any: subscribers to whatever plan.
    entitled: Callable[[UUID, datetime, Collection[UUID]], bool]
    waiting: Waiting = field(default_factory=Waiting)


class NoSuchThing(HTTPException):
    code = "not-found"

    def __init__(self) -> None:
        super().__init__(404, "There is no such thing.")


class ProjectionLag(HTTPException):
    code = "projection-lag"

    def __init__(self) -> None:
        detail = "Not read so far yet; ask again in a moment."
        super().__init__(503, detail, headers={"Retry-After": "1"})


def views(request: Request) -> Views:
    return cast("Views", request.app.state.views)


Seen = Annotated[Views, Depends(views)]


def patience(prefer: Annotated[str, Header()] = "") -> float:
    """How many seconds the caller is ready to wait (RFC 7240)."""
    asked = WAIT.search(prefer)
    return min(float(asked[1]), LONGEST_WAIT) if asked else USUAL_WAIT


def level(choose: Callable[[Views], V]) -> Callable[..., Awaitable[V]]:
    """The view that ``choose`` names, once it has read what the caller wrote."""

    async def wait_for_it(
        seen: Seen,
        response: Response,
        seconds: Annotated[float, Depends(patience)],
        cinema_position: Annotated[int, Header(ge=0)] = 0,
        min_position: Annotated[int, Query(ge=0)] = 0,
    ) -> V:
        view = choose(seen)
        wanted = max(cinema_position, min_position)
        try:
            reached = await seen.waiting.until(view, wanted, seconds)
        except TimeoutError as error:
            raise ProjectionLag from error
        response.headers["Cinema-Position"] = str(reached)
        return view

    return wait_for_it


def found(row: T | None) -> T:
    if row is None:
        raise NoSuchThing
    return row
