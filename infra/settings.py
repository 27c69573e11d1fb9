"""Everything that differs between one installation and another."""

import hmac
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.kernel.values import Currency
from infra.gateways.routes import PaymentRoute
from infra.gateways.yookassa.notifications import PEERS
from infra.identity.oidc.configuration import OidcProvider

MODULES = {
    "memory": "infra.eventstore.memory:MemoryFactory",
    "postgres": "infra.eventstore.factory:Factory",
}

MASK = "********"
#: What stands between a URL's scheme (and user) and its host.
CREDENTIALS = re.compile(r"(://[^:/@]*:)[^@/]*@")

#: Where containers find secrets: files that are named like the variables.
SECRETS = Path("/run/secrets")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="CINEMA_",
        env_file=".env",
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
        extra="ignore",
        frozen=True,
        env_nested_delimiter="__",
    )

    #: ``memory`` holds only the log, and is for tests.
    storage: Literal["memory", "postgres"] = "postgres"
    #: The folder of ``cinema up``.
    data: Path = Path("var")
    database_url: SecretStr = SecretStr("")
    #: How many connections one process may hold to read models, and to the log.
    database_pool: int = 8
    #: What cursors and media addresses are signed with; the same in every process.
    signing_key: SecretStr = SecretStr("")
    #: Where players find media.
    media_url: str = "https://media.cinema.example"
    nats_url: str = ""
    elasticsearch_url: str = ""
    #: The alias of the index there, so that several cinemas can share a cluster.
    elasticsearch_index: str = "cinema-search"
    #: No real money here: the clock may be moved.
    sandbox: bool = False
    #: The proxies whose X-Forwarded-For is believed: addresses with commas, or ``*``.
    trusted_proxies: str = ""
    #: Where callers are (ISO 3166-1 alpha-2), unless a header says otherwise.
    home_country: str = Field("RU", pattern="^[A-Z]{2}$")
    #: In which header a proxy in front says where the caller is. It must replace what
    #: callers send, for it is believed.
    country_header: str = Field("", pattern="^[A-Za-z0-9-]*$")
    #: The shop at YooKassa; without an id no payments are taken.
    yookassa_shop_id: str = ""
    yookassa_secret_key: SecretStr = SecretStr("")
    yookassa_url: str = "https://api.yookassa.ru/v3"
    #: Who may send notifications of payments: addresses and networks.
    yookassa_peers: tuple[str, ...] = PEERS
    #: The account at Stripe; without a key no payments are taken through it.
    stripe_secret_key: SecretStr = SecretStr("")
    #: What its notifications are signed with; several with commas while one replaces
    #: another.
    stripe_webhook_secrets: SecretStr = SecretStr("")
    stripe_url: str = "https://api.stripe.com"
    #: In which currencies it is to be paid.
    stripe_currencies: tuple[Currency, ...] = ("USD", "EUR")
    #: Which gateway takes whose money, as a JSON list; without it, the first that can.
    payment_routes: tuple[PaymentRoute, ...] = ()
    #: Who may choose the gateway that takes no money.
    free_payments: Literal["nobody", "staff", "everyone"] = "nobody"
    #: The gateway makes fiscal receipts (54-FZ), so it is told what was sold to whom.
    receipts: bool = False
    #: Where a payer comes back to from the gateway's page; of ``public_url`` if empty.
    payment_return_url: str = ""
    #: Where people reach the cinema: links in letters, and the issuer of tokens.
    public_url: str = "http://127.0.0.1:8000"
    #: Whose invoices they are: numbers begin with it and with the year.
    invoice_series: str = Field("CIN", pattern="^[A-Z0-9]{1,10}$")
    #: How many charges may be under way at once in one process.
    chargers: int = Field(default=64, ge=1)
    #: Seals the signing keys in the database; without it, a file in the data folder.
    identity_key: SecretStr = SecretStr("")
    #: Signs the roots of the log (Ed25519: PEM, or 64 hexadecimal digits); without it,
    #: a file in the data folder.
    seal_key: SecretStr = SecretStr("")
    #: Wrap the keys of persons (64 hexadecimal digits each, the current one first);
    #: without them, a file in the data folder.
    personal_keys: SecretStr = SecretStr("")
    #: Where the dashboards reach the command API; without it, the public address.
    command_url: str = ""
    #: Of a new password, in characters.
    password_min_length: int = Field(12, ge=8, le=128)
    #: From one network address: failed sign-ins, and registrations.
    sign_in_failures_per_minute: int = Field(30, ge=1)
    registrations_per_minute: int = Field(60, ge=1)
    #: By name: who else may say who somebody is.
    oidc: Mapping[str, OidcProvider] = {}
    #: Of the first administrator, made at the first start.
    admin_email: str = ""
    admin_password: SecretStr = SecretStr("")
    #: From what hour on, in Moscow, yesterday is held against the gateways' lists.
    reconciliation_hour: int = Field(4, ge=0, le=23)
    #: The server that letters are handed to; without a host they wait.
    smtp_host: str = ""
    smtp_port: int = 25
    #: How the connection to it is protected.
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    #: Signs in when given.
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    #: From whom letters are, as in RFC 5322.
    mail_from: str = "Cinema <no-reply@cinema.example>"
    #: In which days in letters are named.
    mail_time_zone: str = "Europe/Moscow"
    #: At what hour of its release day, there, a film has its premiere.
    premiere_hour: int = Field(10, ge=0, le=23)
    #: Who collects traces (OTLP over HTTP); also OTEL_EXPORTER_OTLP_ENDPOINT.
    otlp_endpoint: str = ""
    #: Into how many shares a read model is divided whose rows are their streams' own:
    #: so many workers can have one each, in one process or in several.
    projection_workers: int = Field(default=1, ge=1, le=64)
    #: How many letters one process hands over side by side.
    postmen: int = Field(default=2, ge=1)

    @property
    def conninfo(self) -> str:
        """libpq's way of saying where the database is; every session is in UTC."""
        return make_conninfo(
            self.database_url.get_secret_value(), options="-c timezone=UTC"
        )

    def secret(self, purpose: str) -> bytes:
        """A key for one purpose. Without a key of its own: one of this database."""
        key = self.signing_key.get_secret_value() or self.conninfo
        return hmac.digest(key.encode(), purpose.encode(), "sha256")

    @property
    def library(self) -> dict[str, str]:
        """The same, in the words of ``eventsourcing``."""
        env = {"PERSISTENCE_MODULE": MODULES[self.storage]}
        if self.storage == "memory":
            return env
        dsn = conninfo_to_dict(self.database_url.get_secret_value())
        return env | {
            "ORIGINATOR_ID_TYPE": "text",
            "POSTGRES_HOST": str(dsn.get("host", "127.0.0.1")),
            "POSTGRES_PORT": str(dsn.get("port", 5432)),
            "POSTGRES_DBNAME": str(dsn.get("dbname", "cinema")),
            "POSTGRES_USER": str(dsn.get("user", "cinema")),
            "POSTGRES_PASSWORD": str(dsn.get("password", "")),
            "POSTGRES_SCHEMA": "es",
            "POSTGRES_POOL_SIZE": "1",
            "POSTGRES_MAX_OVERFLOW": str(self.database_pool),
            "POSTGRES_LOCK_TIMEOUT": "5",
            "CREATE_TABLE": "n",
        }

    @property
    def search_folder(self) -> Path:
        """Where the embedded search index is kept."""
        return self.data / "search"


def masked(settings: Settings) -> dict[str, object]:
    """Every setting by name, fit to be shown: no secret in it."""
    return {name: shown(value) for name, value in settings}


def shown(value: object) -> object:
    """A secret is not shown; of a URL, what is in it beside a password is."""
    if isinstance(value, SecretStr):
        return hidden(value.get_secret_value())
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, BaseModel):
        return {name: shown(each) for name, each in value}
    if isinstance(value, Mapping):
        return {name: shown(each) for name, each in value.items()}
    return CREDENTIALS.sub(rf"\1{MASK}@", value) if isinstance(value, str) else value


def hidden(secret: str) -> str:
    if "://" in secret:
        return CREDENTIALS.sub(rf"\1{MASK}@", secret)
    return MASK if secret else ""
