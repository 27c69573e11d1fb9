"""Text as search engines compare it: folded, in words. The same for all of them."""

import re
from unicodedata import category, normalize

WORD = re.compile(r"\w+")
APOSTROPHES = re.compile(r"['’ʼ`]")
#: Letters that Unicode does not take apart into a letter and a mark.
LETTERS = str.maketrans(
    {"ё": "е", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
#: «Терминатор II» is «Терминатор 2». One letter alone is more often a word.
NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
BREVE = "\u0306"
MOST_WORDS = 32
LONGEST_WORD = 64


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


def fold(text: str) -> str:
    """Small letters without marks; й stays, for Russian stems depend on it."""
    apart = normalize("NFKD", text.casefold().translate(LETTERS))
    kept = [
        character
        for before, character in zip(" " + apart, apart, strict=False)
        if category(character) != "Mn" or (character == BREVE and before == "и")
    ]
    return normalize("NFC", "".join(kept)).translate(LETTERS)
