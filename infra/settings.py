"""Everything that differs between one installation and another."""

from pathlib import Path
from typing import Literal

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MODULES = {
    "memory": "infra.eventstore.memory:MemoryFactory",
    "postgres": "infra.eventstore.postgres:Factory",
}


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="CINEMA_", env_file=".env", extra="ignore", frozen=True
    )

    #: ``memory`` holds only the log, and is for tests.
    storage: Literal["memory", "postgres"] = "postgres"
    #: The folder of ``cinema up``.
    data: Path = Path("var")
    database_url: SecretStr = SecretStr("")
    #: How many connections one process may hold to read models, and to the log.
    database_pool: int = 8
    nats_url: str = ""
    elasticsearch_url: str = ""

    @property
    def conninfo(self) -> str:
        """libpq's way of saying where the database is; every session is in UTC."""
        return make_conninfo(
            self.database_url.get_secret_value(), options="-c timezone=UTC"
        )

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
