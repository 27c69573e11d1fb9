"""What the words of a query may mean, the best meaning first. The same for all engines.

Each tier is a way to match; a document belongs to the first that it matches. What was
typed is also taken as typed in the other keyboard layout, and by how it sounds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, Protocol, TypeVar

from infra.search.keyboard import in_other_layout
from infra.search.sound import sounds
from infra.search.stems import stem
from infra.search.texts import grams_of, size_of, sized
from infra.search.words import LONGEST_QUERY, words_of

Q = TypeVar("Q")

#: From so many letters on, so many of them may be wrong.
ONE_TYPO, TWO_TYPOS = 4, 8
#: More words than that are compared as they are: nobody mistypes a whole sentence, and
#: whoever sends one shall not keep the engine busy.
MOST_LENIENT = 8
#: The same for a title that is compared as a whole.
LONGEST_LENIENT = 100
#: So much of what was typed, in groups of three letters, makes a title similar.
SIMILAR = 0.5
MOST_GRAMS = 16


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

    def some(self, queries: Sequence[Q], least: int) -> Q:
        """At least so many of them."""
        ...


def tiers(text: str, wording: Wording[Q]) -> Iterator[Q]:
    asked = Asked.of(text, wording)
    if asked is None:
        yield wording.everything()
        return
    yield from asked.by_title()
    yield from asked.by_people()
    if asked.typed.is_few_words:
        yield asked.typed.each(asked.typed.in_title_or_people)
        yield from asked.typed.similar()
    yield asked.typed.each(asked.typed.anywhere)
    yield from asked.guises(lambda guise: guise.each(guise.anywhere))


def suggestions(text: str, wording: Wording[Q]) -> Iterator[Q]:
    asked = Asked.of(text, wording)
    if asked is not None:
        yield from asked.by_title()


def typos_in(word: str) -> int:
    return (len(word) >= ONE_TYPO) + (len(word) >= TWO_TYPOS)


def is_more_than_a_letter(form: str, word: str) -> bool:
    """By one letter that is left of several, anything would be found."""
    return len(form) > 1 or len(word) == 1


@dataclass(frozen=True, slots=True)
class Fields:
    """Where words that are taken in one way are looked for."""

    whole: str = "whole"
    title: str = "title"
    title_stem: str | None = "title_stem"
    people: str = "people"
    anywhere: str | None = "anywhere"


HEARD = Fields("sound_whole", "sound", None, "people_sound", None)


@dataclass(frozen=True, slots=True)
class Asked(Generic[Q]):
    """What was typed, and what else may have been meant by it."""

    typed: "Guise[Q]"
    others: "Sequence[Guise[Q]]"

    @classmethod
    def of(cls, text: str, wording: Wording[Q]) -> "Asked[Q] | None":
        asked = text[:LONGEST_QUERY]
        words = words_of(asked)
        if not words:
            return None
        others = []
        heard = sounds(" ".join(words)).split()
        if all(map(is_more_than_a_letter, heard, words)):
            others.append(Guise(heard, wording, HEARD))
        if swapped := words_of(in_other_layout(asked) or ""):
            others.append(Guise(swapped, wording))
        return cls(Guise(words, wording), others)

    def by_title(self) -> Iterator[Q]:
        """A title of which most is typed comes before one that is only begun."""
        yield from self.every_guise(Guise.exactly)
        if self.typed.is_short:
            yield self.typed.mostly()
        yield from self.every_guise(Guise.beginning)
        yield from self.every_guise(lambda guise: guise.each(guise.in_title))
        yield from self.by_title_with_typos()

    def by_title_with_typos(self) -> Iterator[Q]:
        """A title that is nearly so, as a whole, comes before one with such words."""
        if self.typed.is_short:
            yield self.typed.nearly(1)
            yield self.typed.nearly(2)
            yield from self.guises(lambda guise: guise.nearly(1))
        if self.typed.is_few_words:
            yield self.typed.each(self.typed.near(self.typed.fields.title, 1))
            yield self.typed.each(self.typed.near(self.typed.fields.title, 2))
            for guise in self.others:
                if guise.fields is HEARD:
                    yield guise.each(guise.near(guise.fields.title, 1))

    def by_people(self) -> Iterator[Q]:
        yield from self.every_guise(lambda guise: guise.each(guise.in_people))
        if self.typed.is_few_words:
            yield self.typed.each(self.typed.near(self.typed.fields.people, 2))

    def every_guise(self, meaning: "Callable[[Guise[Q]], Q]") -> Iterator[Q]:
        yield meaning(self.typed)
        yield from self.guises(meaning)

    def guises(self, meaning: "Callable[[Guise[Q]], Q]") -> Iterator[Q]:
        if self.others:
            yield self.typed.say.either(*(meaning(guise) for guise in self.others))


@dataclass(frozen=True, slots=True)
class Guise(Generic[Q]):
    """A word matches or not; the last one may still be being typed."""

    words: Sequence[str]
    say: Wording[Q]
    fields: Fields = Fields()

    @property
    def name(self) -> str:
        return " ".join(self.words)

    @property
    def is_few_words(self) -> bool:
        return len(self.words) <= MOST_LENIENT

    @property
    def is_short(self) -> bool:
        return len(self.name) <= LONGEST_LENIENT

    def exactly(self) -> Q:
        return self.say.word(self.fields.whole, self.name)

    def mostly(self) -> Q:
        """The beginning of a title that is at most twice as long."""
        name = self.name
        sizes = range(size_of(name), size_of(name + name) + 1)
        return self.say.either(
            *(self.say.begins("sized", sized(name, size)) for size in sizes)
        )

    def beginning(self) -> Q:
        return self.say.begins(self.fields.whole, self.name)

    def nearly(self, typos: int) -> Q:
        return self.say.near(
            self.fields.whole, self.name, min(typos, typos_in(self.name))
        )

    def each(self, match: Callable[[str, bool], Q]) -> Q:
        *others, last = self.words
        before = [match(word, False) for word in dict.fromkeys(others)]
        return self.say.every([*before, match(last, True)])

    def in_title(self, word: str, is_last: bool) -> Q:
        found = [self.say.word(self.fields.title, word)]
        if self.fields.title_stem is not None and is_more_than_a_letter(
            stem(word), word
        ):
            found.append(self.say.stem(self.fields.title_stem, word))
        if is_last:
            found.append(self.say.begins(self.fields.title, word))
        return self.say.either(*found)

    def in_people(self, word: str, is_last: bool) -> Q:
        exact = self.say.word(self.fields.people, word)
        if not is_last:
            return exact
        return self.say.either(exact, self.say.begins(self.fields.people, word))

    def in_title_or_people(self, word: str, is_last: bool) -> Q:
        return self.say.either(
            self.in_title(word, is_last),
            self.near(self.fields.title, 1)(word, is_last),
            self.near(self.fields.people, 1)(word, is_last),
        )

    def anywhere(self, word: str, is_last: bool) -> Q:
        named = self.in_title(word, is_last), self.in_people(word, is_last)
        if self.fields.anywhere is None or not is_more_than_a_letter(stem(word), word):
            return self.say.either(*named)
        return self.say.either(*named, self.say.stem(self.fields.anywhere, word))

    def near(self, field: str, most_typos: int) -> Callable[[str, bool], Q]:
        def match(word: str, is_last: bool) -> Q:
            alike = self.say.near(field, word, min(typos_in(word), most_typos))
            if not is_last:
                return alike
            return self.say.either(alike, self.say.begins(field, word))

        return match

    def similar(self) -> Iterator[Q]:
        """By groups of three letters: what more typos than those have left."""
        if len(self.name) < TWO_TYPOS:
            return
        telling = [word for word in self.words if len(word) >= ONE_TYPO]
        grams = grams_of(" ".join(telling or self.words))
        chosen = grams[:: ceil(len(grams) / MOST_GRAMS)]
        shared = [self.say.word("grams", gram) for gram in chosen]
        yield self.say.some(shared, ceil(SIMILAR * len(shared)))
