"""A legacy file, a system to take it over, and the command that does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.bootstrap import System, assemble
from infra.cli.__main__ import app
from infra.settings import Settings
from tests.legacy.files import FILMS, Cinema
from tests.legacy_database import Legacy


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "legacy.sqlite"
    Legacy(path, FILMS).write()
    return path


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        yield system


@pytest.fixture
def cinema(system: System, monkeypatch: pytest.MonkeyPatch) -> Cinema:
    url = system.settings.database_url.get_secret_value()
    monkeypatch.setenv("CINEMA_DATABASE_URL", url)
    monkeypatch.setenv("CINEMA_DATA", str(system.settings.data))
    runner = CliRunner()
    return lambda *words: runner.invoke(app, ["import", *map(str, words)])
