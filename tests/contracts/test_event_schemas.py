"""The names and shapes that are in the log for ever.

A change here is a change to stored history: give the new field a default, add a new
event, or an upcast. ``python -m tests.contracts.test_event_schemas`` freezes new ones.
"""

import json
from pathlib import Path

import msgspec
import pytest

from domain.registry import DECIDERS, EVENTS

FROZEN = Path(__file__).parent / "schemas"


def test_names_are_unique() -> None:
    names = [kind.__name__ for kind in (*EVENTS, *DECIDERS)]
    assert len(names) == len(set(names))


def test_nothing_that_was_ever_recorded_is_forgotten() -> None:
    frozen = {path.stem for path in FROZEN.glob("*.json")}
    assert frozen <= {kind.__name__ for kind in EVENTS}


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: str(kind.__name__))
def test_the_shape_is_as_it_was(kind: type) -> None:
    assert (FROZEN / f"{kind.__name__}.json").read_text() == shape(kind)


def shape(kind: type) -> str:
    return json.dumps(msgspec.json.schema(kind), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":  # Freezes what is not frozen yet, and nothing else.
    for kind in EVENTS:
        frozen = FROZEN / f"{kind.__name__}.json"
        if not frozen.exists():
            frozen.write_text(shape(kind))
