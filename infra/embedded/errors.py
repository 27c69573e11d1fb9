"""Why ``cinema up`` cannot go on: each message says what, where, and what to do."""

import json
from contextlib import suppress
from pathlib import Path

#: How much of a child's last words is repeated.
LONGEST = 300


class CannotRun(Exception):
    """One line for the person who started it."""


class FolderUnusable(CannotRun):
    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"The data folder {folder} cannot be used ({why}). "
            "Give one that you may write to: cinema up --data FOLDER"
        )


class RunningAlready(CannotRun):
    def __init__(self, folder: Path, pid: str) -> None:
        super().__init__(
            f"A cinema is running on {folder} already (process {pid or 'unknown'}). "
            "Stop it first, or start another one with --data FOLDER --port PORT."
        )


class PortTaken(CannotRun):
    def __init__(self, port: int, part: str) -> None:
        super().__init__(
            f"Port {port}, wanted for {part}, is taken by another program. "
            "Stop that, or choose another first port with --port PORT."
        )


class PackageMissing(CannotRun):
    def __init__(self, package: str) -> None:
        super().__init__(
            f"The package {package} is not installed. Run make up again, or: "
            f"pip install {package}"
        )


class NotReady(CannotRun):
    def __init__(self, parts: str, seconds: float, logs: Path) -> None:
        super().__init__(f"Not ready after {seconds:.0f} s: {parts}. Logs: {logs}")


class ChildFailed(CannotRun):
    """The last thing it said is often the reason."""

    def __init__(self, part: str, what: str, log: Path) -> None:
        super().__init__(f"{part} {what}{last_words(log)}. Its log: {log}")


def last_words(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").split("\n")
    except OSError:
        return ""
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    with suppress(ValueError, KeyError, TypeError):
        said = json.loads(said)["message"]
    return f": {said[:LONGEST].rstrip('.')}" if said else ""
