"""Ends what an earlier ``cinema up`` on this folder has left running.

The kernel ends the children of a killed parent (``tether.py``); this waits until it is
done, and does it where the kernel does not.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from time import monotonic, sleep

CHILDREN = "children.json"
PATIENCE = 10.0


def remember(folder: Path, pids: Iterable[int]) -> None:
    """A process is its id and when it began: ids come again."""
    began = {str(pid): beginning(pid) for pid in pids}
    (folder / CHILDREN).write_text(json.dumps(began))


def sweep(folder: Path) -> None:
    record = folder / CHILDREN
    if not record.exists():
        return
    try:
        began = json.loads(record.read_text())
    except ValueError:  # Killed while writing.
        began = {}
    left = [int(pid) for pid, then in began.items() if then == beginning(int(pid))]
    for signal in (SIGTERM, SIGKILL):
        left = end(left, signal)
    forget(folder)


def end(pids: Iterable[int], signal: Signals) -> list[int]:
    """Those that are still there after a while."""
    alive = [pid for pid in pids if beginning(pid)]
    for pid in alive:
        with suppress(ProcessLookupError):
            os.kill(pid, signal)
    deadline = monotonic() + PATIENCE
    while alive and monotonic() < deadline:
        sleep(0.05)
        alive = [pid for pid in alive if beginning(pid)]
    return alive


def beginning(pid: int) -> str | None:
    """When a process began, in the kernel's ticks; None if it has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name, in brackets, may hold anything; the state is the first field after it.
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in "ZX" else fields[18]


def forget(folder: Path) -> None:
    (folder / CHILDREN).unlink(missing_ok=True)
