"""Conducts and delivers, and dies by SIGKILL right after one thing was done."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL
from typing import Any

from pydantic import SecretStr

from infra.bootstrap import assemble
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.deliveries import Deliveries
from infra.eventstore.feed import Feed
from infra.eventstore.runner import drain
from infra.settings import Settings
from tests.eventstore.stories import STORY


def last(done: Callable[..., Any]) -> Callable[..., Any]:
    def and_die(*args: Any, **options: Any) -> None:
        done(*args, **options)
        os.kill(os.getpid(), SIGKILL)

    return and_die


def main(url: str, moment: str) -> None:
    settings = Settings(
        _env_file=None, database_url=SecretStr(url), data=Path("/nowhere")
    )
    with assemble(settings) as system:
        outbox: Any = system.cinema.beside(STORY.name)
        records: Any = system.cinema.records
        conductor = Conductor(STORY, system.log, outbox, system.clock)
        feed, deliveries = Feed(STORY.name, outbox), Deliveries(system.cinema)
        courier = Courier("checkout_courier", feed, STORY.orders, deliveries)
        match moment:
            case "conducted":
                outbox.append = last(outbox.append)
            case "delivered":
                records.append_many = last(records.append_many)
            case "moved":
                outbox.move = last(outbox.move)
        drain([conductor, courier])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
