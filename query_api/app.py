"""The application that reads."""

from fastapi import FastAPI

from query_api import (
    accounts,
    collections,
    explanations,
    films,
    genres,
    health,
    me,
    own_payments,
    own_refunds,
    own_subscriptions,
    own_viewing,
    people,
    plan_changes,
    plans,
    playback,
    promo_codes,
    refunds,
    search,
    subscriptions,
)
from query_api.dependencies import Views

CATALOGUE = (films, playback, genres, people, collections, search)
OWN_MONEY = (own_subscriptions, plan_changes, own_payments, own_refunds)
OWN = (me, *OWN_MONEY, explanations, own_viewing)
MONEY = (subscriptions, plans, promo_codes, refunds)
PARTS = (health, *CATALOGUE, *OWN, accounts, *MONEY)


def create_app(views: Views) -> FastAPI:
    app = FastAPI(
        title="Cinema: queries",
        version="1",
        openapi_url="/query/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.views = views
    app.state.authenticate = views.authenticate
    for part in PARTS:
        app.include_router(part.router, prefix="/query/v1")
    return app
