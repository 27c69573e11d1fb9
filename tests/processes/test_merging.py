from uuid import UUID

from processes.merging import Gone, follow
from tests.examples import NOON
from tests.examples import catalogue as its

FILMS = (its.FILM, UUID(int=8))


def test_every_film_is_told_in_turn() -> None:
    gone = Gone("genre", its.GENRE, its.OTHER_GENRE)
    assert follow(gone, FILMS, NOON) == [
        its.replace_genre(),
        its.replace_genre(film_id=UUID(int=8)),
    ]
    assert follow(gone, (), NOON) == []


def test_people_are_followed_like_genres() -> None:
    gone = Gone("person", its.PERSON, its.OTHER_PERSON)
    assert follow(gone, FILMS[:1], NOON) == [its.replace_person()]


def test_nothing_stands_for_what_was_archived() -> None:
    for kind, id_, order in (
        ("genre", its.GENRE, its.replace_genre(by=None)),
        ("person", its.PERSON, its.replace_person(by=None)),
    ):
        gone = Gone("genre" if kind == "genre" else "person", id_, None)
        assert follow(gone, FILMS[:1], NOON) == [order]
        assert gone.reason == f"The {kind} {id_} is gone."


def test_the_reason_is_on_record() -> None:
    gone = Gone("genre", its.GENRE, its.OTHER_GENRE)
    assert gone.reason == (f"The genre {its.GENRE} was merged into {its.OTHER_GENRE}.")
