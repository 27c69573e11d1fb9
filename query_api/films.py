"""What can be found in the catalogue."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from projections.catalogue import CatalogueView, Document, SearchView
from query_api.dependencies import found, level
from query_api.security import Anyone

router = APIRouter(tags=["films"], dependencies=[Depends(Anyone())])

Catalogue = Annotated[CatalogueView, Depends(level(lambda seen: seen.catalogue))]
Index = Annotated[SearchView, Depends(level(lambda seen: seen.search))]


class DocumentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: Literal["film", "genre"]
    title: str
    genres: tuple[str, ...]


@router.get("/films/{film_id}")
def read_film(film_id: UUID, catalogue: Catalogue) -> DocumentOut:
    return DocumentOut.model_validate(found(catalogue.get(film_id)))


@router.get("/genres/{genre_id}/films")
def list_films(genre_id: UUID, catalogue: Catalogue) -> list[DocumentOut]:
    return shown(catalogue.films_of(genre_id))


@router.get("/search")
def search(
    q: Annotated[str, Query(max_length=256)],
    index: Index,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> list[DocumentOut]:
    return shown(index.search(q, limit))


def shown(documents: Sequence[Document]) -> list[DocumentOut]:
    return [DocumentOut.model_validate(document) for document in documents]
