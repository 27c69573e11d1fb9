"""The part of ``docs/`` that is derived from the code. A test compares."""

from collections.abc import Mapping
from pathlib import Path

from infra.documentation.contracts import command_contract, query_contract
from infra.documentation.events import events_page

DOCS = Path(__file__).parents[2] / "docs"


def pages() -> Mapping[str, str]:
    """What stands in each file, by its path in ``docs/``."""
    return {
        "openapi/command.json": command_contract(),
        "openapi/query.json": query_contract(),
        "events.md": events_page(),
    }
