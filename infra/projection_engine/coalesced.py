"""What many threads ask at the same moment is asked once.

An answer is shared only with those who had begun to ask before it was asked for: nobody
gets to hear what was so before they came.
"""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

A = TypeVar("A")


class Coalesced(Generic[A]):
    def __init__(self, ask: Callable[[], A]) -> None:
        self.ask = ask
        self.lock = Lock()
        self.answers: list[tuple[float, A]] = []

    def get(self) -> A:
        begun = monotonic()
        with self.lock:
            for asked_at, answer in self.answers:
                if asked_at >= begun:
                    return answer
            asked_at = monotonic()
            answer = self.ask()
            self.answers = [(asked_at, answer)]
            return answer
