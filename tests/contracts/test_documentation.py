"""What is generated in ``docs/`` is what the code says today.

``python -m infra.documentation`` writes it anew.
"""

import json
import re
from typing import Any

import pytest

from domain.registry import EVENTS
from infra.documentation import DOCS, pages

CONTRACTS = ("openapi/command.json", "openapi/query.json")


@pytest.mark.parametrize("name", pages())
def test_is_as_the_code_says(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run: python -m infra.documentation"


def test_every_event_is_on_the_page() -> None:
    headings = set(pages()["events.md"].splitlines())
    assert {f"### {event.__name__}" for event in EVENTS} <= headings


@pytest.mark.parametrize("name", CONTRACTS)
def test_operations_are_told_apart(name: str) -> None:
    document = json.loads(pages()[name])
    names = [operation["operationId"] for operation in operations(document)]
    assert document["openapi"].startswith("3.1")
    assert len(names) == len(set(names))


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for path in document["paths"].values() for one in path.values()]


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_reference_leads_somewhere(name: str) -> None:
    document = json.loads(pages()[name])
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', pages()[name]):
        place = document
        for step in reference.split("/"):
            place = place[step]


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_operation_says_who_may_and_what_goes_wrong(name: str) -> None:
    for operation in operations(json.loads(pages()[name])):
        assert operation["summary"]
        assert operation["tags"], operation["operationId"]
        assert operation["security"]
        assert operation["x-required-permission"]
        assert "401" in operation["responses"]
