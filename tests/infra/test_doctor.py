import socket
from pathlib import Path

from pydantic import SecretStr

from infra.doctor import Finding, examine
from infra.gateways.routes import PaymentRoute
from infra.settings import Settings
from tests.e2e.machine import free_ports


def wrong(settings: Settings, first_port: int) -> dict[str, Finding]:
    findings = examine(settings, first_port)
    return {finding.what: finding for finding in findings if finding.remedy}


def test_a_sound_installation(postgres: Settings, nats_url: str) -> None:
    settings = postgres.model_copy(update={"nats_url": nats_url})
    assert wrong(settings, free_ports()) == {}


def test_each_thing_that_is_missing_has_a_remedy(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        nowhere = f"127.0.0.1:{free_ports()}"
        settings = Settings(
            _env_file=None,
            data=blocked / "var",
            database_url=SecretStr(f"postgresql://ann@{nowhere}/cinema"),
            nats_url=f"nats://{nowhere}",
            elasticsearch_url=f"http://{nowhere}",
        )
        found = wrong(settings, port)
    assert found.keys() == {"data folder", "ports", "database", "NATS", "search"}
    assert str(port) in found["ports"].remedy
    assert "CINEMA_DATABASE_URL" in found["database"].remedy


def test_a_database_without_its_schema(server: str, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=SecretStr(server), data=tmp_path)
    assert wrong(settings, free_ports())["schema"].remedy == "cinema migrate"


def test_gateways_that_are_not_whole(postgres: Settings, nats_url: str) -> None:
    routes = (PaymentRoute(gateway="elsewhere"),)
    given = {
        "nats_url": nats_url,
        "yookassa_shop_id": "100500",
        "stripe_secret_key": SecretStr("sk_test_hushhush"),
        "payment_routes": routes,
    }
    settings = postgres.model_copy(update=given)
    found = wrong(settings, free_ports())
    names = {"payments: yookassa", "payments: stripe", "payment routes"}
    assert found.keys() == names
    assert "hushhush" not in repr(found)
    whole = {
        "yookassa_secret_key": SecretStr("live_hushhush"),
        "stripe_webhook_secrets": SecretStr("whsec_1,whsec_2"),
        "payment_routes": (),
    }
    assert wrong(settings.model_copy(update=whole), free_ports()) == {}
