from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from infra.asgi import command_app
from infra.bootstrap import System, assemble
from infra.cli.__main__ import app
from infra.identity.administrator import (
    USUAL_EMAIL,
    create_first_administrator,
    introduce_administrator,
)
from infra.settings import Settings
from tests.people import PASSWORD, register, sign_in

EMAIL = "boss@example.org"


@pytest.fixture
def system(postgres: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    url = postgres.database_url.get_secret_value()
    monkeypatch.setenv("CINEMA_DATABASE_URL", url)
    with assemble(postgres) as system:
        yield system


@pytest.fixture
def client(system: System) -> TestClient:
    return TestClient(command_app(system))


def cinema(system: System, *arguments: str, given: str = "") -> Result:
    data = ("--data", str(system.settings.data))
    return CliRunner().invoke(app, [*arguments, *data], input=given)


def may_all(system: System, client: TestClient, password: str) -> bool:
    token = sign_in(client, EMAIL, password).json()["access_token"]
    caller = system.authenticate(token)
    return caller is not None and "roles:edit" in caller.permissions


def test_one_is_made_with_a_password_that_is_shown_once(
    system: System, client: TestClient
) -> None:
    done = cinema(system, "admin", "create", EMAIL)
    assert done.exit_code == 0
    password = done.output.rpartition(": ")[2].strip()
    assert may_all(system, client, password)
    again = cinema(system, "admin", "create", EMAIL)
    assert "Password (" not in again.output
    assert "as it was" in again.output


def test_one_is_made_with_a_password_of_their_own(
    system: System, client: TestClient
) -> None:
    done = cinema(
        system, "admin", "create", EMAIL, "--password-stdin", given=f"{PASSWORD}\n"
    )
    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert may_all(system, client, PASSWORD)


def test_somebody_who_is_there_becomes_one(system: System, client: TestClient) -> None:
    register(client, EMAIL)
    assert cinema(system, "admin", "create", EMAIL).exit_code == 0
    assert may_all(system, client, PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "given", "why"),
    [
        (("not an address",), "", "not an e-mail address"),
        ((EMAIL, "--password-stdin"), "", "No password"),
    ],
)
def test_what_is_wrong_is_said(
    system: System, arguments: tuple[str, ...], given: str, why: str
) -> None:
    done = cinema(system, "admin", "create", *arguments, given=given)
    assert done.exit_code == 2
    assert why in done.output


def test_the_first_start_makes_one_and_says_its_password_once(system: System) -> None:
    said: list[str] = []
    introduce_administrator(system, said.append)
    introduce_administrator(system, said.append)
    [line] = said
    assert USUAL_EMAIL in line
    assert "shown only now" in line


def test_the_settings_may_name_the_first_one(
    postgres: Settings, tmp_path: Path
) -> None:
    given = {
        "admin_email": EMAIL,
        "admin_password": SecretStr(PASSWORD),
        "data": tmp_path,
    }
    with assemble(postgres.model_copy(update=given)) as system:
        assert create_first_administrator(system) == (EMAIL, PASSWORD)
        assert create_first_administrator(system) is None
        said: list[str] = []
        introduce_administrator(system, said.append)
        assert said == []


def test_keys_can_be_rotated(system: System) -> None:
    done = cinema(system, "admin", "rotate-keys")
    [key] = system.access.keys.published()["keys"]
    assert key["kid"] in done.output
