"""The cinema as one starts it, with films in it, asked by its viewers over HTTP."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread, local
from time import perf_counter
from uuid import uuid4

import httpx

from benchmarks.report import progress
from benchmarks.start import free_block, start, stop
from projections.search import Document

EMAIL, PASSWORD = "editor@cinema.example", f"benchmark {uuid4().hex}"
#: At once, while films are added; one connection each.
EDITORS = 8
PATIENCE = 30.0
PATIENTLY, POSITION = {"Prefer": "wait=10"}, "Cinema-Position"


@contextmanager
def cinema(films: Sequence[Document], **settings: str) -> Iterator["Visitor"]:
    admin = {"CINEMA_ADMIN_EMAIL": EMAIL, "CINEMA_ADMIN_PASSWORD": PASSWORD}
    port = free_block()
    with TemporaryDirectory(prefix="cinema-benchmark-") as folder:
        process, _ = start(Path(folder) / "var", port, **admin, **settings)
        try:
            visitor = Visitor(f"http://127.0.0.1:{port}")
            visitor.add(films)
            yield visitor
        finally:
            stop(process)


class Visitor:
    """An editor and any number of viewers; a connection for each thread."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.own = local()
        grant = {"grant_type": "password", "email": EMAIL, "password": PASSWORD}
        answer = httpx.post(f"{url}/auth/v1/tokens", json=grant, timeout=PATIENCE)
        self.token = str(answer.raise_for_status().json()["access_token"])

    @property
    def http(self) -> httpx.Client:
        if not hasattr(self.own, "http"):
            headers = {"Authorization": f"Bearer {self.token}"}
            self.own.http = httpx.Client(
                base_url=self.url, timeout=PATIENCE, headers=headers
            )
        client: httpx.Client = self.own.http
        return client

    def add(self, films: Sequence[Document]) -> None:
        with ThreadPoolExecutor(EDITORS) as editors:
            positions = editors.map(self.film, films)
            last = max((int(position) for position in positions), default=0)
        self.search("", PATIENTLY | {POSITION: str(last)})

    def film(self, film: Document) -> str:
        """The position of its addition."""
        titles = {"ru": film.title_ru, "en": film.title_en}
        body = {"titles": titles, "type": "movie", "access": "free"}
        answer = self.http.post("/command/v1/films", json=body).raise_for_status()
        return answer.headers[POSITION]

    def search(self, words: str, headers: dict[str, str] | None = None) -> list[str]:
        """The Russian titles of what is found."""
        answer = self.http.get(
            "/query/v1/search",
            params={"q": words, "limit": 10},
            headers={"Accept-Language": "ru", **(headers or {})},
        )
        return [item["title"] for item in answer.raise_for_status().json()["items"]]

    def until_found(self, film: Document) -> float:
        """Seconds from the command until a search answers with it."""
        began = perf_counter()
        position = self.film(film)
        found = self.search(film.title_ru or "", PATIENTLY | {POSITION: position})
        if film.title_ru not in found:
            raise SystemExit(f"A search does not find what was added: {film.title_ru}")
        return perf_counter() - began


@contextmanager
def asked_all_the_time(
    visitor: Visitor, queries: Sequence[str], per_second: float
) -> Iterator[list[float]]:
    """So many searches a second, whether or not the ones before are answered.

    One that has to wait for a free connection has begun by then.
    """
    over, seconds = Event(), list[float]()

    def ask(words: str, began: float) -> None:
        visitor.search(words)
        seconds.append(perf_counter() - began)

    def keep_asking() -> None:
        with ThreadPoolExecutor(EDITORS) as viewers:
            number, began = 0, perf_counter()
            while not over.wait(max(0, began + number / per_second - perf_counter())):
                viewers.submit(ask, queries[number % len(queries)], perf_counter())
                number += 1

    asking = Thread(target=keep_asking)
    asking.start()
    try:
        yield seconds
    finally:
        over.set()
        asking.join()
        progress("")
