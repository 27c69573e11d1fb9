"""A short life under fire; ``python -m tests.e2e.kill_loop`` is a long one."""

from pathlib import Path

import pytest

from infra.settings import Settings
from tests.e2e.kill_loop import live, running, settle
from tests.e2e.killed_lives import assert_everybody_got_what_they_paid_for

pytestmark = pytest.mark.timeout(600)


def test_whoever_is_killed_when_money_is_taken_once(
    postgres: Settings, tmp_path: Path
) -> None:
    with running(postgres, tmp_path) as cinema:
        live(cinema, kills=8, seed=3, people=1, months=3)
        settle(cinema)
        assert_everybody_got_what_they_paid_for(cinema.system, cinema)
