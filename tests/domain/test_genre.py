from uuid import UUID

import pytest

from domain.genre.decider import (
    GenreArchivedAlready,
    GenreDescriptionUnwritable,
    GenreExistsAlready,
    GenreMergedAlready,
    GenreMergedIntoItself,
    GenreNameUnwritable,
    GenreNotFound,
    genre,
)
from domain.kernel.values import GenreId
from tests.examples.catalogue import (
    GENRE,
    add_genre,
    archive_genre,
    describe_genre,
    genre_added,
    genre_archived,
    genre_described,
    genre_merged,
    genre_renamed,
    genre_restored,
    merge_genre,
    rename_genre,
    restore_genre,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(genre)


def test_a_genre_is_added_once() -> None:
    given().when(add_genre()).then(genre_added())
    given(genre_added()).when(add_genre()).then()
    given(genre_added(), genre_renamed()).when(add_genre()).then_refused(
        GenreExistsAlready
    )


def test_a_genre_is_renamed_to_another_name() -> None:
    given(genre_added()).when(rename_genre()).then(genre_renamed())
    given(genre_added(), genre_renamed()).when(rename_genre()).then()


def test_a_genre_is_described() -> None:
    given(genre_added()).when(describe_genre()).then(genre_described())
    given(genre_added(), genre_described()).when(describe_genre()).then()


def test_only_what_is_there_can_be_changed() -> None:
    for command in (rename_genre(), describe_genre(), archive_genre()):
        given().when(command).then_refused(GenreNotFound)


def test_an_archived_genre_is_done_with() -> None:
    given(genre_added()).when(archive_genre()).then(genre_archived())
    archived = (genre_added(), genre_archived())
    given(*archived).when(archive_genre()).then()
    for command in (add_genre(), rename_genre(), describe_genre()):
        given(*archived).when(command).then_refused(GenreArchivedAlready)


@pytest.mark.parametrize("name", ["", " ", "a" * 101, "a\nb"])
def test_a_name_is_a_line(name: str) -> None:
    given().when(add_genre(name=name)).then_refused(GenreNameUnwritable)
    given(genre_added()).when(rename_genre(name=name)).then_refused(GenreNameUnwritable)


def test_a_description_has_an_end() -> None:
    given().when(add_genre(description="a" * 2001)).then_refused(
        GenreDescriptionUnwritable
    )


def test_names_differ_in_more_than_capitals() -> None:
    assert genre.unique is not None

    def names(name: str) -> frozenset[str]:
        assert genre.unique is not None
        return genre.unique.names(genre.fold([genre_added(name=name)]))

    assert names("Ёлки и  ПАЛКИ") == names("елки и палки") != names("палки")
    assert genre.unique.names(genre.initial) == frozenset()


def test_a_genre_is_merged_into_another() -> None:
    given(genre_added()).when(merge_genre()).then(genre_merged())
    merged = (genre_added(), genre_merged())
    given(*merged).when(merge_genre()).then()
    given(*merged).when(merge_genre(into=GenreId(UUID(int=99)))).then_refused(
        GenreMergedAlready
    )
    assert genre.unique is not None
    assert genre.unique.names(genre.fold(merged)) == frozenset()


def test_a_genre_is_not_merged_into_itself() -> None:
    itself = merge_genre(into=GENRE)
    given(genre_added()).when(itself).then_refused(GenreMergedIntoItself)


def test_only_a_genre_that_is_there_is_merged() -> None:
    given().when(merge_genre()).then_refused(GenreNotFound)
    archived = (genre_added(), genre_archived())
    given(*archived).when(merge_genre()).then_refused(GenreArchivedAlready)


def test_a_merged_genre_is_no_more() -> None:
    merged = (genre_added(), genre_merged())
    for command in (
        add_genre(),
        rename_genre(),
        describe_genre(),
        archive_genre(),
        restore_genre(),
    ):
        given(*merged).when(command).then_refused(GenreMergedAlready)


def test_an_archived_genre_comes_back_as_it_was() -> None:
    facts = (genre_added(), genre_described())
    archived = (*facts, genre_archived())
    given(*archived).when(restore_genre()).then(genre_restored())
    given(*facts).when(restore_genre()).then()
    given().when(restore_genre()).then_refused(GenreNotFound)
    assert genre.fold([*archived, genre_restored()]) == genre.fold(facts)
    assert genre.fold([genre_restored()]) == genre.initial
