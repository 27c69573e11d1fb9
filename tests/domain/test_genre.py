import pytest

from domain.genre.decider import (
    GenreArchivedAlready,
    GenreDescriptionUnwritable,
    GenreExistsAlready,
    GenreNameUnwritable,
    GenreNotFound,
    genre,
)
from tests.examples.catalogue import (
    add_genre,
    archive_genre,
    describe_genre,
    genre_added,
    genre_archived,
    genre_described,
    genre_renamed,
    rename_genre,
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
