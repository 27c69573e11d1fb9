"""Where in its texts a film matches what was typed. The same for all engines.

Offsets are into the text as it is, in code points, and cover whole words. So a text
with markup in it stays text, and who shows it decides what a mark looks like.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from infra.search.keyboard import in_other_layout
from infra.search.sound import KEPT, sound_of
from infra.search.stems import stem
from infra.search.tiers import MOST_LENIENT, typos_in
from infra.search.typos import is_within
from infra.search.words import LONGEST_QUERY, words_of
from projections.search import Document, Mark, Span

#: Words with the marks over their letters and the apostrophes in them.
WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*(?:['’ʼ`][^\W_][\w\u0300-\u036f]*)*")
TITLES = ("title_ru", "title_en", "title_original")
DESCRIPTIONS = ("description_ru", "description_en")


@dataclass(frozen=True, slots=True)
class Marking:
    words: frozenset[str]
    stems: frozenset[str]
    sounds: frozenset[str]
    #: The last word, which may still be being typed, in each guise.
    beginnings: tuple[str, ...]
    beginning_sounds: tuple[str, ...]
    #: Those that may have been mistyped.
    lenient: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        asked = text[:LONGEST_QUERY]
        guises = [words_of(asked), words_of(in_other_layout(asked) or "")]
        words = [word for guise in guises for word in guise]
        last = [guise[-1] for guise in guises if guise]
        return cls(
            words=frozenset(words),
            stems=frozenset(map(stem, words)),
            sounds=frozenset(map(sound_of, words)),
            beginnings=tuple(last),
            beginning_sounds=tuple(map(sound_of, last)),
            lenient=tuple(words) if len(words) <= MOST_LENIENT else (),
        )

    def of_film(self, film: Document) -> Sequence[Mark]:
        """In its names and people's; in its descriptions if it is not in those."""
        if not self.words:
            return ()
        titles = [(field, getattr(film, field)) for field in TITLES]
        named = [
            *((field, text) for field, text in titles if text),
            *(("aliases", alias) for alias in film.aliases),
            *(("people", person) for person in dict.fromkeys(film.people)),
        ]
        prose = [(field, getattr(film, field)) for field in DESCRIPTIONS]
        told = [(field, text) for field, text in prose if text]
        for texts, is_like in (
            (named, self.is_meant),
            (told, self.is_meant),
            (named, self.is_almost_meant),
        ):
            if marks := [*marked(texts, is_like)]:
                return marks
        return ()

    def is_meant(self, word: str) -> bool:
        return (
            word in self.words
            or word.startswith(self.beginnings)
            or stem(word) in self.stems
            or (heard := sound_of(word)) in self.sounds
            or heard.startswith(self.beginning_sounds)
        )

    def is_almost_meant(self, word: str) -> bool:
        return self.is_meant(word) or any(
            is_within(word, typed, typos_in(typed)) for typed in self.lenient
        )


def marked(
    texts: Iterable[tuple[str, str]], is_like: Callable[[str], bool]
) -> Iterator[Mark]:
    for field, text in texts:
        if spans := [*spans_in(text, is_like)]:
            yield Mark(field, text, spans)


@lru_cache(KEPT)
def parts_of(word: str) -> Sequence[str]:
    """A word of a text, as it is compared: «Spider’s» is one, «½» may be two."""
    return words_of(word)


def spans_in(text: str, is_like: Callable[[str], bool]) -> Iterator[Span]:
    for found in WORD.finditer(text):
        if any(map(is_like, parts_of(found[0]))):
            yield found.span()
