"""What a benchmark says of its rounds."""

from pathlib import Path

import pytest

import benchmarks.__main__ as page_of
from benchmarks.__main__ import measured
from benchmarks.contenders import Clocked
from benchmarks.event_store import Cell, Run, ratio, run_of
from benchmarks.generator import is_whole
from benchmarks.report import number, options, ratios, spread, table


def test_numbers_have_the_digits_that_matter() -> None:
    assert [number(value) for value in (0.1234, 12.34, 123.4, 12_345.6)] == [
        "0.12",
        "12.3",
        "123",
        "12,346",
    ]


def test_a_spread_is_the_median_and_the_range_of_the_rounds() -> None:
    assert spread([30.0, 10.0, 20.0]) == "20.0 [10.0–30.0]"
    assert spread([7.0]) == "7.00"


def test_a_ratio_is_taken_within_a_round() -> None:
    # Both were twice as fast in the second round: the ratio knows nothing of it.
    assert ratios([100.0, 200.0], [10.0, 20.0]) == [10.0, 10.0]
    assert ratios([1.0, 1.0], [0.0, 2.0]) == [0.5]


def test_whoever_did_not_run_has_no_ratio() -> None:
    found = {"threads": [Run(300, 1, 2)], "library": [Run(20, 1, 2)]}
    assert ratio(found, "threads", "library") == "15.0"
    assert ratio(found, "threads", "Emmett") == "–"


def test_commands_that_end_late_are_divided_by_the_time_they_took() -> None:
    clocked = Clocked(start=100.0)
    for began, now in [(100.0, 100.5), (100.0, 102.0), (100.5, 101.0)]:
        clocked.done(began, now)
    told = clocked.told()
    assert (told["commands"], told["seconds"], told["p50"]) == (3, 2.0, 500.0)
    # Not three in the second in which they were begun.
    assert run_of([told], events=10).events_per_second == 15.0


def test_processes_that_start_together_are_as_fast_as_all_of_them_in_that_time() -> (
    None
):
    slow = {"commands": 10, "seconds": 2.0, "p50": 1.0, "p99": 4.0}
    fast = {"commands": 30, "seconds": 1.0, "p50": 3.0, "p99": 2.0}
    assert run_of([slow, fast], events=1) == Run(20.0, 2.0, 4.0)


def test_a_table_is_markdown_with_numbers_to_the_right() -> None:
    assert table(["", "a", "b"], [["x", "1", "2"]]) == (
        "|  | a | b |\n| --- | ---: | ---: |\n| x | 1 | 2 |\n"
    )


def test_a_look_takes_one_round_unless_told_otherwise() -> None:
    assert options(["--quick"]).rounds == 1
    assert options([]).rounds == 3
    assert options(["--quick", "--rounds", "2"]).rounds == 2


def test_a_cell_says_what_was_run() -> None:
    assert str(Cell(64)) == "64 × 1"
    assert str(Cell(64, 10, processes=2, flush_ms=1)) == (
        "64 × 10, 2 processes, flush + 1 ms"
    )


def test_the_time_of_a_flush_is_read_from_postgresql_s_own_tool() -> None:
    text = "        fdatasync       1234.567 ops/sec     810 usecs/op\n"
    assert [*measured(text)] == ["810"]


def test_an_answer_is_whole_when_its_body_is() -> None:
    head = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nx: y"
    assert not is_whole(head)
    assert not is_whole(head + b"\r\n\r\n{")
    assert is_whole(head + b"\r\n\r\n{}")


def test_what_is_not_run_again_stays_on_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "benchmarks.md"
    old = {name: f"## {page_of.title_of(name)}\n\nold {name}\n" for name in ("seal",)}
    page.write_text("# Benchmarks\n\n" + "".join(old.values()))
    monkeypatch.setattr(page_of, "TARGET", page)
    sections = page_of.written()
    sections[page_of.title_of("start")] = "## Start\n\nnew\n"
    assert page_of.ordered(sections) == [old["seal"], "## Start\n\nnew\n"]
