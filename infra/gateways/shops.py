"""The gateways this installation has, by code: a folder and a line for each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from infra.gateways.stripe.shop import stripe
from infra.gateways.yookassa.shop import yookassa
from infra.settings import Settings
from processes.ports import Gateway

Shop: TypeAlias = Callable[[Settings], Gateway | None]

#: The usual one first. None: the settings do not name it.
SHOPS: tuple[Shop, ...] = (
    yookassa,
    stripe,
)


def gateways(settings: Settings) -> Mapping[str, Gateway]:
    opened = (shop(settings) for shop in SHOPS)
    return MappingProxyType({shop.code: shop for shop in opened if shop})
