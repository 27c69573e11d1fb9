"""Commands on the people whom films credit."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Body, Desk, desk, new_id
from command_api.presence import must_be_there
from command_api.security import Holder
from domain.kernel.values import PersonId
from domain.person.commands import (
    AddPerson,
    ArchivePerson,
    DatePersonBirth,
    MergePerson,
    RenamePerson,
    RestorePerson,
)

router = APIRouter(prefix="/people", tags=["people"])

Editor = Annotated[Desk, Depends(desk(Holder("catalogue:edit")))]


class PersonBody(Body):
    name: str
    birth_date: date | None = None


class PersonNameBody(Body):
    name: str


class BirthBody(Body):
    birth_date: date | None


class PersonMergerBody(Body):
    """Which one films have instead."""

    into: UUID


@router.post("", status_code=201, summary="Add a person")
def add_person(body: PersonBody, editor: Editor) -> Accepted:
    command = AddPerson(
        person_id=PersonId(new_id()),
        name=body.name,
        birth_date=body.birth_date,
        now=editor.now(),
    )
    return editor.send(command, "people")


@router.post("/{person_id}/name", summary="Rename a person")
def rename_person(person_id: UUID, body: PersonNameBody, editor: Editor) -> Accepted:
    command = RenamePerson(
        person_id=PersonId(person_id), name=body.name, now=editor.now()
    )
    return editor.send(command, "people")


@router.post("/{person_id}/birth", summary="Date a person's birth")
def date_person_birth(person_id: UUID, body: BirthBody, editor: Editor) -> Accepted:
    born = body.birth_date
    command = DatePersonBirth(
        person_id=PersonId(person_id), birth_date=born, now=editor.now()
    )
    return editor.send(command, "people")


@router.post("/{person_id}/archive", summary="Archive a person")
def archive_person(person_id: UUID, editor: Editor) -> Accepted:
    command = ArchivePerson(person_id=PersonId(person_id), now=editor.now())
    return editor.send(command, "people")


@router.post("/{person_id}/restoration", summary="Take a person out of the archive")
def restore_person(person_id: UUID, editor: Editor) -> Accepted:
    command = RestorePerson(person_id=PersonId(person_id), now=editor.now())
    return editor.send(command, "people")


@router.post("/{person_id}/merger", summary="Merge a person into another: films follow")
def merge_person(person_id: UUID, body: PersonMergerBody, editor: Editor) -> Accepted:
    must_be_there(editor.services, "person", body.into, "/into")
    command = MergePerson(
        person_id=PersonId(person_id), into=PersonId(body.into), now=editor.now()
    )
    return editor.send(command, "people")
