"""What a document is found by: the texts of each field, the same for all engines.

whole        each title or name as one term   sized       behind its size
title        its words                        title_stem  their stems
sound_whole  how it sounds, as one term       sound       the words of that
grams        each three letters of its words that follow one another
people       words of the names of people     people_sound
anywhere     stems of everything, descriptions and genres included
"""

from collections.abc import Iterable
from functools import lru_cache

from infra.search.sound import KEPT, sounds
from infra.search.words import all_words_of, whole, with_and_without
from projections.search import Document

FIELDS = (
    "whole",
    "sized",
    "title",
    "title_stem",
    "sound_whole",
    "sound",
    "grams",
    "people",
    "people_sound",
    "anywhere",
)


def texts_of(row: Document) -> dict[str, list[str]]:
    """Words are folded, and have one space between them."""
    titles = list(map(whole, names_of(row)))
    exact = each_once(form for title in titles for form in with_and_without(title))
    heard = each_once(map(sounds, exact))
    called = list(map(called_by, each_once(row.people)))
    prose = [text for text in (row.description_ru, row.description_en) if text]
    return {
        "whole": exact,
        "sized": [sized(name, size_of(name)) for name in exact],
        "title": titles,
        "title_stem": titles,
        "sound_whole": heard,
        "sound": heard,
        "grams": [" ".join(map(grams_in, title.split())) for title in titles],
        "people": called,
        "people_sound": list(map(heard_by, called)),
        "anywhere": [
            *titles,
            *called,
            *map(called_by, row.genres),
            *(all_words_of(text) for text in prose),
        ],
    }


@lru_cache(KEPT)
def called_by(name: str) -> str:
    """Of a genre or a person; many films have the same."""
    return whole(name)


@lru_cache(KEPT)
def heard_by(name: str) -> str:
    return sounds(name)


def names_of(row: Document) -> list[str]:
    names = (row.name, row.title_ru, row.title_en, row.title_original, *row.aliases)
    return [name for name in dict.fromkeys(names) if name]


def grams_of(name: str) -> list[str]:
    """Each three letters, the ends of words among them: «кот» is ‹ко, кот, от›."""
    return each_once(" ".join(map(grams_in, name.split())).split())


@lru_cache(KEPT)
def grams_in(word: str) -> str:
    marked = f"‹{word}›"
    return " ".join([marked[at : at + 3] for at in range(len(word))])


def size_of(name: str) -> int:
    """Of names that are nearly as long as one another it is the same."""
    return len(name) // 4


def sized(name: str, size: int) -> str:
    return f"{size}:{name}"


def each_once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
