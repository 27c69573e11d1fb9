"""The cycle collector, out of the way of thousands of objects made at once.

Decoding a batch makes so many that the collector goes through all of them again and
again, and finds nothing: none of them refers to itself. It took three times as long as
the decoding.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_users = 0


@contextmanager
def uncollected() -> Generator[None, None, None]:
    """For a moment, in any number of threads: what is no cycle goes as ever."""
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
