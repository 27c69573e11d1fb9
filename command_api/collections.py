"""Commands on curated collections of films."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Body, Desk, desk, new_id
from command_api.presence import must_all_be_there
from command_api.security import Holder
from domain.collection.commands import (
    ArchiveCollection,
    ArrangeCollection,
    CreateCollection,
    DescribeCollection,
    RestoreCollection,
    RetitleCollection,
)
from domain.collection.values import CollectionDescription, CollectionTitles
from domain.kernel.values import CollectionId, FilmId

router = APIRouter(prefix="/collections", tags=["collections"])

Editor = Annotated[Desk, Depends(desk(Holder("catalogue:edit")))]


class CollectionTitlesIn(Body):
    ru: str | None = None
    en: str | None = None

    def value(self) -> CollectionTitles:
        return CollectionTitles(ru=self.ru, en=self.en)


class CollectionDescriptionIn(Body):
    ru: str | None = None
    en: str | None = None

    def value(self) -> CollectionDescription:
        return CollectionDescription(ru=self.ru, en=self.en)


class CollectionBody(Body):
    """``slug`` is its name in addresses: letters a-z, digits, hyphens."""

    titles: CollectionTitlesIn
    slug: str | None = None


class CollectionTitlesBody(Body):
    titles: CollectionTitlesIn


class CollectionDescriptionBody(Body):
    description: CollectionDescriptionIn


class CollectionFilmsBody(Body):
    """All of them, in their order."""

    film_ids: tuple[UUID, ...]


@router.post("", status_code=201, summary="Create a collection")
def create_collection(body: CollectionBody, editor: Editor) -> Accepted:
    command = CreateCollection(
        collection_id=CollectionId(new_id()),
        titles=body.titles.value(),
        slug=body.slug,
        now=editor.now(),
    )
    return editor.send(command, "collections")


@router.post("/{collection_id}/titles", summary="Give a collection other titles")
def retitle_collection(
    collection_id: UUID, body: CollectionTitlesBody, editor: Editor
) -> Accepted:
    id_, titles = CollectionId(collection_id), body.titles.value()
    command = RetitleCollection(collection_id=id_, titles=titles, now=editor.now())
    return editor.send(command, "collections")


@router.post("/{collection_id}/description", summary="Describe a collection")
def describe_collection(
    collection_id: UUID, body: CollectionDescriptionBody, editor: Editor
) -> Accepted:
    id_, text = CollectionId(collection_id), body.description.value()
    command = DescribeCollection(collection_id=id_, description=text, now=editor.now())
    return editor.send(command, "collections")


@router.post("/{collection_id}/films", summary="Say which films are in it, in order")
def arrange_collection(
    collection_id: UUID, body: CollectionFilmsBody, editor: Editor
) -> Accepted:
    must_all_be_there(editor.services, "film", body.film_ids, "/film_ids/{}")
    command = ArrangeCollection(
        collection_id=CollectionId(collection_id),
        film_ids=tuple(map(FilmId, body.film_ids)),
        now=editor.now(),
    )
    return editor.send(command, "collections")


@router.post("/{collection_id}/archive", summary="Archive a collection")
def archive_collection(collection_id: UUID, editor: Editor) -> Accepted:
    id_ = CollectionId(collection_id)
    command = ArchiveCollection(collection_id=id_, now=editor.now())
    return editor.send(command, "collections")


@router.post("/{collection_id}/restoration", summary="Take it out of the archive")
def restore_collection(collection_id: UUID, editor: Editor) -> Accepted:
    id_ = CollectionId(collection_id)
    command = RestoreCollection(collection_id=id_, now=editor.now())
    return editor.send(command, "collections")
