"""What a subscriber may not do, over every route that a subscriber has."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from infra.asgi import command_app, query_app
from tests.billing.conftest import Shop

#: Nobody sets these of what is theirs; only facts do.
FORBIDDEN = {
    "access_until",
    "account_id",
    "amount",
    "anchor",
    "attempts",
    "cancel_at",
    "credit",
    "currency",
    "discount",
    "ends_at",
    "invoice_id",
    "owner",
    "owner_id",
    "paid_at",
    "paid_until",
    "payment_id",
    "period",
    "period_end",
    "period_no",
    "period_start",
    "permissions",
    "price",
    "price_version",
    "roles",
    "started_at",
    "status",
    "terms",
    "total",
    "trial_days",
    "vat_percent",
}
METHODS = ("get", "post", "put", "patch", "delete")
OURS = ("/command/v1/subscriptions", "/command/v1/payment", "/command/v1/me/")


class Route(NamedTuple):
    method: str
    path: str
    schema: dict[str, Any] | None
    #: What has to be in the query.
    query: dict[str, Any]


class Api(NamedTuple):
    """The description of an API, walked."""

    document: dict[str, Any]

    def routes(self, *permissions: str) -> Iterator[Route]:
        for path, operations in self.document["paths"].items():
            for method in {*METHODS} & {*operations}:
                operation = operations[method]
                if operation.get("x-required-permission") in permissions:
                    body, query = self.body_of(operation), self.query_of(operation)
                    yield Route(method, path, body, query)

    def query_of(self, operation: dict[str, Any]) -> dict[str, Any]:
        return {
            each["name"]: self.example(each["schema"])
            for each in operation.get("parameters", ())
            if each["in"] == "query" and each.get("required")
        }

    def body_of(self, operation: dict[str, Any]) -> dict[str, Any] | None:
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return None if schema is None else self.resolved(schema)

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in schema:
            return schema
        found: Any = self.document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return self.resolved(found)

    def fields(self, schema: dict[str, Any]) -> Iterator[str]:
        schema = self.resolved(schema)
        for part in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
            yield from self.fields(part)
        if "items" in schema:
            yield from self.fields(schema["items"])
        for name, each in schema.get("properties", {}).items():
            yield name
            yield from self.fields(each)

    def example(self, schema: dict[str, Any]) -> Any:
        """The least that the schema takes."""
        schema = self.resolved(schema)
        for part in schema.get("anyOf", ()):
            return self.example(part)
        if "enum" in schema or "const" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        match schema.get("type"), schema.get("format"):
            case "object", _:
                wanted = schema.get("required", ())
                return {
                    name: self.example(schema["properties"][name]) for name in wanted
                }
            case "array", _:
                return []
            case "string", "uuid":
                return str(uuid4())
            case "string", "date-time":
                return "2030-01-01T00:00:00Z"
            case "string", _:
                return "x" * schema.get("minLength", 1)
            case "boolean", _:
                return True
            case _:
                return schema.get("minimum", 1)


@pytest.fixture
def commands(shop: Shop) -> Api:
    return Api(command_app(shop.system).openapi())


@pytest.fixture
def queries(shop: Shop) -> Api:
    return Api(query_app(shop.system).openapi())


def test_no_field_of_any_body_is_what_only_facts_may_set(commands: Api) -> None:
    found = [*commands.routes("me", "public")]
    assert len(found) > 20
    for route in found:
        if route.schema and not route.path.startswith("/webhooks"):
            assert not FORBIDDEN & {*commands.fields(route.schema)}, route.path


def test_what_is_sent_besides_is_refused_and_changes_nothing(
    shop: Shop, commands: Api
) -> None:
    id_ = shop.buy()
    ids, before = ids_of(shop, id_), shop.system.log.head()
    status, tried = shop.subscription(id_), 0
    for route in commands.routes("me"):
        if not route.schema or not route.path.startswith(OURS):
            continue
        body = commands.example(route.schema) | dict.fromkeys(FORBIDDEN, "active")
        answer = send(shop, route, ids, json=body)
        assert answer.status_code == 422, route.path
        pointers = {error["pointer"] for error in answer.json()["errors"]}
        assert {f"/{name}" for name in FORBIDDEN} <= pointers, route.path
        tried += 1
    assert tried > 3
    shop.drain()
    assert shop.system.log.head() == before
    assert shop.subscription(id_) == status


def test_staff_verbs_are_not_a_subscribers(shop: Shop, commands: Api) -> None:
    ids, before = ids_of(shop, shop.buy()), shop.system.log.head()
    known = {
        operation["x-required-permission"]
        for operations in commands.document["paths"].values()
        for operation in operations.values()
    }
    for route in commands.routes(*(known - {"me", "public"})):
        answer = send(shop, route, ids, json={})
        assert answer.status_code == 403, route.path
    shop.drain()
    assert shop.system.log.head() == before


def test_what_is_anothers_is_not_found_on_any_route(
    shop: Shop, commands: Api, queries: Api
) -> None:
    ids = ids_of(shop, shop.buy())
    before, tried = shop.system.log.head(), 0
    for api in (commands, queries):
        for route in api.routes("me"):
            if not {*ids} & {*names_in(route.path)}:
                continue
            body = api.example(route.schema) if route.schema else None
            answer = send(shop, route, ids, "boris", json=body)
            assert answer.status_code == 404, (route.path, answer.text)
            tried += 1
    assert tried >= 6
    shop.drain()
    assert shop.system.log.head() == before


def names_in(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def ids_of(shop: Shop, id_: str) -> dict[str, str]:
    """How routes call what is somebody's."""
    [payment] = shop.get("/me/payments").json()["items"]
    card = shop.subscription(id_)["payment_method"]["id"]
    return {
        "subscription_id": id_,
        "payment_id": payment["id"],
        "payment_method_id": card,
    }


def send(
    shop: Shop, route: Route, ids: dict[str, str], as_: str = "anna", **options: Any
) -> Any:
    shop.keys += 1
    path = route.path
    for name in names_in(path):
        path = path.replace(f"{{{name}}}", ids.get(name, str(uuid4())))
    headers = {
        "Authorization": f"Bearer {as_}",
        "Idempotency-Key": f"abuse {shop.keys}",
    }
    return shop.client.request(
        route.method, path, headers=headers, params=route.query, **options
    )
