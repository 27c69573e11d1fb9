"""The gateways this installation has, by code: a folder and a line for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from domain.kernel.messages import Clock
from infra.gateways.free import shop as free
from infra.gateways.health import Health
from infra.gateways.stripe import shop as stripe
from infra.gateways.watched import Watched
from infra.gateways.yookassa import shop as yookassa
from infra.projection_engine.postgres import Pool
from infra.settings import Settings
from processes.ports import Gateway


@dataclass(frozen=True, slots=True)
class Shop:
    """An SDK is loaded when it is opened, and not before."""

    code: str
    is_named: Callable[[Settings], bool]
    opened: Callable[[Settings, Pool, Clock], Gateway]


#: The usual one first.
SHOPS: tuple[Shop, ...] = (
    Shop("yookassa", yookassa.is_named, yookassa.opened),
    Shop("stripe", stripe.is_named, stripe.opened),
    Shop("free", free.is_named, free.opened),
)


def codes(settings: Settings) -> Sequence[str]:
    return [shop.code for shop in SHOPS if shop.is_named(settings)]


def gateways(settings: Settings, pool: Pool, clock: Clock) -> Mapping[str, Gateway]:
    return {
        shop.code: shop.opened(settings, pool, clock)
        for shop in SHOPS
        if shop.is_named(settings)
    }


def watched(shops: Iterable[Gateway], health: Health) -> Mapping[str, Gateway]:
    return MappingProxyType({shop.code: Watched(shop, health) for shop in shops})
