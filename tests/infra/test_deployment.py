"""compose.yaml cannot be run here, so what it says of us is held against the code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from infra.cli.__main__ import app
from infra.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {
    name: service
    for name, service in SERVICES.items()
    if service["image"].startswith("cinema:")
}
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
NEEDED = re.compile(r"\$\{(\w+)")
#: A name, and a version that says more than "the newest".
IMAGE = re.compile(r"[a-z0-9/-]+:v?\d[\w.-]*")
#: Read by the OpenTelemetry SDK itself.
FOREIGN = ("OTEL_",)


def settings_in(environment: dict[str, str]) -> Iterator[str]:
    return (name for name in environment if not name.startswith(FOREIGN))


@pytest.mark.parametrize("name", SERVICES)
def test_images_have_a_version_and_no_host(name: str) -> None:
    image = SERVICES[name]["image"]
    assert IMAGE.fullmatch(image), image
    assert "." not in image.split("/")[0].split(":")[0]


@pytest.mark.parametrize("name", OURS)
def test_every_role_is_a_command_of_ours(name: str) -> None:
    asked = OURS[name]["command"]
    answer = CliRunner().invoke(app, [*asked, "--help"])
    assert answer.exit_code == 0, answer.output
    refused = CliRunner().invoke(app, ["no-such-role", "--help"])
    assert refused.exit_code != 0


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_one_of_ours(name: str) -> None:
    known = {f"CINEMA_{field.upper()}" for field in Settings.model_fields}
    assert set(settings_in(OURS[name]["environment"])) <= known


def test_a_secret_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "CINEMA_DATABASE_URL").write_text("postgresql://there/cinema")
    found = Settings(_env_file=None, _secrets_dir=tmp_path)
    assert found.database_url.get_secret_value() == "postgresql://there/cinema"


def test_what_is_waited_for_is_there_and_can_become_well() -> None:
    for name, service in SERVICES.items():
        for other, awaited in service.get("depends_on", {}).items():
            assert other in SERVICES, f"{name} waits for {other}"
            if awaited["condition"] == "service_healthy":
                assert SERVICES[other]["healthcheck"]["test"]


def test_ports_are_bound_here_and_once() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    addresses = [port.rpartition(":")[0] for port in ports]
    assert all(address.startswith("127.0.0.1:") for address in addresses)
    assert len(set(addresses)) == len(addresses)


def test_files_and_volumes_are_there() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).is_file(), source


def test_the_example_names_every_variable() -> None:
    text = (ROOT / "compose.yaml").read_text()
    explained = set(re.findall(r"^#? ?(\w+)=", EXAMPLE, re.MULTILINE))
    assert set(NEEDED.findall(text)) <= explained


def test_the_image_is_not_root_and_holds_what_is_locked() -> None:
    last = DOCKERFILE.rpartition("FROM ")[2]
    assert "USER cinema" in last
    assert "HEALTHCHECK" in last
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    entrypoint = re.search(r'ENTRYPOINT \["python", "-m", "([\w.]+)"\]', last)
    assert entrypoint
    assert entrypoint[1] == "infra.cli"
    assert get_command(app)


@pytest.mark.parametrize(
    "source", re.findall(r"^COPY (\S+) ", DOCKERFILE, re.MULTILINE)
)
def test_what_is_copied_is_there_and_not_ignored(source: str) -> None:
    if source.startswith("--"):
        return
    kept = (ROOT / ".dockerignore").read_text().splitlines()
    assert (ROOT / source).exists()
    assert f"!{source}" in kept
