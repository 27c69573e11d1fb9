from domain.genre.decider import GenreNotFound, genre
from tests.examples.catalogue import add_genre, genre_added, genre_renamed, rename_genre
from tests.scenario import DeciderScenario

given = DeciderScenario(genre)


def test_a_genre_is_added_once() -> None:
    given().when(add_genre()).then(genre_added())
    given(genre_added()).when(add_genre()).then()


def test_a_genre_is_renamed_to_another_name() -> None:
    given(genre_added()).when(rename_genre()).then(genre_renamed())
    given(genre_added(), genre_renamed()).when(rename_genre()).then()


def test_only_what_is_there_can_be_renamed() -> None:
    given().when(rename_genre()).then_refused(GenreNotFound)
