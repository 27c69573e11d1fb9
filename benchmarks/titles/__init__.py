"""Films that everybody knows, and a catalogue made of them and of films made up."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILMS = Path(__file__).with_name("films.tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    ru: str
    en: str
    original: str
    year: int
    #: ISO 3166-1, with the codes of countries that are no more (SU, YU, CS).
    country: str
    directors: tuple[str, ...]

    @property
    def titles(self) -> tuple[str, str, str]:
        return self.ru, self.en, self.original


@cache
def known_films() -> tuple[Film, ...]:
    return tuple(read())


def read() -> Iterator[Film]:
    with FILMS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            yield Film(
                ru=row["ru"],
                en=row["en"],
                original=row["original"],
                year=int(row["year"]),
                country=row["country"],
                directors=tuple(row["directors"].split("; ")),
            )
