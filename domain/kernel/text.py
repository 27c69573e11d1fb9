"""Text that people write: how long it may be, and which characters are in it."""

from unicodedata import category, normalize

#: What is neither text nor a line break: other controls, halves of surrogate pairs.
UNWRITABLE = ("Cc", "Cs")
BREAKS = "\n\r\t"


def is_line(text: str, longest: int) -> bool:
    """One line with something on it, at most ``longest`` characters."""
    return bool(text.strip()) and len(text) <= longest and not unwritable(text)


def is_prose(text: str, longest: int) -> bool:
    """Any number of lines, at most ``longest`` characters altogether."""
    return len(text) <= longest and not unwritable(text, BREAKS)


def unwritable(text: str, besides: str = "") -> bool:
    return not text.isprintable() and any(  # Which nearly all text is.
        category(character) in UNWRITABLE and character not in besides
        for character in text
    )


def folded(text: str) -> str:
    """The same for two spellings that nobody would tell apart (case, spaces, ё)."""
    words = normalize("NFKC", text).casefold().replace("ё", "е").split()
    return " ".join(words)
