from datetime import date
from uuid import UUID

import pytest

from domain.kernel.values import PersonId
from domain.person.decider import (
    BirthDateImpossible,
    PersonArchivedAlready,
    PersonExistsAlready,
    PersonMergedAlready,
    PersonMergedIntoItself,
    PersonNameUnwritable,
    PersonNotFound,
    person,
)
from tests.examples.catalogue import (
    PERSON,
    add_person,
    archive_person,
    birth_dated,
    date_birth,
    merge_person,
    person_added,
    person_archived,
    person_merged,
    person_renamed,
    person_restored,
    rename_person,
    restore_person,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(person)


def test_a_person_is_added_once() -> None:
    given().when(add_person()).then(person_added())
    given(person_added()).when(add_person()).then()
    given(person_added(), person_renamed()).when(add_person()).then_refused(
        PersonExistsAlready
    )


def test_a_person_is_renamed_to_another_name() -> None:
    given(person_added()).when(rename_person()).then(person_renamed())
    given(person_added(), person_renamed()).when(rename_person()).then()


def test_a_birth_is_dated() -> None:
    given(person_added()).when(date_birth()).then(birth_dated())
    given(person_added(), birth_dated()).when(date_birth()).then()


@pytest.mark.parametrize("day", [date(999, 1, 1), date(2026, 3, 2)])
def test_nobody_is_born_tomorrow(day: date) -> None:
    given(person_added()).when(date_birth(birth_date=day)).then_refused(
        BirthDateImpossible
    )


def test_only_who_is_there_can_be_changed() -> None:
    for command in (rename_person(), date_birth(), archive_person()):
        given().when(command).then_refused(PersonNotFound)


def test_an_archived_person_is_done_with() -> None:
    given(person_added()).when(archive_person()).then(person_archived())
    archived = (person_added(), person_archived())
    given(*archived).when(archive_person()).then()
    for command in (add_person(), rename_person(), date_birth()):
        given(*archived).when(command).then_refused(PersonArchivedAlready)


@pytest.mark.parametrize("name", ["", " ", "a" * 201, "a\0b"])
def test_a_name_is_a_line(name: str) -> None:
    given().when(add_person(name=name)).then_refused(PersonNameUnwritable)


def test_a_person_is_merged_into_another() -> None:
    given(person_added()).when(merge_person()).then(person_merged())
    merged = (person_added(), person_merged())
    given(*merged).when(merge_person()).then()
    given(*merged).when(merge_person(into=PersonId(UUID(int=99)))).then_refused(
        PersonMergedAlready
    )


def test_a_person_is_not_merged_into_itself() -> None:
    itself = merge_person(into=PERSON)
    given(person_added()).when(itself).then_refused(PersonMergedIntoItself)


def test_only_a_person_that_is_there_is_merged() -> None:
    given().when(merge_person()).then_refused(PersonNotFound)
    archived = (person_added(), person_archived())
    given(*archived).when(merge_person()).then_refused(PersonArchivedAlready)


def test_a_merged_person_is_no_more() -> None:
    merged = (person_added(), person_merged())
    for command in (
        add_person(),
        rename_person(),
        date_birth(),
        archive_person(),
        restore_person(),
    ):
        given(*merged).when(command).then_refused(PersonMergedAlready)


def test_an_archived_person_comes_back_as_it_was() -> None:
    facts = (person_added(), birth_dated())
    archived = (*facts, person_archived())
    given(*archived).when(restore_person()).then(person_restored())
    given(*facts).when(restore_person()).then()
    given().when(restore_person()).then_refused(PersonNotFound)
    assert person.fold([*archived, person_restored()]) == person.fold(facts)
    assert person.fold([person_restored()]) == person.initial
