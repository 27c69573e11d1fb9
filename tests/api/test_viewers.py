"""For whom a page is made, as it is told from a request."""

from typing import Any, cast

import pytest
from fastapi import Request

from query_api.countries import Countries


def asked(**headers: str) -> Request:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "headers": raw}
    return Request(cast("Any", scope))


@pytest.mark.parametrize(
    ("told", "country"),
    [("KZ", "KZ"), ("", "RU"), ("kz", "RU"), ("KAZ", "RU"), ("T1", "RU"), ("К3", "RU")],
)
def test_a_proxy_says_where_the_caller_is(told: str, country: str) -> None:
    assert Countries(header="X-Country").of(asked(**{"X-Country": told})) == country


def test_nobody_is_believed_unless_a_proxy_is_named() -> None:
    assert Countries().of(asked(**{"X-Country": "KZ"})) == "RU"
    assert Countries(home="KZ").of(asked()) == "KZ"
