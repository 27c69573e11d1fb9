"""How the other commands find what ``cinema up`` runs on a data folder."""

import json
import os
from pathlib import Path

from pydantic_settings import (
    BaseSettings,
    JsonConfigSettingsSource,
    PydanticBaseSettingsSource,
)
from typing_extensions import override

from infra.settings import Settings

SERVERS = "servers.json"


def publish(folder: Path, addresses: dict[str, object]) -> None:
    """Named like the settings they stand in for; nobody else may read them."""
    draft = folder / f"{SERVERS}.new"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(addresses, indent=2) + "\n")
    draft.replace(folder / SERVERS)


def withdraw(folder: Path) -> None:
    (folder / SERVERS).unlink(missing_ok=True)


class FoundSettings(Settings):
    """The settings; what they leave open is looked up in the data folder."""

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        given = (init_settings, env_settings, dotenv_settings, file_secret_settings)
        folder = Path(os.environ.get("CINEMA_DATA", "var"))
        found = JsonConfigSettingsSource(settings_cls, folder / SERVERS)
        return (*given, found)


def find_settings() -> Settings:
    return FoundSettings()
