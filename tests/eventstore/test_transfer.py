"""A file of a store, and what is wrong with one that is not whole."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import connect

from infra.eventstore.arguments import PARTITIONS
from infra.eventstore.transfer import tables
from infra.eventstore.transfer.importing import Import, NotImported
from infra.eventstore.transfer.lines import DECODER, Event, event_line, stored
from infra.eventstore.transfer.reading import BadFile, Reading
from infra.settings import Settings
from tests.eventstore.carried import content, exported, imported
from tests.eventstore.sealed import fill, sealed
from tests.examples import NOON

Lines = list[bytes]
COMMAND = UUID(int=1)
UPDATE = "UPDATE es.cinema_events SET metadata = %s, payload = %s WHERE position = %s"
ODD = [
    b"",
    b" ",
    b"{} ",
    b" {}",
    b'{"a":\n1}',
    b"\xff",
    b'"\xff"',
    b"{",
    b"nothing",
    b'"text"',
    b'{"a": 1.0, "a":1e3}',
    b'["base64"]',
    b'"\x00"',
    '{"имя":"Ω"}'.encode(),
]


@given(
    st.sampled_from(ODD) | st.binary(),
    st.sampled_from(ODD) | st.binary() | st.from_regex(rb'\{"[a-z]*": *[0-9]+\}'),
    st.text(),
    st.integers(0, PARTITIONS - 1),
)
def test_every_byte_comes_back(
    metadata: bytes, payload: bytes, name: str, partition: int
) -> None:
    row = (1, name, 1, name, NOON, COMMAND, partition, metadata, payload)
    line = event_line("cinema", row)
    assert b"\n" not in line
    assert json.loads(line)["stream"] == name
    event = DECODER.decode(line)
    assert isinstance(event, Event)
    assert stored(event) == row


@pytest.fixture
def file(postgres: Settings) -> bytes:
    with sealed(postgres, 5):
        return exported(postgres)


def test_odd_bytes_travel_too(postgres: Settings, another: Settings) -> None:
    fill(postgres, len(ODD))
    with connect(postgres.conninfo) as connection:
        for position, value in enumerate(ODD, 1):
            values = (value, value, position)
            connection.execute(UPDATE, values)
    assert imported(another, exported(postgres)) == len(ODD)
    before, after = content(postgres, "es"), content(another, "es")
    assert after["es.cinema_events"] == before["es.cinema_events"]


def signed(lines: Lines) -> Lines:
    """With a trailer that fits."""
    whole = b"".join(lines[:-1])
    values = {"lines": len(lines) - 1, "sha256": sha256(whole).hexdigest()}
    return [*lines[:-1], json.dumps({"kind": "trailer"} | values).encode() + b"\n"]


def without(number: int) -> Callable[[Lines], Lines]:
    return lambda lines: [*lines[: number - 1], *lines[number:]]


def replaced(number: int, **values: Any) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        line = json.loads(lines[number - 1]) | values
        changed = json.dumps(line).encode() + b"\n"
        return signed([*lines[: number - 1], changed, *lines[number:]])

    return change


def cut(*parts: bytes) -> Callable[[Lines], Lines]:
    return lambda _: list(parts)


#: A header, five events with their receipts, two blocks, the clock and a trailer.
CASES: list[tuple[Callable[[Lines], Lines], int, str]] = [
    (cut(), 1, "trailer is missing"),
    (cut(b'{"position":1}\n'), 1, "missing required field"),
    (lambda lines: lines[3:], 1, "not what cinema events export FILE writes"),
    (replaced(1, version=2), 1, "of version 2"),
    (replaced(1, format="other"), 1, "not what"),
    (replaced(1, events={"cinema": 9}), 15, "the header promises"),
    (lambda lines: lines[:-1], 15, "trailer is missing"),
    (lambda lines: [*lines[:4], lines[4][:30]], 5, "cut off in the middle"),
    (lambda lines: [*lines[:4], b"{}\n", *lines[5:]], 5, "missing required field"),
    (lambda lines: [lines[0], *lines], 2, "second header"),
    (lambda lines: [*lines, b"\n"], 16, "behind the trailer"),
    (without(4), 4, "position 3 of cinema should follow"),
    (without(10), 14, "counts 14 lines, and there are 13"),
    (replaced(2, log="other"), 2, "does not know a log other"),
    (replaced(14, table="read.films"), 14, "no read.films"),
    (replaced(2, partition=2**15), 2, "Expected `int` <="),
    (replaced(2, version=2**63), 2, "Expected `int`"),
    (replaced(2, position=2), 2, "position 1 of cinema should follow"),
    (replaced(3, command_id="1"), 3, "command_id"),
    (replaced(2, base64=["payload"]), 2, "Expected `str`"),
    (replaced(2, base64=["payload"], payload="e"), 2, "base64"),
    (
        lambda lines: [*lines[:6], lines[6].replace(b":1,", b":2,"), *lines[7:]],
        15,
        "SHA",
    ),
]


def test_a_file_that_is_not_whole_changes_nothing(
    file: bytes, another: Settings
) -> None:
    before = content(another, "es", "read", "work")
    for change, number, said in CASES:
        broken = b"".join(change(file.splitlines(keepends=True)))
        with pytest.raises(BadFile, match=rf"^Line {number}: .*{said}"):
            imported(another, broken)
    assert content(another, "es", "read", "work") == before


def test_what_the_server_refuses(file: bytes, another: Settings) -> None:
    lines = file.splitlines(keepends=True)
    for change, said in (
        (replaced(3, stream="a\0b"), "invalid byte sequence.*line 2"),
        (replaced(8, command_id=json.loads(lines[6])["command_id"]), "unique"),
    ):
        with pytest.raises(NotImported, match=rf"up to line .*{said}.*Nothing was"):
            imported(another, b"".join(change(lines)))
    assert content(another, "es")["es.cinema_events"] == []
    assert imported(another, file) == 5


def test_the_file_is_as_long_as_the_changes_above_take_it_to_be(file: bytes) -> None:
    kinds = [json.loads(line)["kind"] for line in file.splitlines()]
    assert kinds[:7] == ["header", *["event"] * 5, "receipt"]
    assert (kinds.index("trailer"), kinds[-2]) == (len(kinds) - 1, "row")


def test_a_line_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.eventstore.transfer.reading.LONGEST", 100)
    with pytest.raises(BadFile, match="Line 1: it is too long"):
        Reading(BytesIO(b"{" * 1000))


def test_only_into_an_empty_store(
    file: bytes, postgres: Settings, another: Settings
) -> None:
    with pytest.raises(NotImported, match="The log cinema is not empty"):
        imported(postgres, file)
    with connect(another.conninfo, autocommit=True) as connection:
        with pytest.raises(NotImported, match="1 other sessions"):
            imported(another, file)
        connection.execute("INSERT INTO read.projection VALUES ('films', 3)")
    with pytest.raises(NotImported, match="has had another log"):
        imported(another, file)


#: What is made from the log, belongs to the machine, or is secret; like all of `read`
#: but what was decided about facts that were left out.
STAYING = {
    "es.snapshot",
    "work.numbering",
    "work.dashboard_session",
    "work.founding",
    "work.gateway_health",
    "work.searches",
}


def test_of_every_table_it_was_decided_whether_it_travels(postgres: Settings) -> None:
    """Work that is in no log and not carried would be done again, or never."""
    with connect(postgres.conninfo) as connection:
        logs = tables.logs(connection)
    kinds = ("events", "receipts", "tracking")
    carried = {f"es.{log}_{kind}" for log in logs for kind in kinds} | {"es.block"}
    carried |= {".".join(table) for table in tables.BESIDE}
    assert {*content(postgres, "es", "work")} - carried <= STAYING


def test_who_comes_while_it_is_imported_is_noticed(
    file: bytes, another: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have read positions that are not those of this log."""
    monkeypatch.setattr("infra.eventstore.transfer.importing.PATIENCE", 0.1)
    conninfo = another.conninfo
    with connect(conninfo, autocommit=True) as connection:
        importing = Import(connection, Reading(BytesIO(file)))
        fill_in = importing.fill
        with ExitStack() as visitors:

            def fill_slowly() -> None:
                fill_in()
                visitors.enter_context(connect(conninfo))

            monkeypatch.setattr(importing, "fill", fill_slowly)
            with pytest.raises(NotImported, match="1 other session"):
                importing.run()
    assert content(another, "es")["es.cinema_events"] == []
