"""Passwords as argon2id hashes, two at a time: each takes 19 MiB and a core.

The parameters are OWASP's (m=19456, t=2, p=1). A queue that is full refuses at once:
a flood of sign-ins must not take the threads of everybody else.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from command_api.identity import Busy
from infra.identity import legacy_hashes

T = TypeVar("T")

THREADS = 2
QUEUE = 64


class Hashing:
    def __init__(self, threads: int = THREADS, queue: int = QUEUE) -> None:
        self.argon2 = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self.threads = ThreadPoolExecutor(threads, "hashing")
        self.places = BoundedSemaphore(threads + queue)
        #: For accounts that are not there, so that their answer takes as long.
        self.nobody = self.argon2.hash("nobody's password")

    def close(self) -> None:
        self.threads.shutdown(cancel_futures=True)

    def hash(self, password: str) -> str:
        """Raises ``Busy``."""
        return self.run(lambda: self.argon2.hash(password))

    def matches(self, password: str, password_hash: str | None) -> bool:
        """Raises ``Busy``."""
        return self.run(lambda: self.verify(password, password_hash))

    def is_outdated(self, password_hash: str) -> bool:
        is_legacy = legacy_hashes.is_legacy(password_hash)
        return is_legacy or self.argon2.check_needs_rehash(password_hash)

    def verify(self, password: str, password_hash: str | None) -> bool:
        if password_hash and legacy_hashes.is_legacy(password_hash):
            return legacy_hashes.verify(password, password_hash)
        try:
            self.argon2.verify(password_hash or self.nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None

    def run(self, work: Callable[[], T]) -> T:
        if not self.places.acquire(blocking=False):
            raise Busy
        try:
            return self.threads.submit(work).result()
        finally:
            self.places.release()
