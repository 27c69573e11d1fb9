"""The stem of a Russian or an English word, as both engines make it."""

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

STEMS = (
    TextAnalyzerBuilder(Tokenizer.whitespace())
    .filter(Filter.stemmer("russian"))
    .filter(Filter.stemmer("english"))
    .build()
)


def stem(word: str) -> str:
    stems = STEMS.analyze(word)
    return stems[0] if stems else word
