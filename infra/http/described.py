"""What every operation may answer besides, and who may ask, for OpenAPI."""

from collections.abc import Iterator
from typing import Any

PUBLIC, OWN = "public", "me"
#: Where guessing is slowed down.
LIMITED = "/auth/"
REASONS = {
    "400": "What was sent cannot be understood.",
    "401": "Sign in first, or again: the access token is missing or not valid.",
    "403": "The caller has no role that allows this.",
    "404": "There is no such thing, or not for this caller.",
    "409": "As things are this is not possible; the code says why.",
    "412": "It has changed since the version that If-Match names.",
    "413": "The body is too long.",
    "415": "The body is not JSON.",
    "422": "A value is not valid; the errors say which, and why.",
    "429": "Too many requests; Retry-After says when to ask again.",
    "503": "Not now; Retry-After says when to ask again.",
}
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "Problem details (RFC 9457). `code` is stable; the texts are not.",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"type": "string"},
        "trace_id": {"type": ["string", "null"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
    "examples": [
        {
            "type": "/problems/not-found",
            "title": "Not found",
            "status": 404,
            "detail": "There is no such thing.",
            "instance": "/query/v1/films/0198c6e2-7d4c-7cc0-8000-5f2b7f0e1c3a",
            "code": "not-found",
            "trace_id": None,
        }
    ],
}
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "The access token of `POST /auth/v1/tokens`.",
}


def describe_common(document: dict[str, Any]) -> None:
    """What operations refer to. FastAPI's own error schemas are not what we send."""
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = PROBLEM
    parts["securitySchemes"] = {"bearer": BEARER}
    content = {"schema": {"$ref": "#/components/schemas/Problem"}}
    parts["responses"] = {
        f"Problem{status}": {
            "description": reason,
            "content": {"application/problem+json": content},
        }
        for status, reason in REASONS.items()
    }


def describe_operation(
    path: str, method: str, operation: dict[str, Any], permission: str
) -> None:
    token: dict[str, list[str]] = {"bearer": []}
    operation["security"] = [{}, token] if permission == PUBLIC else [token]
    answers = operation["responses"]
    for status in refusals(path, method, operation, permission):
        answers[status] = {"$ref": f"#/components/responses/Problem{status}"}


def refusals(
    path: str, method: str, operation: dict[str, Any], permission: str
) -> Iterator[str]:
    yield from ("400", "401", "503")
    if path.startswith(LIMITED):
        yield "429"
    if permission not in (PUBLIC, OWN):
        yield "403"
    if "{" in path:
        yield "404"
    if "422" in operation["responses"]:
        yield "422"
    if method != "get":
        yield from ("409", "412")
    if "requestBody" in operation:
        yield from ("413", "415")
