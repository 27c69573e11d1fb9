"""Every error as problem details (RFC 9457), with nothing of the inside in it."""

import logging
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from opentelemetry import trace
from starlette.exceptions import HTTPException

from domain.kernel.errors import DomainError, Invalid, VersionMismatch
from projections.projection import Unavailable

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


def problem(
    path: str,
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    body = {
        "type": f"/problems/{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        "instance": path,
        "code": code,
        "trace_id": trace_id(),
        **more,
    }
    return JSONResponse(
        body, status, headers=dict(headers or {}), media_type=MEDIA_TYPE
    )


def trace_id() -> str | None:
    context = trace.get_current_span().get_span_context()
    return trace.format_trace_id(context.trace_id) if context.is_valid else None


def kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def failed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    usual = kebab(HTTPStatus(error.status_code).name.title().replace("_", ""))
    code = getattr(error, "code", usual)
    more = getattr(error, "more", {})
    return problem(
        request.url.path,
        error.status_code,
        code,
        str(error.detail),
        headers=error.headers,
        **more,
    )


def invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [
        {
            "pointer": pointer(found["loc"]),
            "code": found["type"],
            "detail": found["msg"],
        }
        for found in error.errors()
    ]
    is_unreadable = any(found["code"] == "json_invalid" for found in errors)
    status, code = (400, "malformed-json") if is_unreadable else (422, "invalid")
    detail = "; ".join(f"{found['pointer']}: {found['detail']}" for found in errors)
    return problem(request.url.path, status, code, detail, errors=errors)


def pointer(location: tuple[int | str, ...]) -> str:
    """RFC 6901 into the body; ``/query/q`` and the like for the rest."""
    steps = location[1:] if location[:1] == ("body",) else location
    return "".join(
        f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps
    )


def refusing(
    statuses: Mapping[type[DomainError], int],
) -> Callable[[Request, Exception], JSONResponse]:
    def refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, DomainError)
        status = next(
            code for kind, code in statuses.items() if isinstance(error, kind)
        )
        code, detail = kebab(type(error).__name__), str(error)
        headers: dict[str, str] = {}
        more: dict[str, Any] = {}
        if isinstance(error, VersionMismatch):
            headers["ETag"] = f'"{error.current}"'
        if isinstance(error, Invalid):
            found = {"pointer": error.pointer, "code": code, "detail": detail}
            more["errors"] = [found]
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers["Retry-After"] = "1"
        return problem(request.url.path, status, code, detail, headers=headers, **more)

    return refused


def unavailable(request: Request, error: Exception) -> JSONResponse:
    logger.warning("unavailable: %s", request.url.path, exc_info=error)
    code, detail = kebab(type(error).__name__), (type(error).__doc__ or "").strip()
    headers = {"Retry-After": "1"}
    return problem(request.url.path, 503, code, detail, headers=headers)


def install(app: FastAPI, refusals: Mapping[type[DomainError], int]) -> None:
    app.add_exception_handler(HTTPException, failed)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(DomainError, refusing(refusals))
    app.add_exception_handler(Unavailable, unavailable)
