"""Anybody's subscription, as staff sees it."""

from uuid import UUID

from fastapi import APIRouter, Depends, Response

from query_api.caching import personal
from query_api.dependencies import found
from query_api.own_subscriptions import SubscriptionOut, Subscriptions, shown
from query_api.security import Holder

router = APIRouter(
    prefix="/subscriptions",
    tags=["subscriptions"],
    dependencies=[Depends(Holder("subscriptions:read")), Depends(personal)],
)


class StaffSubscription(SubscriptionOut):
    account_id: UUID


@router.get("/{subscription_id}", summary="Somebody's subscription")
def read_subscription(
    subscription_id: UUID, subscriptions: Subscriptions, response: Response
) -> StaffSubscription:
    """Its ``ETag`` is its version, for ``If-Match``."""
    row = found(subscriptions.get(subscription_id))
    response.headers["ETag"] = f'"{row.version}"'
    return StaffSubscription(account_id=row.account_id, **dict(shown(row)))
