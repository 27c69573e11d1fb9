"""Stripe's own mock, which knows what requests must look like and remembers nothing.

``python -m tests.stripe.mock`` builds it, unless it is built; that needs Go.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.elasticsearch.locks import held

MODULE = "github.com/stripe/stripe-mock@v0.203.0"
TARGET = Path(__file__).parents[2] / "build" / "stripe-mock"
BINARY = TARGET / "stripe-mock"
LOG = TARGET / "build.log"
LONGEST_BUILD, PATIENCE = 600.0, 20.0


class CannotBuild(Exception):
    """What is missing, and how to get it, in one line."""


def built() -> Path:
    """A program that can be started. Raises ``CannotBuild``."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with held(TARGET.with_suffix(".lock")):
        if not BINARY.exists():
            build()
    return BINARY


def build() -> None:
    go = shutil.which("go")
    if go is None:
        raise CannotBuild("stripe-mock needs Go: install it (Debian: golang).")
    with LOG.open("wb") as log:
        done = subprocess.run(
            [go, "install", MODULE],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=os.environ | {"GOBIN": str(TARGET)},
            timeout=LONGEST_BUILD,
        )
    if done.returncode:
        raise CannotBuild(f"{MODULE} could not be built; see {LOG}.")


@contextmanager
def running() -> Iterator[str]:
    """Its address. Raises ``CannotBuild``."""
    program = built()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # It listens for TLS, too: on one fixed port, unless told otherwise.
    command = [str(program), "-http-addr", f"127.0.0.1:{port}"]
    command += ["-https-addr", "127.0.0.1:0"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        await_answer(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def await_answer(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


if __name__ == "__main__":
    try:
        sys.stdout.write(f"stripe-mock is {built()}\n")
    except CannotBuild as problem:
        sys.exit(str(problem))
