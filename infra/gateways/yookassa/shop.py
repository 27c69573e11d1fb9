"""The shop that the settings name."""

from domain.kernel.messages import Clock
from infra.projection_engine.postgres import Pool
from infra.settings import Settings
from processes.ports import Gateway


def is_named(settings: Settings) -> bool:
    return bool(settings.yookassa_shop_id)


def opened(settings: Settings, _pool: Pool, _clock: Clock) -> Gateway:
    from infra.gateways.yookassa.client import ShopClient
    from infra.gateways.yookassa.gateway import YooKassa

    client = ShopClient(
        settings.yookassa_shop_id, settings.yookassa_secret_key, settings.yookassa_url
    )
    return YooKassa(client, settings.yookassa_peers)
