"""The genres and people of a film, in its document: their ids, and their names."""

from collections.abc import Callable, Mapping
from uuid import UUID

from projections.rows import replace
from projections.search import Document


def assigned(row: Document, id_: UUID, rows: Mapping[UUID, Document]) -> Document:
    genre = rows.get(id_)
    return replace(
        row,
        genre_ids=(*row.genre_ids, id_),
        genres=(*row.genres, (genre and genre.name) or ""),
    )


def credited(
    row: Document, id_: UUID, role: str, rows: Mapping[UUID, Document]
) -> Document:
    person = rows.get(id_)
    return replace(
        row,
        person_ids=(*row.person_ids, id_),
        people=(*row.people, (person and person.name) or ""),
        roles=(*row.roles, role),
    )


def keeping_genres(row: Document, is_kept: Callable[[UUID], bool]) -> Document:
    pairs = zip(row.genre_ids, row.genres, strict=True)
    kept = [(id_, name) for id_, name in pairs if is_kept(id_)]
    return replace(
        row,
        genre_ids=tuple(id_ for id_, _ in kept),
        genres=tuple(name for _, name in kept),
    )


def keeping_credits(row: Document, is_kept: Callable[[UUID, str], bool]) -> Document:
    triples = zip(row.person_ids, row.people, row.roles, strict=True)
    kept = [triple for triple in triples if is_kept(triple[0], triple[2])]
    return replace(
        row,
        person_ids=tuple(id_ for id_, _, _ in kept),
        people=tuple(name for _, name, _ in kept),
        roles=tuple(role for _, _, role in kept),
    )


def genre_renamed(row: Document, id_: UUID, name: str) -> Document:
    """The genre's own document, or that of a film under it."""
    if row.id == id_:
        return replace(row, name=name)
    pairs = zip(row.genre_ids, row.genres, strict=True)
    return replace(row, genres=tuple(name if i == id_ else g for i, g in pairs))


def person_renamed(row: Document, id_: UUID, name: str) -> Document:
    """The person's own document, or that of a film that credits them."""
    if row.id == id_:
        return replace(row, name=name)
    pairs = zip(row.person_ids, row.people, strict=True)
    return replace(row, people=tuple(name if i == id_ else p for i, p in pairs))
