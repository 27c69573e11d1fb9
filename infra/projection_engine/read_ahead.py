"""Reads the next page while this one is projected: the server has time then."""

from collections.abc import Sequence
from concurrent.futures import Future
from threading import Thread
from typing import TypeAlias

from infra.eventstore.feed import Page
from infra.projection_engine.log import Log

Question: TypeAlias = tuple[Log, int, Sequence[type], int, range | None]


class ReadAhead:
    """After a full page the next is wanted, as a rule; if not, it is forgotten."""

    def __init__(self) -> None:
        self.asked: Question | None = None
        self.answer: Future[Page] = Future()

    def read(
        self,
        log: Log,
        after: int,
        kinds: Sequence[type],
        limit: int,
        partitions: range | None,
    ) -> Page:
        question = (log, after, kinds, limit, partitions)
        is_expected, self.asked = self.asked == question, None
        page = self.answer.result() if is_expected else log.read(*question[1:])
        if len(page.facts) == limit > 1:
            self.ask(log, page.upto, kinds, limit, partitions)
        return page

    def ask(self, *question: *Question) -> None:
        self.asked, self.answer = question, Future()
        thread = Thread(target=ask, args=(question, self.answer), daemon=True)
        thread.start()


def ask(question: Question, answer: "Future[Page]") -> None:
    log, after, kinds, limit, partitions = question
    try:
        answer.set_result(log.read(after, kinds, limit, partitions))
    except BaseException as error:
        answer.set_exception(error)
