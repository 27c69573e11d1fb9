"""Text as search engines compare it: folded, in words. The same for all of them."""

import re
from unicodedata import category, normalize

WORD = re.compile(r"\w+")
APOSTROPHES = re.compile(r"['’ʼ`]")
#: What has nothing to be folded but large letters and ё, which is nearly everything.
PLAIN = re.compile("[\x00-\x7fА-Яа-яЁё«»–—]*")
#: Letters that Unicode does not take apart into a letter and a mark.
LETTERS = str.maketrans(
    {"ё": "е", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
#: «Терминатор II» is «Терминатор 2». One letter alone is more often a word.
NUMERALS = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
    "xiii": "13",
}
ARTICLES = {"the", "a", "an"}
MOST_WORDS = 32
LONGEST_WORD = 64
#: Of what somebody asks for, no more letters are looked at.
LONGEST_QUERY = 256


class Marks(dict[int, int | None]):
    """What is left of each character: nothing of a mark."""

    def __missing__(self, code: int) -> int | None:
        kept = None if category(chr(code)) == "Mn" else code
        self[code] = kept
        return kept


MARKS = Marks()


def words_of(text: str) -> list[str]:
    """At most 32 of them, in order, each cut after 64 letters."""
    found = WORD.findall(APOSTROPHES.sub("", fold(text)).replace("_", " "))
    return [NUMERALS.get(word, word)[:LONGEST_WORD] for word in found[:MOST_WORDS]]


def all_words_of(text: str) -> str:
    """A whole text in such words, with spaces between them."""
    return " ".join(WORD.findall(fold(text)))


def whole(text: str) -> str:
    """A title or name as one thing that another can be equal to or begin with."""
    return " ".join(words_of(text))


def with_and_without(name: str) -> list[str]:
    """What ``whole`` has made, and the same without an article before it."""
    first, _, rest = name.partition(" ")
    return [name, rest] if rest and first in ARTICLES else [name]


def fold(text: str) -> str:
    """Small letters without marks; й stays, for Russian stems depend on it."""
    if PLAIN.fullmatch(text):
        return text.lower().replace("ё", "е")
    apart = normalize("NFKD", text.casefold().translate(LETTERS))
    kept = apart.replace("и\u0306", "й").translate(MARKS)
    return normalize("NFC", kept).translate(LETTERS)
