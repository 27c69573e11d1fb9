"""How somebody types a title who knows what they are looking for.

A title is left out where a way of typing makes nothing of it: no word is long enough
for the typo, or it has no Russian letters to be written in Latin ones. A typo is a
letter that is missing, one too many, a wrong one, or two that have changed places;
never the first of a word. As many are made in a word as a search must forgive: one from
four letters on, two from eight.
"""

import re
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import TypeAlias

#: None where this title cannot be typed like that.
Way: TypeAlias = Callable[[str, Random], str | None]

WORD = re.compile(r"[^\W\d_]+")
ONE_TYPO, TWO_TYPOS = 4, 8
BEGUN = 0.6
ENGLISH_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
TO_ENGLISH_KEYS = str.maketrans(RUSSIAN_KEYS, ENGLISH_KEYS)
TO_RUSSIAN_KEYS = str.maketrans(ENGLISH_KEYS, RUSSIAN_KEYS)
RUSSIAN = re.compile(r"[а-яё]")
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
#: As in passports, and the two ways people write to one another in.
PASSPORT = (
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia"
)
CHAT = "a b v g d e e zh z i y k l m n o p r s t u f h c ch sh sch _ y _ e yu ya"
LETTERS = "a b v g d e yo zh z i j k l m n o p r s t u f h ts ch sh shch _ y _ e ju ja"
SCHEMES = [
    {ord(one): "" if other == "_" else other for one, other in pairs}
    for pairs in (
        zip(CYRILLIC, scheme.split(), strict=True)
        for scheme in (PASSPORT, CHAT, LETTERS)
    )
]


def exact(title: str, _: Random) -> str | None:
    return title


def one_typo(title: str, random: Random) -> str | None:
    return with_typos(title, 1, random)


def two_typos(title: str, random: Random) -> str | None:
    return with_typos(title, 2, random)


def begun(title: str, _: Random) -> str | None:
    """At least two letters of it."""
    kept = title[: max(2, round(len(title) * BEGUN))].rstrip()
    return kept if len(kept) < len(title) else None


def other_layout(title: str, _: Random) -> str | None:
    """The keys of the title's language, on a keyboard that was left in the other."""
    small = title.casefold()
    if RUSSIAN.search(small):
        return small.translate(TO_ENGLISH_KEYS)
    return small.translate(TO_RUSSIAN_KEYS) if WORD.search(small) else None


def in_latin(title: str, random: Random) -> str | None:
    small = title.casefold()
    if not RUSSIAN.search(small):
        return None
    return small.translate(random.choice(SCHEMES))


WAYS: dict[str, Way] = {
    "exact": exact,
    "one typo": one_typo,
    "two typos": two_typos,
    "first 60 %": begun,
    "other layout": other_layout,
    "transliteration": in_latin,
}


def with_typos(title: str, number: int, random: Random) -> str | None:
    words = [found.span() for found in WORD.finditer(title)]
    slots = [span for span in words for _ in range(typos_in(span[1] - span[0]))]
    if len(slots) < number:
        return None
    chosen = Counter(random.sample(slots, number))
    for (start, end), typos in sorted(chosen.items(), reverse=True):
        word = mistyped(title[start:end], typos, random)
        title = title[:start] + word + title[end:]
    return title


def typos_in(length: int) -> int:
    return (length >= ONE_TYPO) + (length >= TWO_TYPOS)


def mistyped(word: str, typos: int, random: Random) -> str:
    """Not as it was: two typos may have undone one another."""
    changed = word
    while changed == word:
        for _ in range(typos):
            changed = slip(changed, random)
    return changed


def slip(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    other = random.choice(alphabet_of(letter))
    return random.choice(
        (
            before + after,
            before + other + letter + after,
            before + other + after,
            before + after[0] + letter + after[1:],
        )
    )


def alphabet_of(letter: str) -> str:
    return (
        CYRILLIC if RUSSIAN.match(letter.casefold()) else "abcdefghijklmnopqrstuvwxyz"
    )
