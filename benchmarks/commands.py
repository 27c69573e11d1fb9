"""Commands through the HTTP API, and the share of it that is our write path.

Clients in a process of their own add people, each with a token and a key of its own,
each sending its next command when the last is answered. The empty handler is the same
application (middlewares, authentication, body) with a dispatch that answers at once:
what is missing from it is deciding and recording. The coroutine is an experiment: the
same route on the event loop. Generator, server and PostgreSQL share this machine's
cores; the last column is how busy the generator kept one of them.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import uuid4

import httpx
from pydantic import SecretStr

from benchmarks.report import Options, alone, number, progress, ratios, spread, table
from benchmarks.servers import free_port, postgres
from infra.bootstrap import assemble
from infra.identity.administrator import appoint_administrator
from infra.migrate import migrate
from infra.settings import Settings

NAMES = {"ours": "ours", "empty": "empty handler", "async": "coroutine (experiment)"}
CLIENTS = (1, 16, 64, 256)
EMAIL, PASSWORD = "bench@cinema.example", f"a long one {uuid4().hex}"


@dataclass(frozen=True, slots=True)
class Run:
    per_second: float
    refused: int
    p50: float
    p99: float
    busy: float


Results = dict[int, dict[str, list[Run]]]


@contextmanager
def served(kind: str, environment: dict[str, str]) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.served", kind, str(port)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout
            assert child.stdout.readline() == "ready\n"
            yield port
        finally:
            child.terminate()


def sign_in(port: int) -> str:
    body = {"grant_type": "password", "email": EMAIL, "password": PASSWORD}
    answer = httpx.post(f"http://127.0.0.1:{port}/auth/v1/tokens", json=body, timeout=9)
    return str(answer.raise_for_status().json()["access_token"])


def drive(
    port: int, clients: int, seconds: float, token: str, kind: str = "people"
) -> Run:
    command = [sys.executable, "-m", "benchmarks.generator", kind, str(port)]
    done = subprocess.run(
        [*command, str(clients), str(seconds), token],
        capture_output=True,
        text=True,
        check=True,
    )
    return Run(**json.loads(done.stdout))


def prepared(url: str, folder: Path) -> dict[str, str]:
    settings = Settings(_env_file=None, database_url=SecretStr(url), data=folder)
    migrate(settings)
    with assemble(settings) as system:
        appoint_administrator(system, EMAIL, PASSWORD)
    return {**os.environ, "CINEMA_DATABASE_URL": url, "CINEMA_DATA": str(folder)}


def rounds(chosen: Options) -> Results:
    clients = (1, 64) if chosen.quick else CLIENTS
    seconds = 1.0 if chosen.quick else 3.0
    results: Results = {count: {kind: [] for kind in NAMES} for count in clients}
    with ExitStack() as stack:
        url = stack.enter_context(postgres()).url
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = prepared(url, folder)
        ports = {kind: stack.enter_context(served(kind, environment)) for kind in NAMES}
        token = sign_in(ports["ours"])
        for port in ports.values():
            drive(port, 8, 0.5, token)  # What is made at first use is made.
        for number_ in range(chosen.rounds):
            token = sign_in(ports["ours"])
            for count in clients:
                for kind, port in ports.items():
                    progress(f"commands, round {number_ + 1}: {count} clients, {kind}")
                    run = drive(port, count, seconds, token)
                    if run.refused:
                        raise SystemExit(f"{kind}: {run.refused} commands were refused")
                    results[count][kind].append(run)
    progress("")
    return results


def main(chosen: Options) -> str:
    results = rounds(chosen)
    head = [f"{count} clients" for count in results]
    return "\n".join(
        (
            table(["", *head], compared(results)),
            table(["commands/s (p50/p99 ms)", *head, "generator"], absolute(results)),
        )
    )


def per_second(runs: Sequence[Run]) -> list[float]:
    return [run.per_second for run in runs]


def milliseconds(runs: Sequence[Run]) -> list[float]:
    """What the machine takes for one command."""
    return [1e3 / run.per_second for run in runs]


def compared(results: Results) -> list[list[str]]:
    write_path, coroutine = [], []
    for found in results.values():
        ours, empty = milliseconds(found["ours"]), milliseconds(found["empty"])
        write_path.append(spread([1 - share for share in ratios(empty, ours)]))
        coroutine.append(
            spread(ratios(per_second(found["async"]), per_second(found["ours"])))
        )
    return [
        ["share of our write path", *write_path],
        ["coroutine / ours, commands/s", *coroutine],
    ]


def absolute(results: Results) -> list[list[str]]:
    rows = []
    for kind, name in NAMES.items():
        cells = [speed(found[kind]) for found in results.values()]
        busy = max(run.busy for found in results.values() for run in found[kind])
        rows.append([name, *cells, f"≤ {busy:.0%}"])
    return rows


def speed(runs: Sequence[Run]) -> str:
    p50, p99 = median(run.p50 for run in runs), median(run.p99 for run in runs)
    return f"{number(median(per_second(runs)))} ({number(p50)}/{number(p99)})"


if __name__ == "__main__":
    alone(main)
