"""The application that changes things."""

from fastapi import FastAPI

from command_api import films, genres, health
from command_api.dependencies import Services

PARTS = (health, films, genres)


def create_app(services: Services) -> FastAPI:
    app = FastAPI(
        title="Cinema: commands",
        version="1",
        openapi_url="/command/v1/openapi.json",
        docs_url="/command/v1/docs",
        redoc_url=None,
    )
    app.state.services = services
    app.state.authenticate = services.authenticate
    for part in PARTS:
        app.include_router(part.router, prefix="/command/v1")
    return app
