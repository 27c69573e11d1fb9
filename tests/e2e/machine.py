"""``cinema up`` as a person runs it, in a process of its own."""

import os
import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGTERM, Signals

from infra.embedded.child import Child, Program
from infra.embedded.errors import CannotRun
from infra.embedded.leftovers import beginning
from infra.embedded.ports import Ports, check_free

ROOT = Path(__file__).parents[2]
SOURCES = {"PYTHONPATH": str(ROOT)}
PATIENCE = 90.0
ADMINISTRATOR = re.compile(r"Administrator: (\S+), password: (\S+)")


def free_ports() -> int:
    """The first of six in a row that are free."""
    while True:
        first = random.randrange(20_000, 32_000)  # noqa: S311 (no secret)
        try:
            check_free(Ports(first).purposes())
        except CannotRun:
            continue
        return first


@dataclass
class Machine:
    """One data folder, and the cinema that runs on it."""

    folder: Path
    output: Path
    port: int = field(default_factory=free_ports)

    def start(self, *options: str) -> "Machine":
        self.output.unlink(missing_ok=True)
        where = ("--data", str(self.folder), "--port", str(self.port))
        self.child = Child(
            Program(
                name="cinema up",
                command=(sys.executable, "-m", "infra.cli", "up", *where, *options),
                log=self.output,
                environment=SOURCES,
                last_will=SIGTERM,
            )
        )
        return self

    def ready(self) -> "Machine":
        self.child.wait_for(lambda: self.lines[-1:] == ["ready"], PATIENCE)
        return self

    def ended(self) -> int:
        """Wait for the end, and say its exit code."""
        return self.child.process.wait(PATIENCE)

    def signal(self, signal: Signals) -> None:
        self.child.process.send_signal(signal)

    @property
    def lines(self) -> list[str]:
        return self.output.read_text().splitlines() if self.output.exists() else []

    @property
    def url(self) -> str:
        return self.at(Ports(self.port).api)

    @property
    def sandbox(self) -> str:
        return self.at(Ports(self.port).sandbox)

    @property
    def mail(self) -> str:
        return self.at(Ports(self.port).mail)

    def at(self, port: int) -> str:
        return f"http://127.0.0.1:{port}"

    def cinema(self, *arguments: str, code: int = 0) -> str:
        """What a command prints that finds this cinema by its folder."""
        command = self.begin(*arguments)
        output, errors = command.communicate(timeout=PATIENCE)
        assert command.returncode == code, output + errors
        return output

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            (sys.executable, "-m", "infra.cli", *arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "CINEMA_DATA": str(self.folder), **SOURCES},
        )

    def administrator(self) -> tuple[str, str]:
        """The address and the password that the first start has told."""
        for line in self.lines:
            if found := ADMINISTRATOR.match(line):
                return found[1], found[2]
        raise AssertionError(self.lines)

    def children(self) -> dict[int, str]:
        """The process ids of what it has started, and what each runs."""
        task = Path(f"/proc/{self.child.process.pid}/task/{self.child.process.pid}")
        pids = map(int, (task / "children").read_text().split())
        return {pid: command_of(pid) for pid in pids}

    def child_that(self, runs: str) -> int:
        [pid] = [pid for pid, command in self.children().items() if runs in command]
        return pid


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def alive(sessions: dict[int, str]) -> list[str]:
    """What still runs in the sessions of these processes."""
    return [
        command_of(pid)
        for pid in map(int, filter(str.isdecimal, os.listdir("/proc")))
        if beginning(pid) and session_of(pid) in sessions
    ]


def session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0
