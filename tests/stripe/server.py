"""The account over HTTP: keys, idempotence, lists, faults."""

import json
import socket
import struct
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from tests.stripe import form
from tests.stripe.account import Account, Document, Problem, missing, public

KEY = "sk_test_fault_server"
KINDS = {
    "/v1/checkout/sessions": "checkout.session",
    "/v1/payment_intents": "payment_intent",
    "/v1/refunds": "refund",
}
BEFORE, AFTER = "no-commit-", "commit-then-"
BAD_GATEWAY = b"<html><body>502 Bad Gateway</body></html>"
RESET = struct.pack("ii", 1, 0)


@dataclass
class StripeServer:
    account: Account = field(default_factory=Account)
    url: str = ""
    #: What the next POSTs run into.
    faults: deque[str] = field(default_factory=deque)
    #: What the next refunds come to.
    refunds: deque[str] = field(default_factory=deque)
    answers: dict[str, tuple[str, int, Any]] = field(default_factory=dict)
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    closing: Event = field(default_factory=Event)

    def reset(self) -> None:
        self.account.clock = time.time
        self.account.documents.clear()
        self.account.events.clear()
        self.account.scripts.clear()
        for each in (self.faults, self.refunds, self.answers, self.requests):
            each.clear()

    @property
    def charges(self) -> int:
        """Sessions, and intents that nobody was sent to a page for."""
        through = {s["payment_intent"] for s in self.account.all("checkout.session")}
        intents = self.account.all("payment_intent")
        alone = [intent for intent in intents if intent["id"] not in through]
        return len(self.account.all("checkout.session")) + len(alone)

    def post(self, path: str, body: str, key: str | None) -> tuple[int, Any]:
        if key is None:
            return self.act(path, form.read(body))
        with self.lock:
            known = self.answers.get(key)
            if known is None:
                known = (f"{path} {body}", *self.act(path, form.read(body)))
                self.answers[key] = known
        asked, status, answer = known
        if asked != f"{path} {body}":
            text = "Keys for idempotent requests can only be used with the same"
            problem = Problem(400, "idempotency_error", f"{text} parameters.")
            return problem.status, problem.body
        return status, answer

    def act(self, path: str, asked: Mapping[str, Any]) -> tuple[int, Any]:
        account = self.account
        try:
            match path:
                case "/v1/checkout/sessions":
                    made = account.open_session(asked)
                case "/v1/payment_intents":
                    made = account.charge(asked)
                case "/v1/refunds":
                    outcome = self.refunds.popleft() if self.refunds else "succeeded"
                    made = account.refund(asked, outcome)
                case _:
                    raise missing("route", path)
        except Problem as problem:
            return problem.status, problem.body
        return 200, self.expanded(made, form.listed(asked.get("expand")))

    def get(self, path: str, query: Mapping[str, Any]) -> tuple[int, Any]:
        try:
            return 200, self.found(path, query)
        except Problem as problem:
            return problem.status, problem.body

    def found(self, path: str, query: Mapping[str, Any]) -> Document:
        expand = form.listed(query.get("expand"))
        if kind := KINDS.get(path):
            return self.page(kind, query, expand)
        folder, _, id_ = path.rpartition("/")
        if folder not in KINDS:
            raise missing("route", path)
        return self.expanded(self.account.find(id_, KINDS[folder]), expand)

    def page(self, kind: str, query: Mapping[str, Any], expand: list[str]) -> Document:
        found = self.account.all(kind)
        if created := query.get("created"):
            first, last = int(created["gte"]), int(created["lte"])
            found = [each for each in found if first <= each["created"] <= last]
        if intent := query.get("payment_intent"):
            found = [each for each in found if each["payment_intent"] == intent]
        if after := query.get("starting_after"):
            ids = [each["id"] for each in found]
            found = found[ids.index(after) + 1 :]
        limit = int(query.get("limit", 10))
        inner = [each.removeprefix("data.") for each in expand]
        items = [self.expanded(each, inner) for each in found[:limit]]
        return {"object": "list", "data": items, "has_more": len(found) > limit}

    def expanded(self, document: Document, paths: list[str]) -> Document:
        made = public(document)
        for path in paths:
            name, _, rest = path.partition(".")
            inner = made.get(name)
            if isinstance(inner, str):
                inner = public(self.account.documents[inner])
            if isinstance(inner, dict):
                made[name] = self.expanded(inner, [rest]) if rest else inner
        return made


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    stripe: StripeServer

    def do_GET(self) -> None:  # As http.server has it.
        parts = urlsplit(self.path)
        if self.is_known():
            self.answer(*self.stripe.get(parts.path, form.read(parts.query)))

    def do_POST(self) -> None:  # As http.server has it.
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        key = self.headers.get("Idempotency-Key")
        self.stripe.requests.append((self.path, body, key or ""))
        if not self.is_known():
            return
        fault = self.stripe.faults.popleft() if self.stripe.faults else ""
        if fault.startswith(AFTER) or fault == "truncated-json":
            status, answer = self.stripe.post(self.path, body, key)
            self.spoil(fault.removeprefix(AFTER), status, answer)
        elif fault:
            self.spoil(fault.removeprefix(BEFORE), 200, {})
        else:
            self.answer(*self.stripe.post(self.path, body, key))

    def is_known(self) -> bool:
        given = self.headers.get("Authorization", "")
        if given == f"Bearer {KEY}":
            return True
        problem = Problem(401, "invalid_request_error", f"Invalid API Key: {given}")
        self.answer(problem.status, problem.body)
        return False

    def spoil(self, how: str, status: int, answer: Any) -> None:
        match how:
            case "reset" | "hang":
                if how == "hang":
                    self.stripe.closing.wait(3)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                self.close_connection = True
                self.connection.close()
            case "truncated-json":
                text = json.dumps(answer).encode()
                self.send(status, text[: len(text) // 2])
            case "502":
                self.send(502, BAD_GATEWAY)
            case "processing":
                self.answer(202, {"object": "processing"})
            case "too-many-requests":
                self.refuse(429, "invalid_request_error", code="rate_limit")
            case "key-duplicated":
                self.refuse(400, "idempotency_error")
            case "key-in-use":
                code = "idempotency_key_in_use"
                self.refuse(409, "idempotency_error", code=code)
            case _:
                self.refuse(500, "api_error")

    def refuse(self, status: int, type_: str, **more: Any) -> None:
        problem = Problem(status, type_, "It did not work.", **more)
        self.answer(problem.status, problem.body)

    def answer(self, status: int, body: Any) -> None:
        self.send(status, json.dumps(body).encode())

    def send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quietly."""

    def finish(self) -> None:
        """A connection that was reset has nothing left to be flushed."""
        try:
            super().finish()
        except (OSError, ValueError):
            return


@contextmanager
def running() -> Iterator[StripeServer]:
    stripe = StripeServer()
    door = type("OneDoor", (Door,), {"stripe": stripe})
    with ThreadingHTTPServer(("127.0.0.1", 0), door) as server:
        server.daemon_threads = True
        stripe.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield stripe
        stripe.closing.set()
        server.shutdown()
        thread.join()
