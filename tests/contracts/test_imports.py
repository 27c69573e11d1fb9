"""What a role does not need it does not load: starts are short, processes small."""

import subprocess
import sys

import pytest

WEB = {"fastapi", "starlette", "uvicorn"}
SDKS = {"yookassa", "requests", "elasticsearch", "authlib"}
HEAVY = WEB | SDKS | {"joserfc", "zxcvbn", "jinja2", "nats", "tantivy", "eventsourcing"}
LIST = "import sys, {module}; print(*sys.modules)"


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("infra.cli.__main__", HEAVY | {"psycopg", "pydantic", "rich"}),
        ("infra.embedded.up", HEAVY),
        ("infra.migrate", HEAVY),
        ("infra.bootstrap", WEB | SDKS | {"joserfc", "zxcvbn", "jinja2", "nats"}),
        ("infra.asgi", SDKS - {"authlib"}),
    ],
)
def test_what_is_not_loaded(module: str, unwanted: set[str]) -> None:
    command = [sys.executable, "-c", LIST.format(module=module)]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert unwanted.isdisjoint(loaded.split())
