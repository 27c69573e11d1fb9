"""Films follow what was merged or archived."""

from domain.film.commands import (
    ArchiveFilm,
    GiveCredit,
    RestoreFilm,
)
from domain.genre.commands import ArchiveGenre
from domain.person.commands import ArchivePerson, MergePerson
from processes.merging import Gone
from tests.examples import NOON
from tests.merging.catalogue import Catalogue


def test_every_film_has_the_other_genre(catalogue: Catalogue) -> None:
    gone, other, third = catalogue.genres
    films = [catalogue.film(gone) for _ in range(5)]
    both, neither = catalogue.film(gone, other), catalogue.film(third)
    catalogue.merge(gone, other)
    catalogue.settle()
    assert catalogue.genres_of(*films, both) == [{other}] * 6
    assert catalogue.genres_of(neither) == [{third}]
    assert catalogue.versions(*films, both, neither) == [4] * 6 + [2]
    row = catalogue.system.models["films"].store.load([both])[both]
    assert row.genre_ids == (other,)


def test_what_films_do_says_why(catalogue: Catalogue) -> None:
    gone, other, _ = catalogue.genres
    film = catalogue.film(gone)
    catalogue.merge(gone, other)
    catalogue.settle()
    merged = catalogue.system.cinema.stream(f"genre-{gone}")[-1].metadata
    last = catalogue.system.cinema.stream(f"film-{film}")[-1].metadata
    assert last.actor == "merging"
    assert last.reason == Gone("genre", gone, other).reason
    assert last.correlation_id == merged.correlation_id


def test_every_film_credits_the_other_person(catalogue: Catalogue) -> None:
    gone, other = catalogue.person("Tarkovski"), catalogue.person("Tarkovsky")
    one = catalogue.film(credits=((gone, "director"), (gone, "writer")))
    both = catalogue.film(credits=((gone, "director"), (other, "director")))
    catalogue.tell(MergePerson(person_id=gone, into=other, now=NOON))
    catalogue.settle()
    assert catalogue.state(one).credits == {(other, "director"), (other, "writer")}
    assert catalogue.state(both).credits == {(other, "director")}


def test_what_is_archived_is_taken_from_every_film(catalogue: Catalogue) -> None:
    gone, other, _ = catalogue.genres
    someone = catalogue.person("Tarkovsky")
    film = catalogue.film(gone, other, credits=((someone, "actor"),))
    catalogue.tell(ArchiveGenre(genre_id=gone, now=NOON))
    catalogue.tell(ArchivePerson(person_id=someone, now=NOON))
    catalogue.settle()
    assert catalogue.genres_of(film) == [{other}]
    assert catalogue.state(film).credits == frozenset()


def test_films_in_the_archive_follow_too(catalogue: Catalogue) -> None:
    gone, other, _ = catalogue.genres
    film = catalogue.film(gone)
    catalogue.tell(ArchiveFilm(film_id=film, now=NOON))
    catalogue.merge(gone, other)
    catalogue.settle()
    catalogue.tell(RestoreFilm(film_id=film, now=NOON))
    catalogue.settle()
    assert catalogue.genres_of(film) == [{other}]


def test_a_credit_in_one_role_is_followed_by_that_role(catalogue: Catalogue) -> None:
    gone, other = catalogue.person("Tarkovski"), catalogue.person("Tarkovsky")
    film = catalogue.film()
    catalogue.tell(MergePerson(person_id=gone, into=other, now=NOON))
    late = GiveCredit(film_id=film, person_id=gone, role="producer", now=NOON)
    catalogue.tell(late)
    catalogue.settle()
    assert catalogue.state(film).credits == {(other, "producer")}
