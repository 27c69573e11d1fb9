"""What was meant by who typed in the other keyboard layout: «jnxbv» is «отчим»."""

import re

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
SHIFTED = '~{}:"<>'
TO_CYRILLIC = str.maketrans(LATIN + SHIFTED, CYRILLIC + "ёхъжэбю")
TO_LATIN = str.maketrans(CYRILLIC, LATIN)
LATIN_LETTER, CYRILLIC_LETTER = re.compile("[a-z]"), re.compile("[а-яё]")


def in_other_layout(text: str) -> str | None:
    """None if it is in both scripts, or in neither."""
    typed = text.lower()
    is_latin = LATIN_LETTER.search(typed) is not None
    if is_latin == (CYRILLIC_LETTER.search(typed) is not None):
        return None
    return typed.translate(TO_CYRILLIC if is_latin else TO_LATIN)
