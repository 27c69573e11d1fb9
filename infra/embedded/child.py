"""A server as a child process that never outlives this one."""

import os
import select
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from time import monotonic, sleep
from typing import Any

from infra.embedded import tether
from infra.embedded.errors import ChildFailed
from infra.readiness import VARIABLE

PAUSE = 0.02
#: What a server may take to stop before it is killed.
PATIENCE = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run, as whom, and how to end it."""

    name: str
    command: tuple[str, ...]
    log: Path
    folder: Path = Path("/")
    environment: Mapping[str, str] = field(default_factory=dict)
    #: More for ``Popen``: the user it runs as.
    whom: Mapping[str, Any] = field(default_factory=dict)
    stops_by: Signals = SIGTERM
    #: What the kernel sends it if we die before it.
    last_will: Signals = SIGKILL
    #: A task: it ends by itself, and what it prints is for the person who waits.
    is_task: bool = False


class Child:
    """Runs in a session of its own: Ctrl-C in the terminal reaches only us.

    Start it from a thread that lives as long as it does (the main one): the kernel
    takes the death of that thread for the death of the parent.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        tied = (sys.executable, "-I", "-S", tether.__file__)
        ends = (str(int(program.last_will)), str(os.getpid()))
        self.notice, notify = os.pipe()
        with program.log.open("ab") as log:
            self.process = subprocess.Popen(
                (*tied, *ends, *program.command),
                stdin=subprocess.DEVNULL,
                stdout=None if program.is_task else log,
                stderr=log,
                cwd=program.folder,
                env={**os.environ, **program.environment, VARIABLE: str(notify)},
                pass_fds=[notify],
                start_new_session=True,
                **program.whom,
            )
        os.close(notify)

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def is_done(self) -> bool:
        return self.program.is_task and self.process.poll() == 0

    def is_ready(self) -> bool:
        """Has it said so? Only programs of ours do."""
        readable, _, _ = select.select([self.notice], [], [], 0)
        return bool(readable) and self.is_running

    def wait_for(self, answers: Callable[[], bool], seconds: float) -> None:
        """Raises ``ChildFailed``."""
        deadline = monotonic() + seconds
        while not answers():
            self.check()
            if monotonic() > deadline:
                raise self.failed(f"does not answer after {seconds:.0f} s")
            sleep(PAUSE)

    def check(self) -> None:
        """Raises ``ChildFailed`` if it is no longer there."""
        if not self.is_running and not self.is_done:
            raise self.failed(f"stopped ({ending(self.process.returncode)})")

    def failed(self, what: str) -> ChildFailed:
        return ChildFailed(self.program.name, what, self.program.log)

    def ask_to_stop(self) -> None:
        if self.is_running:
            self.process.send_signal(self.program.stops_by)

    def stop(self, hurry: Callable[[], bool] = lambda: False) -> None:
        """Ask, wait, and at last end the whole session."""
        self.ask_to_stop()
        deadline = monotonic() + PATIENCE
        while self.is_running and monotonic() < deadline and not hurry():
            sleep(PAUSE)
        if self.is_running:
            os.killpg(self.process.pid, SIGKILL)
        self.process.wait()
        os.close(self.notice)


def ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"killed by {Signals(-code).name}"
