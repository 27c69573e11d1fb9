from domain.film.decider import FilmNotFound, FilmWithdrawnAlready, film
from tests.examples.catalogue import (
    add,
    added,
    retitle,
    retitled,
    tag,
    tagged,
    withdraw,
    withdrawn,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(film)


def test_a_film_is_added_once() -> None:
    given().when(add()).then(added())
    given(added()).when(add()).then()


def test_a_title_can_be_changed_to_another() -> None:
    given(added()).when(retitle()).then(retitled())
    given(added(), retitled()).when(retitle()).then()


def test_a_genre_is_tagged_once() -> None:
    given(added()).when(tag()).then(tagged())
    given(added(), tagged()).when(tag()).then()


def test_only_what_is_there_can_be_changed() -> None:
    given().when(retitle()).then_refused(FilmNotFound)
    given(added(), withdrawn()).when(tag()).then_refused(FilmWithdrawnAlready)


def test_a_film_is_withdrawn_once() -> None:
    given(added()).when(withdraw()).then(withdrawn())
    given(added(), withdrawn()).when(withdraw()).then()
