"""The asyncio front keeps what the threads' front keeps."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from eventsourcing.persistence import IntegrityError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.eventstore.appends import Append
from infra.eventstore.async_log import AsyncLog
from infra.eventstore.log import Log
from infra.settings import Settings
from tests.eventstore.proxies import DroppingProxy
from tests.eventstore.recorders import event, recorder, rows


def run(
    settings: Settings, story: Callable[[AsyncLog], Awaitable[None]], **where: int
) -> None:
    async def told() -> None:
        conninfo = make_conninfo(settings.conninfo, **where)
        log = AsyncLog(conninfo, Log("es", "stored_events"))
        await story(log)
        await log.close()

    with recorder(settings):
        asyncio.run(told())


def test_commands_of_one_tick_are_kept_apart(postgres: Settings) -> None:
    async def story(log: AsyncLog) -> None:
        assert await log.append(Append([event("a", 1)])) == range(1, 2)
        found = await asyncio.gather(
            log.append(Append([event("a", 1)])),
            log.append(Append([event("b", 1), event("c", 1)])),
            log.append(Append([event("b", 1)])),
            log.append(Append([event("d\0", 1)])),
            log.append(Append([event("e", 1)])),
            return_exceptions=True,
        )
        kinds = [o if isinstance(o, range) else type(o).__name__ for o in found]
        assert [str(kind) for kind in kinds if not isinstance(kind, range)] == [
            "IntegrityError",
            "IntegrityError",
            "DataError",
        ]
        assert sorted(n for kind in kinds if isinstance(kind, range) for n in kind) == [
            2,
            3,
            4,
        ]
        loaded = await asyncio.gather(*map(log.load, ("c", "nothing", "a", "c")))
        assert [[row[1] for row in found] for found in loaded] == [[1], [], [1], [1]]

    run(postgres, story)


def test_writers_that_race_for_one_stream(postgres: Settings) -> None:
    async def story(log: AsyncLog) -> None:
        async def add(n: int) -> None:
            stream = f"counter-{n % 2}"
            for _ in range(50):
                past = await log.load(stream)
                with suppress(IntegrityError):
                    await log.append(Append([event(stream, len(past) + 1)]))
                    return
            raise AssertionError(stream)

        await asyncio.gather(*map(add, range(40)))
        with pytest.raises(IntegrityError):
            await log.append(Append([event("counter-0", 3)]))

    run(postgres, story)
    assert rows(
        postgres,
        "SELECT stream, max(version) FROM es.stored_events GROUP BY 1 ORDER BY 1",
    ) == [("counter-0", 20), ("counter-1", 20)]


def test_a_lost_answer_is_recognised(postgres: Settings) -> None:
    proxy = DroppingProxy(int(str(conninfo_to_dict(postgres.conninfo)["port"])))

    async def story(log: AsyncLog) -> None:
        await log.append(Append([event("a", 1)]))
        for n in range(2):
            proxy.armed.set()
            appends = [Append([event(f"b-{n}-{k}", 1)]) for k in range(1 + 19 * n)]
            answers = await asyncio.gather(*map(log.append, appends))
            assert not proxy.armed.is_set()
            assert [len(answer) for answer in answers] == [1] * len(appends)

    run(postgres, story, port=proxy.port)
    proxy.close()
    assert rows(postgres, "SELECT count(*) FROM es.stored_events") == [(22,)]
