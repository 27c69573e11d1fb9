"""Reading one's own writes: what waiting for the read model adds to a query

On a quiet `cinema up`, over HTTP, one editor: a film is rated, and its page asked for
with the position of that answer, which waits until the page has it; then once more
without. What is added is the difference of the two. "To be seen" is from the command's
answer to the page that shows it.
"""

import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any
from uuid import uuid4

import httpx

from benchmarks.report import Options, alone, number, progress, table
from benchmarks.start import free_block, start, stop

EMAIL, PASSWORD = "editor@cinema.example", f"benchmark {uuid4().hex}"
OFTEN, QUICK = 300, 30
#: Seconds of quiet before each command.
QUIET = 0.02


class Editor:
    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=30)
        grant = {"grant_type": "password", "email": EMAIL, "password": PASSWORD}
        token = self.http.post("/auth/v1/tokens", json=grant).raise_for_status().json()
        self.http.headers["Authorization"] = f"Bearer {token['access_token']}"
        film = self.post(
            "/command/v1/films",
            {"titles": {"en": "Solaris"}, "type": "movie", "access": "free"},
        )
        self.film = film.json()["id"]

    def post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        return self.http.post(path, json=body).raise_for_status()

    def rate(self, rating: float) -> str:
        answer = self.post(f"/command/v1/films/{self.film}/rating", {"rating": rating})
        return answer.headers["Cinema-Position"]

    def read(self, rating: float, **headers: str) -> float:
        """Milliseconds."""
        began = perf_counter()
        answer = self.http.get(f"/query/v1/films/{self.film}", headers=headers)
        took = (perf_counter() - began) * 1e3
        if answer.raise_for_status().json()["rating"] != rating:
            raise SystemExit("The page does not show what was written.")
        return took


def main(chosen: Options) -> str:
    admin = {"CINEMA_ADMIN_EMAIL": EMAIL, "CINEMA_ADMIN_PASSWORD": PASSWORD}
    port = free_block()
    with tempfile.TemporaryDirectory() as folder:
        process, _ = start(Path(folder) / "var", port, **admin)
        try:
            editor = Editor(f"http://127.0.0.1:{port}")
            seen, plain = measured(editor, QUICK if chosen.quick else OFTEN)
        finally:
            stop(process)
    added = [a - b for a, b in zip(seen, plain, strict=True)]
    rows = {"to be seen": seen, "the same page at rest": plain, "added": added}
    return table(
        ["milliseconds", "p50", "p95", "p99"],
        [[name, *places(values)] for name, values in rows.items()],
    )


def measured(editor: Editor, times: int) -> tuple[list[float], list[float]]:
    seen, plain = [], []
    for n in range(times):
        progress(f"own writes: {n} of {times}")
        sleep(QUIET)
        rating = (n % 90 + 10) / 10
        position = editor.rate(rating)
        seen.append(editor.read(rating, **{"Cinema-Position": position}))
        plain.append(editor.read(rating))
    progress("")
    return seen, plain


def places(values: list[float]) -> list[str]:
    cuts = quantiles(values, n=100)
    return [number(each) for each in (median(values), cuts[94], cuts[98])]


if __name__ == "__main__":
    alone(main)
