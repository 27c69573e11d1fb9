"""Rates without a clock of its own in the database."""

from itertools import count

from query_api.dashboards.pace import Pace


def test_a_pace_is_what_was_done_between_two_looks() -> None:
    seconds = count(step=10)
    pace = Pace(lambda: next(seconds))
    assert pace.of({"films": 100}) == {}
    assert pace.of({"films": 300, "plans": 7}) == {"films": 20, "plans": 0}


def test_looks_that_are_too_near_say_nothing_new() -> None:
    moments = iter((0.0, 10.0, 10.5, 20.0))
    pace = Pace(lambda: next(moments))
    for position, seen in ((0, {}), (50, {"films": 5}), (51, {"films": 5})):
        assert pace.of({"films": position}) == seen
    assert pace.of({"films": 60}) == {"films": 1}
