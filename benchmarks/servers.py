"""A PostgreSQL for one benchmark: durable, on this disk, gone afterwards."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from infra.embedded.child import Child
from infra.embedded.postgres import Postgres

PATIENCE = 60.0
SHIM = Path(__file__).with_name("slow_flush.c")


class NoCompiler(Exception):
    """there is no C compiler here (cc) to make a slower flush with"""


@contextmanager
def postgres(flush_ms: float = 0) -> Iterator[Postgres]:
    """``flush_ms`` is added to each flush, as if the disk were slower."""
    folder = Path(tempfile.mkdtemp(prefix="cinema-benchmark-"))
    folder.chmod(0o755)
    server = Postgres(folder / "data", free_port(), {"max_connections": "400"})
    log = folder / "log"
    try:
        server.initialise(log)
        program = server.program(log)
        if flush_ms:
            slower = {
                "LD_PRELOAD": str(shim(folder)),
                "FLUSH_US": f"{flush_ms * 1e3:.0f}",
            }
            program = replace(program, environment={**program.environment, **slower})
        child = Child(program)
        try:
            child.wait_for(server.answers, PATIENCE)
            yield server
        finally:
            child.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def shim(folder: Path) -> Path:
    """Raises ``NoCompiler``."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise NoCompiler(NoCompiler.__doc__)
    made = folder / "slow_flush.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", made, SHIM], check=True)
    return made


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
