"""A store carried elsewhere, as it is typed."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from typer.testing import CliRunner, Result

from infra.cli.__main__ import app
from infra.embedded.folder import locked
from infra.founding import is_founded
from infra.settings import Settings
from tests.eventstore.carried import content
from tests.eventstore.sealed import fill, sealed

Cinema: TypeAlias = Callable[..., Result]


@pytest.fixture
def cinema(monkeypatch: pytest.MonkeyPatch) -> Cinema:
    def run(settings: Settings, *words: object, **options: Any) -> Result:
        url = settings.database_url.get_secret_value()
        monkeypatch.setenv("CINEMA_DATABASE_URL", url)
        return CliRunner().invoke(app, ["events", *map(str, words)], **options)

    return run


@pytest.fixture
def file(cinema: Cinema, postgres: Settings, tmp_path: Path) -> Path:
    with sealed(postgres, 5):
        pass
    path = tmp_path / "store.jsonl"
    result = cinema(postgres, "export", path, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["events"] == 5
    return path


def test_there_and_back(
    cinema: Cinema, file: Path, postgres: Settings, another: Settings, tmp_path: Path
) -> None:
    root = tmp_path / "root.json"
    assert cinema(postgres, "seal", "--export", root).exit_code == 0
    result = cinema(another, "import", file, "--json")
    assert (result.exit_code, json.loads(result.stdout)["events"]) == (0, 5)
    assert content(another, "es") == content(postgres, "es")
    assert cinema(another, "verify", "--root", root).exit_code == 0
    assert is_founded(another)
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*.part")) == []


def test_through_a_pipe(
    cinema: Cinema, postgres: Settings, another: Settings, tmp_path: Path
) -> None:
    fill(postgres, 3)
    result = cinema(postgres, "export", "-")
    assert '"events":3' in result.stderr
    assert cinema(another, "import", "-", input=result.stdout_bytes).exit_code == 0
    again = cinema(another, "export", tmp_path / "again.jsonl")
    assert again.exit_code == 0
    before = result.stdout_bytes.splitlines()[1:-1]
    assert (tmp_path / "again.jsonl").read_bytes().splitlines()[1:-1] == before


def test_a_compressed_file(
    cinema: Cinema, file: Path, postgres: Settings, another: Settings, tmp_path: Path
) -> None:
    small = tmp_path / "store.jsonl.gz"
    assert cinema(postgres, "export", small).exit_code == 0
    whole = small.read_bytes()
    plain = gzip.decompress(whole).splitlines()
    assert plain[1:-1] == file.read_bytes().splitlines()[1:-1]
    for wrong, said in (
        (file.read_bytes(), "Line 1: the compressed file is damaged: Not a gzipped"),
        (whole[:300], "the compressed file is cut off"),
        (whole[:-4], f"Line {len(plain)}: the compressed file is cut off"),
        (whole[:-8] + bytes(8), f"Line {len(plain)}: the compressed file is dam"),
        # What comes out is nonsense, which may be noticed first.
        (whole[:200] + b"\xff\xff" + whole[202:], "Nothing was imported"),
        (whole + whole, "behind the trailer"),
    ):
        small.write_bytes(wrong)
        result = cinema(another, "import", small)
        assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
        assert content(another, "es")["es.cinema_events"] == []
    small.write_bytes(whole)
    assert cinema(another, "import", small).exit_code == 0
    assert content(another, "es") == content(postgres, "es")


def test_a_cut_file_is_named(cinema: Cinema, file: Path, another: Settings) -> None:
    file.write_bytes(file.read_bytes()[:700])
    result = cinema(another, "import", file)
    assert result.exit_code == 2
    assert "cut off" in result.stderr
    assert "Line" in result.stderr
    assert content(another, "es")["es.cinema_events"] == []


def test_mistakes_are_named(
    cinema: Cinema, file: Path, postgres: Settings, tmp_path: Path
) -> None:
    for words, said in (
        (["import", file], "The log cinema is not empty"),
        (["import", tmp_path / "none"], "No such file"),
        (["export", file, "--limit", 1], "A FILE is of the whole store"),
        (["export", file, "--format", "csv"], "A FILE is of the whole store"),
    ):
        result = cinema(postgres, *words)
        assert result.exit_code != 0
        told = " ".join(f"{result.stderr} {result.exception}".replace("│", "").split())
        assert said in told


def test_a_folder_with_nothing_running_gets_a_database_of_its_own(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "var"
    monkeypatch.delenv("CINEMA_DATABASE_URL")
    monkeypatch.setenv("CINEMA_DATA", str(folder))
    runner = CliRunner()
    with locked(folder):
        result = runner.invoke(app, ["events", "import", str(file)])
        assert "is running on" in result.stderr
    result = runner.invoke(app, ["events", "import", str(file), "--data", str(folder)])
    assert (result.exit_code, result.stderr) == (0, "")
    result = runner.invoke(app, ["events", "import", str(file), "--data", str(folder)])
    assert "The log cinema is not empty" in result.stderr
