"""How a document lies in the index: what is stored, and what it can be found by."""

from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from tantivy import (
    Document,
    Index,
    SchemaBuilder,
    TextAnalyzerBuilder,
    Tokenizer,
)

from infra.projection_engine.tantivy import KEPT, Layout, fields, term
from infra.search.stems import stems_of
from infra.search.texts import FIELDS, texts_of
from projections import search

#: Fields of which each text is one term.
TERMS = ("whole", "sized", "sound_whole")
#: Stems are made here: most words have been met before, which tantivy does not notice.
STEMMED = ("title_stem", "anywhere")
WORDS = TextAnalyzerBuilder(Tokenizer.whitespace()).build()
#: The field of each column that is counted, filtered by, and looked up by.
FIELD_OF = {
    "genre_ids": "genre",
    "person_ids": "person",
    "countries": "country",
    "type": "type",
    "access": "access",
}
#: As many as a film may have windows.
SLOTS = 50
MOST_POPULAR = 2**16 - 1
RANK_BITS = 48
LAST_ID = (1 << RANK_BITS) - 1
TAIL_MASK = 2**64 - 1
NEVER = 2**63 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def schema() -> SchemaBuilder:
    builder = fields()
    for name in FIELDS:
        cut = "raw" if name in TERMS else "words"
        builder.add_text_field(name, tokenizer_name=cut, index_option="basic")
    for name in FIELD_OF.values():
        builder.add_text_field(
            name, fast=True, tokenizer_name="raw", index_option="basic"
        )
    for name in ("year", "age"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("rank", "tail"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for slot in range(SLOTS):
        builder.add_unsigned_field(f"opens_{slot}", fast=True)
        builder.add_unsigned_field(f"closes_{slot}", fast=True)
    return builder


SCHEMA = schema().build()


def register(index: Index) -> None:
    index.register_tokenizer("words", WORDS)


def fill(document: Document, row: search.Document) -> None:
    add_text, add_unsigned = document.add_text, document.add_unsigned
    add_unsigned("rank", rank(row))
    add_unsigned("tail", tail(row.id))
    for field, texts in texts_of(row).items():
        if field in TERMS:
            for text in texts:
                add_text(field, text)
        elif texts:
            text = " ".join(texts)
            add_text(field, stems_of(text) if field in STEMMED else text)
    add_text("term", term("kind", row.kind))
    for genre in {id_.int for id_ in row.genre_ids}:
        add_text("genre", id_text(genre))
    for person in {id_.int for id_ in row.person_ids}:
        add_text("person", id_text(person))
    for country in row.countries:
        add_text("country", country)
    if row.type is not None:
        add_text("type", row.type)
    if row.access is not None:
        add_text("access", row.access)
    if row.year is not None:
        add_unsigned("year", row.year)
    if row.age_rating is not None:
        add_unsigned("age", row.age_rating)
    add_windows(document, row)


@lru_cache(KEPT)
def id_text(number: int) -> str:
    """Of an id that many films have; its number is found sooner than itself."""
    return str(UUID(int=number))


def add_windows(document: Document, row: search.Document) -> None:
    """Each in a slot of its own, so that its moments and countries stay together."""
    document.add_text("term", term("is_windowed", bool(row.windows)))
    for slot, window in enumerate(row.windows[:SLOTS]):
        document.add_text("term", term(f"is_slot_{slot}", True))
        opens, closes = window.opens, window.closes
        document.add_unsigned(f"opens_{slot}", microseconds(opens) if opens else 0)
        document.add_unsigned(
            f"closes_{slot}", microseconds(closes) if closes else NEVER
        )
        for country in window.countries or ("",):
            document.add_text("term", term(f"slot_{slot}", country))


def microseconds(moment: datetime) -> int:
    """Since 1970; what was before is at its beginning."""
    passed = moment - EPOCH
    exact = (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds
    return max(exact, 0)


def rank(row: search.Document) -> int:
    """Popularity first, then the smaller id: the order among equal matches."""
    popularity = min(max(row.popularity, 0), MOST_POPULAR)
    return (popularity << RANK_BITS) + LAST_ID - (row.id.int >> (128 - RANK_BITS))


def tail(id_: UUID) -> int:
    """What of an id a rank has no room for; the 16 bits after that are by chance."""
    return (id_.int >> (64 - RANK_BITS)) & TAIL_MASK


LAYOUT = Layout(schema=SCHEMA, field_of=FIELD_OF, register=register, fill=fill)
