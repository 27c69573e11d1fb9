"""Those who wait for one view ask together, and each is answered by itself."""

import asyncio
from collections.abc import Callable
from time import monotonic

import pytest

from query_api.waiting import Waiting


class Slow:
    """Reads on whenever it is told to."""

    def __init__(self) -> None:
        self.reached = 0
        self.asked = 0

    def position(self) -> int:
        self.asked += 1
        return self.reached


class Broken(Slow):
    def position(self) -> int:
        if super().position() == 1:
            raise ConnectionError("the database is away")
        return 0


def soon(task: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_later(0.03, task)


def test_who_wrote_nothing_asks_once_and_waits_for_nobody() -> None:
    view, waiting = Slow(), Waiting()
    assert asyncio.run(waiting.until(view, 0, 10)) == 0
    assert (view.asked, waiting.watches) == (1, {})


def test_each_is_answered_when_its_own_position_is_reached() -> None:
    view, waiting = Slow(), Waiting()

    async def main() -> list[int]:
        waiters = [asyncio.create_task(waiting.until(view, n, 5)) for n in (1, 2, 2)]
        soon(lambda: setattr(view, "reached", 1))
        first = await waiters[0]
        assert not waiters[1].done()
        view.reached = 7
        return [first, *await asyncio.gather(*waiters[1:])]

    assert asyncio.run(main()) == [1, 7, 7]
    assert waiting.watches == {}


def test_a_thousand_who_wait_do_not_ask_a_thousand_times_as_often() -> None:
    view, waiting = Slow(), Waiting()

    async def main() -> None:
        soon(lambda: setattr(view, "reached", 9))
        await asyncio.gather(*(waiting.until(view, 9, 5) for _ in range(200)))

    asyncio.run(main())
    assert view.asked < 200 + 100


def test_patience_ends() -> None:
    view, waiting = Slow(), Waiting()
    began = monotonic()
    with pytest.raises(TimeoutError):
        asyncio.run(waiting.until(view, 1, 0.05))
    assert monotonic() - began >= 0.05
    assert waiting.watches == {}


def test_who_is_told_of_no_answer_is_told_why() -> None:
    view, waiting = Broken(), Waiting()

    async def main() -> None:
        soon(lambda: setattr(view, "reached", 1))
        await waiting.until(view, 5, 5)

    with pytest.raises(ConnectionError, match="away"):
        asyncio.run(main())


def test_it_waits_again_after_all_was_answered() -> None:
    view, waiting = Slow(), Waiting()

    async def main() -> list[int]:
        found = []
        for position in (1, 2):
            soon(lambda position=position: setattr(view, "reached", position))  # type: ignore[misc]
            found.append(await waiting.until(view, position, 5))
        return found

    assert asyncio.run(main()) == [1, 2]
