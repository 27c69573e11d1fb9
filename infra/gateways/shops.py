"""The gateways this installation has, by code."""

from collections.abc import Mapping

from infra.gateways.yookassa.client import ShopClient
from infra.gateways.yookassa.gateway import YooKassa
from infra.settings import Settings
from processes.ports import Gateway


def gateways(settings: Settings) -> Mapping[str, Gateway]:
    if not settings.yookassa_shop_id:
        return {}
    client = ShopClient(
        settings.yookassa_shop_id, settings.yookassa_secret_key, settings.yookassa_url
    )
    yookassa = YooKassa(client, settings.yookassa_peers)
    return {yookassa.code: yookassa}
