"""The dashboards put together, to be mounted into the query application."""

import logging
from pathlib import Path

from fastapi import FastAPI
from jinja2 import PackageLoader
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_admin.base import BaseAdmin
from starlette_admin.i18n import (
    I18nConfig,
    TimezoneConfig,
    format_date,
    get_locale,
    set_locale,
)
from starlette_admin.views import BaseView

from query_api.dashboards.billing import Payments, Subscriptions
from query_api.dashboards.catalogue import Genres, People
from query_api.dashboards.collections import Collections
from query_api.dashboards.films import Films
from query_api.dashboards.finance import Finance
from query_api.dashboards.merging import Merging
from query_api.dashboards.monitoring import Monitoring
from query_api.dashboards.overview import Overview
from query_api.dashboards.plans import Plans
from query_api.dashboards.ports import Dashboards
from query_api.dashboards.promo_codes import PromoCodes
from query_api.dashboards.reconciliation import Differences
from query_api.dashboards.refunds import Refunds
from query_api.dashboards.searches import Searches
from query_api.dashboards.security import OwnAccount
from query_api.dashboards.tables import MOST_COUNTED
from query_api.dashboards.users import Users
from query_api.dashboards.wording import both, said
from query_api.languages import Language, preferred

LANGUAGES = ("ru", "en")
#: For a year from the last page on.
LASTING = "language={}; Max-Age=31536000; Path=/; SameSite=Lax"
#: The framework has inline scripts and styles; everything comes from here.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class PrivateToTheStaff:
    """Nothing from elsewhere is loaded, nothing of this is kept by anybody."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_asset = "/static/" in scope.get("path", "")
        chosen = chosen_language(scope)
        if chosen is None and scope["type"] == "http":
            set_locale(preferred_language(scope))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                if not is_asset:
                    headers["Cache-Control"] = "no-store"
                    headers["Content-Language"] = get_locale()
                is_page = headers.get("Content-Type", "").startswith("text/html")
                if chosen and is_page:
                    headers.append("Set-Cookie", LASTING.format(chosen))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def chosen_language(scope: Scope) -> str | None:
    """What this browser has been switched to: kept for longer than the browser runs."""
    if scope["type"] != "http":
        return None
    language = HTTPConnection(scope).cookies.get("language")
    return language if language in LANGUAGES else None


def preferred_language(scope: Scope) -> Language:
    """Of a browser that has not been switched; the framework wants a bare ``en``."""
    return preferred(HTTPConnection(scope).headers.get("Accept-Language", ""))


def mount(app: FastAPI, given: Dashboards) -> None:
    # Below that level it writes down what people search for.
    logging.getLogger("starlette_admin").setLevel(logging.ERROR)
    admin = BaseAdmin(
        title=both("Кинотеатр", "Cinema"),
        additional_loaders=[PackageLoader("query_api.dashboards", "templates")],
        templates_dir="",
        static_dir=str(Path(__file__).parent / "static"),
        index_view=Overview(given.figures),
        auth_provider=OwnAccount(given.authenticate, given.commands, given.sessions),
        secret_key=given.secret,
        middlewares=[Middleware(PrivateToTheStaff)],
        i18n_config=I18nConfig(default_locale="ru", language_switcher=[*LANGUAGES]),
        timezone_config=TimezoneConfig(),
    )
    admin.templates.env.globals.update(
        said=said,
        format_day=format_date,
        most_counted=MOST_COUNTED,
        email_label=both("Почта", "E-mail"),
    )
    for view in views(given):
        admin.add_view(view)
    admin.mount_to(app)


def views(given: Dashboards) -> list[BaseView]:
    films, genres, people = Films(given), Genres(given), People(given)
    return [
        films,
        genres,
        people,
        Collections(given),
        Merging(genres, films.table, "genre_ids"),
        Merging(people, films.table, "person_ids"),
        Plans(given),
        PromoCodes(given),
        Searches(given.searched, given.clock),
        Users(given),
        Subscriptions(given),
        Payments(given),
        Refunds(given),
        Finance(given.finance, given.clock),
        Differences(given),
        Monitoring(given.figures, given.finance),
    ]
