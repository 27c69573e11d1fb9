"""A person whom films credit: many may have the same name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from domain.kernel.decider import Decider
from domain.kernel.errors import Invalid, NotFound, Rejected
from domain.kernel.text import is_line
from domain.kernel.values import PersonId
from domain.person.commands import (
    AddPerson,
    ArchivePerson,
    DatePersonBirth,
    MergePerson,
    PersonCommand,
    RenamePerson,
    RestorePerson,
)
from domain.person.events import (
    PersonAdded,
    PersonArchived,
    PersonBirthDated,
    PersonEvent,
    PersonMerged,
    PersonRenamed,
    PersonRestored,
)

LONGEST_NAME = 200
EARLIEST_BIRTH = date(1000, 1, 1)


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Archived:
    """What it was, and will be again if it is restored."""

    person: Named


@dataclass(frozen=True, slots=True)
class Merged:
    into: PersonId


Person: TypeAlias = Absent | Named | Archived | Merged


class PersonNotFound(NotFound):
    """There is no such person."""


class PersonArchivedAlready(Rejected):
    """The person is archived; nothing about them changes unless they are restored."""


class PersonMergedAlready(Rejected):
    """The person was merged into another and is no more; use the other one."""


class PersonMergedIntoItself(Invalid):
    """A person cannot be merged into itself: name another one."""

    pointer = "/into"


class PersonExistsAlready(Rejected):
    """There is another person under this id."""


class PersonNameUnwritable(Invalid):
    """A person's name is one line of 1 to 200 characters."""

    pointer = "/name"


class BirthDateImpossible(Invalid):
    """A birth date is neither in the future nor more than a millennium ago."""

    pointer = "/birth_date"


def decide(command: PersonCommand, state: Person) -> Sequence[PersonEvent]:
    match command:
        case AddPerson():
            return add(command, state)
        case RenamePerson():
            return rename(command, named(state))
        case DatePersonBirth():
            return date_birth(command, named(state))
        case MergePerson():
            return merge(command, state)
        case ArchivePerson():
            return archive(command, state)
        case RestorePerson():
            return restore(command, state)
        case _:
            assert_never(command)


def add(ask: AddPerson, state: Person) -> Sequence[PersonEvent]:
    check_name(ask.name)
    check_birth(ask.birth_date, ask.now.date())
    match state:
        case Absent():
            id_, name, born = ask.person_id, ask.name, ask.birth_date
            return (
                PersonAdded(
                    person_id=id_, name=name, birth_date=born, added_at=ask.now
                ),
            )
        case Archived():
            raise PersonArchivedAlready
        case Merged():
            raise PersonMergedAlready
        case Named() if state == Named(ask.name, ask.birth_date):
            return ()
        case Named():
            raise PersonExistsAlready
        case _:
            assert_never(state)


def rename(ask: RenamePerson, person: Named) -> Sequence[PersonEvent]:
    check_name(ask.name)
    if ask.name == person.name:
        return ()
    return (PersonRenamed(person_id=ask.person_id, name=ask.name, renamed_at=ask.now),)


def date_birth(ask: DatePersonBirth, person: Named) -> Sequence[PersonEvent]:
    check_birth(ask.birth_date, ask.now.date())
    if ask.birth_date == person.birth_date:
        return ()
    id_, born = ask.person_id, ask.birth_date
    return (PersonBirthDated(person_id=id_, birth_date=born, dated_at=ask.now),)


def archive(ask: ArchivePerson, state: Person) -> Sequence[PersonEvent]:
    if isinstance(state, Archived):
        return ()
    named(state)
    return (PersonArchived(person_id=ask.person_id, archived_at=ask.now),)


def merge(ask: MergePerson, state: Person) -> Sequence[PersonEvent]:
    if ask.into == ask.person_id:
        raise PersonMergedIntoItself
    if state == Merged(ask.into):
        return ()
    named(state)
    id_, into = ask.person_id, ask.into
    return (PersonMerged(person_id=id_, into=into, merged_at=ask.now),)


def restore(ask: RestorePerson, state: Person) -> Sequence[PersonEvent]:
    match state:
        case Absent():
            raise PersonNotFound
        case Merged():
            raise PersonMergedAlready
        case Archived():
            return (PersonRestored(person_id=ask.person_id, restored_at=ask.now),)
        case Named():
            return ()
        case _:
            assert_never(state)


def check_name(name: str) -> None:
    if not is_line(name, LONGEST_NAME):
        raise PersonNameUnwritable


def check_birth(birth_date: date | None, today: date) -> None:
    if birth_date is not None and not EARLIEST_BIRTH <= birth_date <= today:
        raise BirthDateImpossible


def named(state: Person) -> Named:
    match state:
        case Absent():
            raise PersonNotFound
        case Archived():
            raise PersonArchivedAlready
        case Merged():
            raise PersonMergedAlready
        case Named():
            return state
        case _:
            assert_never(state)


def evolve(state: Person, event: PersonEvent) -> Person:
    match event:
        case PersonAdded(name=name, birth_date=birth_date):
            return Named(name, birth_date)
        case PersonRenamed(name=name):
            return replace(state, name=name) if isinstance(state, Named) else state
        case PersonBirthDated(birth_date=birth_date):
            if not isinstance(state, Named):
                return state
            return replace(state, birth_date=birth_date)
        case PersonMerged(into=into):
            return Merged(into)
        case PersonArchived():
            return Archived(state) if isinstance(state, Named) else state
        case PersonRestored():
            return state.person if isinstance(state, Archived) else state
        case _:
            assert_never(event)


person: Decider[PersonCommand, Person, PersonEvent] = Decider(
    category="person",
    key=lambda command: command.person_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
