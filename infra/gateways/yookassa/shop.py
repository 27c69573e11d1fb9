"""The shop that the settings name."""

from typing import TYPE_CHECKING

from infra.settings import Settings

if TYPE_CHECKING:
    from infra.gateways.yookassa.gateway import YooKassa


def yookassa(settings: Settings) -> "YooKassa | None":
    if not settings.yookassa_shop_id:
        return None
    from infra.gateways.yookassa.client import ShopClient
    from infra.gateways.yookassa.gateway import YooKassa

    client = ShopClient(
        settings.yookassa_shop_id, settings.yookassa_secret_key, settings.yookassa_url
    )
    return YooKassa(client, settings.yookassa_peers)
