"""How a document lies in the index: what is stored, and what it can be found by."""

from uuid import UUID

from tantivy import Document, Filter, Index, TextAnalyzerBuilder, Tokenizer

from infra.projection_engine.tantivy import Layout, fields
from infra.search.words import all_words_of, whole, words_of
from projections import search

SCHEMA = (
    fields()
    .add_text_field("whole", tokenizer_name="raw", index_option="basic")
    .add_text_field("title", tokenizer_name="words", index_option="basic")
    .add_text_field("title_stem", tokenizer_name="stems", index_option="basic")
    .add_text_field("people", tokenizer_name="words", index_option="basic")
    .add_text_field("anywhere", tokenizer_name="stems", index_option="basic")
    .add_unsigned_field("year", indexed=True, fast=True)
    .add_unsigned_field("age", indexed=True, fast=True)
    .add_unsigned_field("rank", indexed=True, fast=True)
    .build()
)
WORDS = TextAnalyzerBuilder(Tokenizer.whitespace()).build()
STEMS = (
    TextAnalyzerBuilder(Tokenizer.whitespace())
    .filter(Filter.stemmer("russian"))
    .filter(Filter.stemmer("english"))
    .build()
)
#: What lists are filtered by, and what a renamed genre or person is looked up by.
COLUMNS = ("kind", "type", "access", "countries", "genre_ids", "person_ids")
MOST_POPULAR = 2**16 - 1
ID_BITS = 48
LAST_ID = (1 << ID_BITS) - 1


def register(index: Index) -> None:
    index.register_tokenizer("words", WORDS)
    index.register_tokenizer("stems", STEMS)


def fill(document: Document, row: search.Document) -> None:
    document.add_unsigned("rank", rank(row))
    names = [*names_of(row)]
    for name in names:
        document.add_text("whole", whole(name))
        document.add_text("title", whole(name))
        document.add_text("title_stem", whole(name))
    for person in dict.fromkeys(row.people):
        document.add_text("people", " ".join(words_of(person)))
    prose = (row.description_ru or "", row.description_en or "")
    for text in (*names, *dict.fromkeys(row.people), *row.genres, *prose):
        document.add_text("anywhere", all_words_of(text))
    if row.year is not None:
        document.add_unsigned("year", row.year)
    if row.age_rating is not None:
        document.add_unsigned("age", row.age_rating)


def names_of(row: search.Document) -> dict[str, None]:
    names = (row.name, row.title_ru, row.title_en, row.title_original)
    return dict.fromkeys(name for name in names if name)


def rank(row: search.Document) -> int:
    """Popularity first, then the smaller id: the order among equal matches."""
    popularity = min(max(row.popularity, 0), MOST_POPULAR)
    return (popularity << ID_BITS) + LAST_ID - beginning(row.id)


def beginning(id_: UUID) -> int:
    return id_.int >> (128 - ID_BITS)


LAYOUT = Layout(schema=SCHEMA, columns=COLUMNS, register=register, fill=fill)
