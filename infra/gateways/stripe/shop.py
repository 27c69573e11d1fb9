"""The account that the settings name."""

from typing import TYPE_CHECKING

from pydantic import SecretStr

from infra.settings import Settings

if TYPE_CHECKING:
    from infra.gateways.stripe.gateway import Stripe


def stripe(settings: Settings) -> "Stripe | None":
    if not settings.stripe_secret_key.get_secret_value():
        return None
    from infra.gateways.stripe.client import AccountClient
    from infra.gateways.stripe.gateway import Stripe

    client = AccountClient(settings.stripe_secret_key, settings.stripe_url)
    secrets = listed(settings.stripe_webhook_secrets)
    return Stripe(client, secrets, settings.stripe_currencies)


def listed(secrets: SecretStr) -> tuple[SecretStr, ...]:
    parts = (part.strip() for part in secrets.get_secret_value().split(","))
    return tuple(SecretStr(part) for part in parts if part)
