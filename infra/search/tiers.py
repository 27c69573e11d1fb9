"""What the words of a query may mean, the best meaning first. The same for all engines.

Each tier is a way to match; a document belongs to the first that it matches.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from infra.search.words import words_of

Q = TypeVar("Q")

#: From so many letters on, so many of them may be wrong.
ONE_TYPO, TWO_TYPOS = 4, 8


class Wording(Protocol[Q]):
    """How an engine puts it. A field is one of those that its index is laid out in."""

    def everything(self) -> Q: ...

    def word(self, field: str, word: str) -> Q: ...

    def begins(self, field: str, word: str) -> Q: ...

    def near(self, field: str, word: str, typos: int) -> Q:
        """A transposition is one typo."""
        ...

    def stem(self, field: str, word: str) -> Q: ...

    def either(self, *queries: Q) -> Q: ...

    def every(self, queries: Sequence[Q]) -> Q: ...


def tiers(text: str, wording: Wording[Q]) -> Iterator[Q]:
    words = words_of(text)
    if not words:
        yield wording.everything()
        return
    asked = Asked(words, wording)
    yield from asked.by_title()
    yield asked.each(asked.in_people)
    yield asked.each(asked.near("people", 2))
    yield asked.each(asked.in_title_or_people)
    yield asked.each(asked.anywhere)


def suggestions(text: str, wording: Wording[Q]) -> Iterator[Q]:
    words = words_of(text)
    if words:
        yield from Asked(words, wording).by_title()


@dataclass(frozen=True, slots=True)
class Asked(Generic[Q]):
    """A word matches or not; the last one may still be being typed."""

    words: Sequence[str]
    say: Wording[Q]

    def by_title(self) -> Iterator[Q]:
        name = " ".join(self.words)
        yield self.say.word("whole", name)
        yield self.say.begins("whole", name)
        yield self.each(self.in_title)
        yield self.each(self.near("title", 1))
        yield self.each(self.near("title", 2))

    def each(self, match: Callable[[str, bool], Q]) -> Q:
        last = len(self.words) - 1
        matches = [match(word, n == last) for n, word in enumerate(self.words)]
        return self.say.every(matches)

    def in_title(self, word: str, is_last: bool) -> Q:
        alike = self.say.word("title", word), self.say.stem("title_stem", word)
        begun = (self.say.begins("title", word),) if is_last else ()
        return self.say.either(*alike, *begun)

    def in_people(self, word: str, is_last: bool) -> Q:
        exact = self.say.word("people", word)
        if not is_last:
            return exact
        return self.say.either(exact, self.say.begins("people", word))

    def in_title_or_people(self, word: str, is_last: bool) -> Q:
        return self.say.either(
            self.in_title(word, is_last),
            self.near("title", 1)(word, is_last),
            self.near("people", 1)(word, is_last),
            self.anywhere(word, is_last),
        )

    def anywhere(self, word: str, _: bool) -> Q:
        return self.say.stem("anywhere", word)

    def near(self, field: str, most_typos: int) -> Callable[[str, bool], Q]:
        def match(word: str, is_last: bool) -> Q:
            allowed = (len(word) >= ONE_TYPO) + (len(word) >= TWO_TYPOS)
            typos = min(allowed, most_typos)
            alike = self.say.near(field, word, typos)
            if not is_last:
                return alike
            return self.say.either(alike, self.say.begins(field, word))

        return match
