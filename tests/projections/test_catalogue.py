from uuid import UUID

from domain.kernel.values import FilmId
from projections.catalogue import Document, catalogue
from tests.examples import example
from tests.examples.catalogue import (
    FILM,
    GENRE,
    added,
    genre_added,
    genre_renamed,
    retitled,
    tagged,
    withdrawn,
)
from tests.scenario import ProjectionScenario

given = ProjectionScenario(catalogue)
OTHER = FilmId(UUID(int=7))
film = example(Document, id=FILM, kind="film", title="Solaris")
drama = example(Document, id=GENRE, kind="genre", title="Drama")
in_drama = {"genre_ids": (GENRE,), "genres": ("Drama",)}
in_fantasy = {"genre_ids": (GENRE,), "genres": ("Fantasy",)}


def test_a_film_is_found_under_its_title_of_today() -> None:
    given(added(), retitled()).then(film(title="Stalker"))


def test_a_withdrawn_film_is_not_found() -> None:
    given(added(), withdrawn()).then()


def test_a_tagged_film_shows_the_name_the_genre_has_by_then() -> None:
    given(genre_added(), genre_renamed(), added(), tagged()).then(
        drama(title="Fantasy"), film(**in_fantasy)
    )


def test_a_renamed_genre_is_renamed_in_every_film_under_it() -> None:
    given(
        genre_added(),
        added(),
        added(film_id=OTHER),
        tagged(),
        tagged(film_id=OTHER),
        genre_renamed(),
    ).then(
        drama(title="Fantasy"),
        film(**in_fantasy),
        film(id=OTHER, **in_fantasy),
    )


def test_a_genre_may_come_after_its_films() -> None:
    given(added(), tagged(), genre_added()).then(film(**in_drama), drama())
