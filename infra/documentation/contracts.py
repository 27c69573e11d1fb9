"""The OpenAPI documents of both applications, without anything behind them."""

import json
from dataclasses import fields
from typing import Any

from fastapi import FastAPI

from command_api.app import create_app as create_command_app
from command_api.dependencies import Services
from infra.asgi import wrapped
from query_api.app import create_app as create_query_app
from query_api.dependencies import Views


def command_contract() -> str:
    return contract(create_command_app(unplugged(Services)), "/command/v1")


def query_contract() -> str:
    return contract(create_query_app(unplugged(Views)), "/query/v1")


def contract(app: FastAPI, path: str) -> str:
    document = wrapped(app, path).openapi()
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def unplugged(services: type[Any]) -> Any:
    """Enough to describe an application by, not to run it."""
    return services(**dict.fromkeys(field.name for field in fields(services)))
