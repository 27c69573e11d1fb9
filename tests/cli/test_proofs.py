"""What an auditor types, and what is answered."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from psycopg import connect
from typer.testing import CliRunner, Result

from infra.cli.__main__ import app
from infra.eventstore.sealing.sealer import seal_everything
from infra.settings import Settings
from tests.eventstore.sealed import SIZE, fill, sealed, tamper

DAMAGED, UNUSABLE = 3, 4
Cinema: TypeAlias = Callable[..., Result]


@pytest.fixture
def cinema(
    postgres: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Cinema:
    url = postgres.database_url.get_secret_value()
    monkeypatch.setenv("CINEMA_DATABASE_URL", url)
    monkeypatch.setenv("CINEMA_DATA", str(tmp_path))
    return lambda *words: CliRunner().invoke(app, ["events", *map(str, words)])


@pytest.fixture
def root(cinema: Cinema, postgres: Settings, tmp_path: Path) -> Path:
    """Of a log of 10 events in 3 blocks."""
    with sealed(postgres):
        pass
    path = tmp_path / "root.json"
    assert cinema("seal", "--export", path).exit_code == 0
    return path


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_root_fits(cinema: Cinema, root: Path, postgres: Settings) -> None:
    found = document(result := cinema("verify", "--root", root, "--json"))
    assert result.exit_code == 0
    assert found["events"] == found["sealed_upto"] == 10
    assert found["root"] == {"block": 3, "position": 10}
    assert found["limits"] == []
    fill(postgres, 2)
    assert "2 events are not sealed yet" in cinema("verify", "--root", root).stderr
    cinema("seal")
    result = cinema("verify", "--root", root)
    assert "2 sealed events are younger than the root" in result.stderr


def test_without_a_root_it_says_what_it_cannot_show(cinema: Cinema) -> None:
    result = cinema("verify")
    assert result.exit_code == 0
    assert "cannot show a log that was cut off" in result.stderr


def test_damage_has_a_code_of_its_own(
    cinema: Cinema, root: Path, postgres: Settings
) -> None:
    with connect(postgres.conninfo) as connection:
        tamper(connection, "UPDATE es.cinema_events SET type='x' WHERE position = 7")
    result = cinema("verify", "--json")
    assert result.exit_code == DAMAGED
    assert document(result)["damage"]["position"] == 7
    assert cinema("verify", "--root", root).stderr.startswith(
        "The event at position 7 is not the one that was sealed"
    )


def test_a_log_cut_off_with_its_blocks_shows_against_the_root(
    cinema: Cinema, root: Path, postgres: Settings
) -> None:
    with connect(postgres.conninfo, autocommit=True) as connection:
        tamper(
            connection,
            "DELETE FROM es.cinema_events WHERE position > 8",
            "DELETE FROM es.block WHERE no > 2",
        )
        assert cinema("verify").exit_code == 0
        result = cinema("verify", "--root", root, "--json")
        assert result.exit_code == DAMAGED
        assert document(result)["damage"]["kind"] == "truncated"
        assert document(result)["damage"]["position"] == 9
        # It goes on, and is sealed as far as it was before.
        fill(postgres, 2)
        seal_everything(connection, SIZE)
    assert cinema("verify").exit_code == 0
    result = cinema("verify", "--root", root, "--json")
    assert result.exit_code == DAMAGED
    assert document(result)["damage"]["kind"] == "resealed"
    assert document(result)["damage"]["position"] == 9


def test_blocks_that_are_gone_show_against_the_root(
    cinema: Cinema, root: Path, postgres: Settings
) -> None:
    with connect(postgres.conninfo, autocommit=True) as connection:
        tamper(connection, "DELETE FROM es.block WHERE no > 1")
    result = cinema("verify", "--root", root)
    assert result.exit_code == DAMAGED
    assert "at position 5: the root was made of block 3" in result.stderr


def test_a_root_that_was_changed_proves_nothing(cinema: Cinema, root: Path) -> None:
    text = root.read_text()
    for wrong in (
        text.replace('"position": 10', '"position": 8'),
        text.replace('"head": "', '"head": "00')[:-1],
        text.replace("cinema-seal-1", "cinema-seal-9"),
        "{}",
        "",
    ):
        root.write_text(wrong)
        result = cinema("verify", "--root", root)
        assert (result.exit_code, str(root) in result.stderr) == (UNUSABLE, True)


def test_the_key_can_be_pinned(cinema: Cinema, root: Path, tmp_path: Path) -> None:
    public = json.loads(root.read_text())["public_key"]
    assert cinema("verify", "--root", root, "--public-key", public).exit_code == 0
    other = Ed25519PrivateKey.generate().public_key()
    pem = tmp_path / "public.pem"
    pem.write_bytes(other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    result = cinema("verify", "--root", root, "--public-key", pem)
    assert result.exit_code == UNUSABLE
    assert "is not the one that --public-key names" in result.stderr
    assert cinema("verify", "--root", root, "--public-key", "xyz").exit_code == 2
    assert cinema("verify", "--public-key", public).exit_code == 2


def test_the_key_is_kept_for_its_owner_alone(root: Path) -> None:
    assert root.with_name("seal.key").stat().st_mode & 0o777 == 0o600


def test_the_key_can_be_a_setting(
    cinema: Cinema, postgres: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(postgres, 1)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    monkeypatch.setenv("CINEMA_SEAL_KEY", pem.decode())
    signed = document(cinema("seal", "--export", "-"))
    assert signed["public_key"] == key.public_key().public_bytes_raw().hex()
    monkeypatch.setenv("CINEMA_SEAL_KEY", "not a key")
    result = cinema("seal", "--export", "-")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "CINEMA_SEAL_KEY is not a key" in result.stderr
    assert "not a key" not in result.stderr.replace("CINEMA_SEAL_KEY is not a key", "")


def test_there_is_nothing_to_sign(cinema: Cinema) -> None:
    result = cinema("seal", "--export", "-")
    assert (result.exit_code, result.stdout) == (1, "")
