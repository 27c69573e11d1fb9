"""The gateways this installation has, by code: a folder and a line for each."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from domain.kernel.messages import Clock
from infra.gateways.free.shop import free
from infra.gateways.health import Health
from infra.gateways.stripe.shop import stripe
from infra.gateways.watched import Watched
from infra.gateways.yookassa.shop import yookassa
from infra.projection_engine.postgres import Pool
from infra.settings import Settings
from processes.ports import Gateway

Shop: TypeAlias = Callable[[Settings, Pool, Clock], Gateway | None]

#: The usual one first. None: the settings do not name it.
SHOPS: tuple[Shop, ...] = (
    lambda settings, *_: yookassa(settings),
    lambda settings, *_: stripe(settings),
    free,
)


def gateways(settings: Settings, pool: Pool, clock: Clock) -> Mapping[str, Gateway]:
    opened = (shop(settings, pool, clock) for shop in SHOPS)
    return {shop.code: shop for shop in opened if shop}


def watched(shops: Iterable[Gateway], health: Health) -> Mapping[str, Gateway]:
    return MappingProxyType({shop.code: Watched(shop, health) for shop in shops})
