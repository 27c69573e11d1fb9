"""Finding rows while they change."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from projections.projection import Index
from projections.search import Document
from tests.examples.catalogue import FILM, GENRE, PERSON

KEYS = (FILM, GENRE, PERSON)
documents = st.builds(
    Document,
    id=st.sampled_from(KEYS),
    kind=st.just("film"),
    type=st.sampled_from(["movie", "series"]),
    genre_ids=st.lists(st.sampled_from(KEYS), max_size=3).map(tuple),
)


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.none() | documents)))
def test_what_is_looked_up_is_as_the_rows_stand(
    changes: list[tuple[UUID, Document | None]],
) -> None:
    rows: dict[UUID, Document] = {}
    index = Index(rows)
    for key, row in changes:
        if row is not None or key in rows:
            index.put(key, row)
        for type_ in ("movie", "series"):
            found = {key for key, row in rows.items() if row.type == type_}
            assert set(index("type", type_)) == found
        for genre in KEYS:
            found = {key for key, row in rows.items() if genre in row.genre_ids}
            assert set(index("genre_ids", genre)) == found
