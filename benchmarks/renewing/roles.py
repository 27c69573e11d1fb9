"""The roles of an installation as processes, and what they cost the machine."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from infra.embedded.child import Child, Program
from infra.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def running(
    name: str, command: tuple[str, ...], settings: Settings, folder: Path
) -> Iterator[int]:
    """Its process id, once it is up."""
    environment = {
        "PYTHONPATH": str(ROOT),
        "CINEMA_DATABASE_URL": settings.database_url.get_secret_value(),
        "CINEMA_DATA": str(folder / "data"),
        "CINEMA_SMTP_HOST": "",
        "CINEMA_NATS_URL": "",
        "CINEMA_YOOKASSA_SHOP_ID": settings.yookassa_shop_id,
        "CINEMA_YOOKASSA_SECRET_KEY": settings.yookassa_secret_key.get_secret_value(),
        "CINEMA_YOOKASSA_URL": settings.yookassa_url,
        "CINEMA_CHARGERS": str(settings.chargers),
    }
    child = Child(
        Program(
            name=name,
            command=(sys.executable, "-m", *command),
            log=folder / f"{name}.log",
            environment=environment,
        )
    )
    try:
        child.wait_for(child.is_ready, PATIENCE)
        yield child.process.pid
    finally:
        child.stop()


def cpu(pids: Mapping[str, int]) -> dict[str, float]:
    """Seconds that each has used so far, with its children and theirs."""
    used: dict[int, float] = {}
    parents: dict[int, int] = {}
    for entry in filter(str.isdecimal, os.listdir("/proc")):
        try:
            fields = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It has just ended: whoever waited for it has its time.
        parents[int(entry)] = int(fields[1])
        used[int(entry)] = sum(map(int, fields[11:15])) / TICKS
    return {
        name: sum(used[pid] for pid in used if pid == root or parents[pid] == root)
        for name, root in pids.items()
    }


def most_memory(pid: int) -> float:
    """The most it has ever had at once, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
