import pytest
from pydantic import SecretStr

from infra.settings import Settings, masked

PASSWORD = "s3cr3t"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("", ""),
        ("postgresql://ann:s3cr3t@db/cinema", "postgresql://ann:********@db/cinema"),
        ("postgresql://ann@db/cinema", "postgresql://ann@db/cinema"),
        ("host=db password=s3cr3t", "********"),
    ],
)
def test_of_a_secret_url_only_the_password_is_hidden(url: str, shown: str) -> None:
    settings = Settings(_env_file=None, database_url=SecretStr(url))
    assert masked(settings)["database_url"] == shown


def test_no_secret_is_shown() -> None:
    settings = Settings(
        _env_file=None,
        nats_url=f"nats://ann:{PASSWORD}@bus",
        yookassa_secret_key=SecretStr(PASSWORD),
        admin_password=SecretStr(PASSWORD),
        smtp_password=SecretStr(PASSWORD),
    )
    assert PASSWORD not in str(masked(settings))
