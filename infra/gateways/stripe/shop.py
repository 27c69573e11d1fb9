"""The account that the settings name."""

from pydantic import SecretStr

from domain.kernel.messages import Clock
from infra.projection_engine.postgres import Pool
from infra.settings import Settings
from processes.ports import Gateway


def is_named(settings: Settings) -> bool:
    return bool(settings.stripe_secret_key.get_secret_value())


def opened(settings: Settings, _pool: Pool, _clock: Clock) -> Gateway:
    from infra.gateways.stripe.client import AccountClient
    from infra.gateways.stripe.gateway import Stripe

    client = AccountClient(settings.stripe_secret_key, settings.stripe_url)
    secrets = listed(settings.stripe_webhook_secrets)
    return Stripe(client, secrets, settings.stripe_currencies)


def listed(secrets: SecretStr) -> tuple[SecretStr, ...]:
    parts = (part.strip() for part in secrets.get_secret_value().split(","))
    return tuple(SecretStr(part) for part in parts if part)
