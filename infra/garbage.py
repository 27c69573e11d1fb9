"""The cycle collector, out of the way of thousands of objects made at once.

Decoding a batch makes so many that the collector goes through all of them again and
again, and finds nothing: none of them refers to itself. It took three times as long as
the decoding.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock

#: Objects made and not dropped since the last look. Some pages of facts are fewer.
SELDOM = 300_000

_lock = Lock()
_users = 0


def collect_seldom() -> None:
    """For a process that works on batches all its life."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])


@contextmanager
def uncollected() -> Generator[None, None, None]:
    """For one job, in any number of threads: what is no cycle goes as ever."""
    global _users
    with _lock:
        _users += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                gc.enable()
