"""What was meant by who typed in the other keyboard layout: «jnxbv» is «отчим»."""

import re

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
SHIFTED = '~{}:"<>'
TO_CYRILLIC = str.maketrans(LATIN + SHIFTED, CYRILLIC + "ёхъжэбю")
TO_LATIN = str.maketrans(CYRILLIC, LATIN)
LATIN_LETTER, CYRILLIC_LETTER = re.compile("[a-z]"), re.compile("[а-яё]")
#: Keys of Russian letters that are marks in English stand nowhere like this: by «еж»
#: nobody means "t;", and by «это» nobody "'nj".
UNLIKELY = re.compile(r"[`\[\]]|(?<![a-z]{3})[,;]|[,;](?=\S)|(?<![a-z])[.']")


def in_other_layout(text: str) -> str | None:
    """None if it is in both scripts, or in neither, or cannot be meant."""
    typed = text.lower()
    is_latin = LATIN_LETTER.search(typed) is not None
    if is_latin == (CYRILLIC_LETTER.search(typed) is not None):
        return None
    if is_latin:
        return typed.translate(TO_CYRILLIC)
    meant = typed.translate(TO_LATIN)
    return None if UNLIKELY.search(meant) else meant
