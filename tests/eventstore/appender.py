"""Appends from 16 threads until killed; prints what was acknowledged."""

import os
import sys
from threading import Thread
from uuid import uuid4

from infra.eventstore.postgres import PostgresRecorder
from tests.eventstore.recorders import datastore, event


def write(log: PostgresRecorder) -> None:
    while True:
        stream = f"s-{uuid4()}"
        facts = [event(stream, version, b"x" * 300) for version in (1, 2, 3)]
        positions = log.insert_events(facts) or ()
        lines = [f"{p} {stream} {v}\n" for v, p in enumerate(positions, 1)]
        os.write(1, "".join(lines).encode())


if __name__ == "__main__":
    recorder = PostgresRecorder(datastore(sys.argv[1]))
    for _ in range(16):
        Thread(target=write, args=(recorder,)).start()
