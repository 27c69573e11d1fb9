"""A whole cinema as a person starts it: ``cinema up`` in a folder, on ports of its own."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGINT, SIGKILL

ROOT = Path(__file__).parents[2]
PATIENCE = 120
PORTS = 6
PASSWORD = re.compile(r"(\S+@\S+).*?password\W+(\S+)", re.IGNORECASE)

#: What each part's command line has in it, and nobody else's.
PARTS = {
    "postgres": "bin/postgres\0-D",
    "nats": "nats-server",
    "sandbox": "infra.gateways.sandbox",
    "mail": "infra.smtp.sink",
    "APIs": "serve\0all",
    "projections": "run\0projections",
    "processes": "run\0processes",
}


def free_ports() -> int:
    """The first of so many free ports in a row; each worker looks in a place of its own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    start = 21_000 + worker * 2_000
    for first in range(start, start + 2_000, PORTS):
        if all(map(is_free, range(first, first + PORTS))):
            return first
    raise RuntimeError("there are no free ports")


def is_free(port: int) -> bool:
    with closing(socket.socket()) as listener:
        return listener.connect_ex(("127.0.0.1", port)) != 0


@dataclass
class Running:
    folder: Path
    port: int = field(default_factory=free_ports)
    said: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def mail(self) -> str:
        return f"http://127.0.0.1:{self.port + 2}"

    def start(self) -> None:
        arguments = ("up", "--port", str(self.port))
        self.process = subprocess.Popen(
            self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.environment(),
        )
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if line.strip() == "ready":
                return
        raise AssertionError("\n".join(self.said))

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(SIGINT)
        self.ended()

    def ended(self) -> str:
        """What it has said since it was ready, once it has ended."""
        rest, _ = self.process.communicate(timeout=PATIENCE)
        return rest

    def kill(self, part: str) -> str:
        """``kill -9`` of one part; the rest follows."""
        os.kill(self.pid_of(part), SIGKILL)
        return self.ended()

    def pid_of(self, part: str) -> int:
        for pid in family(self.process.pid):
            command = Path(f"/proc/{pid}/cmdline").read_text()
            if PARTS[part] in command and "tether.py" not in command:
                return pid
        raise LookupError(part)

    def cinema(self, *arguments: str, code: int = 0) -> str:
        """What a command of the command line prints."""
        done = subprocess.run(
            self.command(*arguments),
            capture_output=True,
            text=True,
            env=self.environment(),
            timeout=PATIENCE,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "infra.cli", *arguments]

    def environment(self) -> dict[str, str]:
        own = {"CINEMA_DATA": str(self.folder), "PYTHONPATH": str(ROOT)}
        return {**os.environ, **own}

    def administrator(self) -> tuple[str, str]:
        """The address and the password that the first start has told."""
        for line in self.said:
            if found := PASSWORD.search(line):
                return found[1], found[2]
        raise AssertionError("\n".join(self.said))


def family(pid: int) -> Iterator[int]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield int(child)
        yield from family(int(child))
