"""The command API as ``cinema serve command`` runs it: KIND PORT.

KIND is ``ours``; ``empty``, where whatever is dispatched is answered at once and
nothing is decided or recorded; or ``async``, an experiment: the route that is measured
is a coroutine on the event loop, over the asyncio front of the event store.
"""

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import cast
from uuid import UUID, uuid4, uuid5

from fastapi import FastAPI, Request, Response

from benchmarks.generator import PATH
from command_api.dependencies import Accepted, fingerprint, new_id
from command_api.people import PersonBody
from command_api.security import Holder
from domain.kernel.messages import Metadata, Receipt
from domain.kernel.values import PersonId
from domain.person.commands import AddPerson
from infra import asgi
from infra.bootstrap import System, assemble
from infra.cli.serve import listen, server
from infra.embedded.addresses import find_settings
from infra.eventstore.async_log import AsyncLog
from infra.eventstore.cinema import receipt, stream_of
from infra.eventstore.histories import States
from infra.eventstore.log import Log
from infra.eventstore.recorder import LogRecorder, Row
from infra.personal.ports import WITHHELD


class Loaded:
    """What a decision reads of a recorder, read before."""

    keys = WITHHELD

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = [*rows]

    def select_streams(self, streams: Iterable[str]) -> list[Row]:
        wanted = set(streams)
        return [row for row in self.rows if row[0] in wanted]


def add_coroutine(app: FastAPI, system: System) -> None:
    """The same as the route of the cinema, without its thread."""
    conninfo = system.settings.conninfo
    log = AsyncLog(conninfo, Log("es", "cinema_events"), system.bell.ring)
    editor = Holder("catalogue:edit")

    async def add_person(
        body: PersonBody, request: Request, response: Response
    ) -> Accepted:
        caller = editor(request)
        key = request.headers.get("idempotency-key") or uuid4()
        route = f"{request.method} {request.url.path} {key}"
        metadata = Metadata.root(
            uuid5(caller.account_id, route), actor=str(caller.account_id)
        )
        person_id = PersonId(new_id())
        command = AddPerson(
            person_id=person_id,
            name=body.name,
            birth_date=body.birth_date,
            now=system.clock(),
        )
        rows = await log.load(stream_of(command))
        histories = States(cast("LogRecorder", Loaded(rows)))
        decision = system.cinema.decide(
            command, metadata, histories, await fingerprint(request)
        )
        made = receipt(decision, await log.append(decision))
        response.headers["Cinema-Position"] = str(made.position)
        response.headers["ETag"] = f'"{made.version}"'
        response.headers["Location"] = f"/query/v1/people/{person_id}"
        return Accepted(id=person_id, version=made.version, position=made.position)

    app.router.routes = [
        route for route in app.router.routes if getattr(route, "path", "") != PATH
    ]
    app.add_api_route(PATH, add_person, methods=["POST"], status_code=201)


class Nowhere:
    """Takes progress and keeps none."""

    def take(self, *_: object) -> None:
        return None


def answer_at_once(_: object, __: Metadata, /, **___: object) -> Receipt:
    return Receipt(f"person-{UUID(int=1)}", 1, 1)


def application(system: System, kind: str) -> FastAPI:
    app = asgi.command_app(system)
    if kind == "empty":
        services = app.state.services
        app.state.services = replace(
            services, dispatch=answer_at_once, progress=Nowhere()
        )
    elif kind == "async":
        add_coroutine(app, system)
    return app


def main() -> None:
    kind, port = sys.argv[1:]
    settings = find_settings()
    listener = listen("127.0.0.1", int(port))
    with assemble(settings) as system:
        print("ready", flush=True)
        server(application(system, kind), settings).run(sockets=[listener])


if __name__ == "__main__":
    main()
