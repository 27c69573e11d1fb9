"""The stem of a Russian or an English word, as both engines make it."""

from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

#: Words come again and again.
KEPT = 1 << 15
STEMS = (
    TextAnalyzerBuilder(Tokenizer.whitespace())
    .filter(Filter.stemmer("russian"))
    .filter(Filter.stemmer("english"))
    .build()
)


@lru_cache(KEPT)
def stem(word: str) -> str:
    stems = STEMS.analyze(word)
    return stems[0] if stems else word


def stems_of(text: str) -> str:
    """Of words with spaces between them."""
    return " ".join(map(stem, text.split()))
