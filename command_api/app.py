"""The application that changes things."""

from fastapi import FastAPI

from command_api import (
    accounts,
    collections,
    film_links,
    film_series,
    films,
    genres,
    health,
    keys,
    oidc,
    passwords,
    pauses,
    payments,
    people,
    plan_changes,
    plans,
    profile,
    progress,
    promo_codes,
    refunds,
    registrations,
    sessions,
    standing,
    streams,
    subscriptions,
    tokens,
    trials,
    verifications,
    watchlist,
    webhooks,
)
from command_api.dependencies import Services

CATALOGUE = (films, film_links, film_series, genres, people, collections)
VIEWING = (progress, watchlist, streams)
SELLING = (plans, promo_codes, subscriptions, plan_changes)
BILLING = (*SELLING, trials, pauses, standing, payments, refunds)
PARTS = (health, *CATALOGUE, *VIEWING, accounts, profile, *BILLING)
#: Sign-in, at an address of its own.
SIGN_IN = (registrations, tokens, sessions, passwords, oidc, verifications)


def create_app(services: Services) -> FastAPI:
    app = FastAPI(
        title="Cinema: commands",
        version="1",
        openapi_url="/command/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    app.state.authenticate = services.authenticate
    for part in PARTS:
        app.include_router(part.router, prefix="/command/v1")
    for part in SIGN_IN:
        app.include_router(part.router, prefix="/auth/v1")
    app.include_router(keys.router)
    app.include_router(webhooks.router)
    return app
