"""A server as a child process that never outlives this one."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from time import monotonic, sleep
from typing import Any

from infra.embedded import tether

PAUSE = 0.02
#: What a server may take to stop before it is killed.
PATIENCE = 15.0


class ChildFailed(Exception):
    """A server stopped by itself, or did not begin to answer in time."""

    def __init__(self, what: str, log: Path) -> None:
        super().__init__(f"{what}; see {log}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run, as whom, and how to end it."""

    name: str
    command: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    #: More for ``Popen``: the user it runs as.
    whom: Mapping[str, Any] = field(default_factory=dict)
    stops_by: Signals = SIGTERM
    #: What the kernel sends it if we die before it.
    last_will: Signals = SIGKILL


class Child:
    """Runs in a session of its own: Ctrl-C in the terminal reaches only us.

    Start it from a thread that lives as long as it does (the main one): the kernel
    takes the death of that thread for the death of the parent.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        tied = (sys.executable, "-I", "-S", tether.__file__)
        ends = (str(int(program.last_will)), str(os.getpid()))
        with program.log.open("ab") as log:
            self.process = subprocess.Popen(
                (*tied, *ends, *program.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={**os.environ, **program.environment},
                start_new_session=True,
                **program.whom,
            )

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def wait_for(self, answers: Callable[[], bool], seconds: float) -> None:
        """Raises ``ChildFailed``."""
        deadline = monotonic() + seconds
        while not answers():
            if not self.is_running:
                raise ChildFailed(f"{self.program.name} stopped", self.program.log)
            if monotonic() > deadline:
                what = f"{self.program.name} does not answer after {seconds:.0f} s"
                raise ChildFailed(what, self.program.log)
            sleep(PAUSE)

    def ask_to_stop(self) -> None:
        if self.is_running:
            self.process.send_signal(self.program.stops_by)

    def stop(self, seconds: float = PATIENCE) -> None:
        """Ask, wait, and at last end the whole session."""
        self.ask_to_stop()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, SIGKILL)
            self.process.wait()
