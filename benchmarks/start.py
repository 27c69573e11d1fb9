"""``cinema up``: seconds to ``ready`` on new and on old data, and the memory it takes.

The limit beside it is what the machine needs for the same programs without us: Python's
own start with the imports of one role. Memory is PSS, shared pages divided by sharers,
summed over the process and everything below it (Linux).
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.report import Options, alone, number, ratios, spread, table

ROOT = Path(__file__).parents[1]
IMPORTS = "import infra.asgi"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def free_block(size: int = 6) -> int:
    """The first of ``size`` free ports in a row."""
    for first in range(20_000 + os.getpid() % 10_000, 60_000, size):
        try:
            for port in range(first, first + size):
                with socket.socket() as listener:
                    listener.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise SystemExit("No six free ports in a row.")


def start(
    folder: Path, port: int | None = None, **settings: str
) -> tuple[subprocess.Popen[str], float]:
    command = [sys.executable, "-m", "infra.cli", "up"]
    options = ["--port", str(port or free_block()), "--data", str(folder)]
    began = perf_counter()
    process = subprocess.Popen(
        [*command, *options],
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT | settings,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "ready":
            return process, perf_counter() - began
    raise SystemExit(f"cinema up ended with exit code {process.wait()}.")


def stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)


def memory(pid: int) -> dict[str, float]:
    """Megabytes of each process of the family, by what its command ends in."""
    found: dict[str, float] = {}
    for each in family(pid):
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
            words = Path(f"/proc/{each}/cmdline").read_text().split("\0")
        except OSError:  # It has just ended.
            continue
        pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
        name = label(words)
        found[name] = found.get(name, 0) + int(pss.split()[1]) / 1024
    return found


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def label(words: list[str]) -> str:
    program = Path(words[0]).name
    if "-m" not in words:
        return program.partition(":")[0]
    module = words.index("-m") + 1
    return " ".join(words[module : module + 3]).partition(" --")[0]


def imports() -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, env=ENVIRONMENT)
    return perf_counter() - began


def main(chosen: Options) -> str:
    cold, warm, bare = [], [], []
    used: dict[str, float] = {}
    for _ in range(chosen.rounds):
        with tempfile.TemporaryDirectory() as folder:
            process, seconds = start(Path(folder) / "var")
            cold.append(seconds)
            stop(process)
            process, seconds = start(Path(folder) / "var")
            warm.append(seconds)
            used = memory(process.pid)
            stop(process)
            bare.append(imports())
    times = [
        [name, spread(values)]
        for name, values in (
            ("first start", cold),
            ("warm start", warm),
            ("one role's imports", bare),
            ("warm start / one role's imports", ratios(warm, bare)),
        )
    ]
    memories = sorted(used.items(), key=lambda item: -item[1])
    rows = [[name, number(megabytes)] for name, megabytes in memories]
    rows.append(["in all", number(sum(used.values()))])
    return f"{table(['', 'seconds'], times)}\n{table(['', 'MB'], rows)}"


if __name__ == "__main__":
    alone(main)
