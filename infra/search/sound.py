"""How a word sounds, whatever it is written in: «Брат», "brat" and "Brat" are one.

There are many ways to put Russian in Latin letters (GOST 7.79, ISO 9, ICAO 9303, and
what people type), so both what is looked for and what is found are brought to what
these have in common, instead of each way being tried.
"""

import re
from functools import lru_cache

TO_LATIN = str.maketrans(
    dict(
        zip(
            "абвгдезийклмнопрстуфыэіїєґў",
            "abvgdeziyklmnoprstufyeiiegu",
            strict=True,
        )
    )
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh"}
    | {"ю": "yu", "я": "ya", "ъ": None, "ь": None}
)
#: In this order.
ALIKE = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("shch|sch|sh", "š"),
        ("tch|ch", "č"),
        ("ck|q", "k"),
        ("kh", "h"),
        ("ph", "f"),
        ("tz|c(?=[eiy])", "ts"),
        ("c", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("[yj]", "i"),
        (r"(.)\1", r"\1"),
        ("i[eo]", "e"),
    )
]
#: Words come again and again.
KEPT = 1 << 15


@lru_cache(KEPT)
def sound_of(word: str) -> str:
    """Of a folded word; one in another script stays as it is."""
    heard = word.translate(TO_LATIN)
    for pattern, sound in ALIKE:
        heard = pattern.sub(sound, heard)
    return heard or word


def sounds(name: str) -> str:
    """Of each word of what ``whole`` has made."""
    return " ".join(map(sound_of, name.split()))
