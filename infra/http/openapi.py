"""The OpenAPI document: what FastAPI does not know of our operations.

Which permission each of them needs is read off the route that declares it.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from infra.http.described import describe_common, describe_operation

EXTENSION = "x-required-permission"


class UnguardedRoute(LookupError):
    """A route names no permission, or several."""


def document_operations(app: FastAPI) -> None:
    """Permissions, errors and how to sign in. Raises ``UnguardedRoute``."""
    needed = {operation(route): permission_of(route) for route in operations(app)}
    describe = app.openapi

    def described() -> dict[str, Any]:
        document = describe()
        describe_common(document)
        for (path, method), permission in needed.items():
            if item := document["paths"].get(path):
                item[method][EXTENSION] = permission
                describe_operation(path, method, item[method], permission)
        return document

    app.openapi = described  # type: ignore[method-assign]


def operations(app: FastAPI) -> Iterator[RouteContext]:
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute):
            yield route


def operation(route: RouteContext) -> tuple[str, str]:
    [method] = route.methods or {"GET"}
    return str(route.path_format), method.lower()


def permission_of(route: RouteContext) -> str:
    guards = set(permissions(route.dependant))
    if len(guards) != 1:
        raise UnguardedRoute(f"{operation(route)} is guarded by {sorted(guards)}")
    return guards.pop()


def permissions(dependant: Dependant) -> Iterator[str]:
    if permission := getattr(dependant.call, "permission", None):
        yield permission
    for dependency in dependant.dependencies:
        yield from permissions(dependency)
