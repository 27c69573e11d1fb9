"""What a film answers about its genres and the people that it credits.

What follows a genre or a person that is gone concerns films in the archive, too: they
may be restored.
"""

from collections.abc import Sequence
from typing import TypeAlias

from domain.film import rules
from domain.film.commands import (
    AddFilm,
    AssignGenre,
    GiveCredit,
    ReplaceGenre,
    ReplacePerson,
    UnassignGenre,
    WithdrawCredit,
)
from domain.film.events import (
    CreditGiven,
    CreditWithdrawn,
    GenreAssigned,
    GenreUnassigned,
)
from domain.film.refusals import (
    CreditGivenAlready,
    CreditsFull,
    GenreRepeated,
    GenresFull,
)
from domain.film.states import Listed
from domain.film.values import Role
from domain.kernel.values import GenreId

MOST_GENRES = 50
MOST_CREDITS = 1_000

Reassigned: TypeAlias = GenreAssigned | GenreUnassigned
Recredited: TypeAlias = CreditGiven | CreditWithdrawn


def links(ask: AddFilm) -> Sequence[GenreAssigned | CreditGiven]:
    """Those that a film is added with."""
    check_genres(ask.genres)
    check_credits(ask)
    id_, now = ask.film_id, ask.now
    assigned = [
        GenreAssigned(film_id=id_, genre_id=genre, assigned_at=now)
        for genre in ask.genres
    ]
    given = [
        CreditGiven(film_id=id_, person_id=person, role=role, given_at=now)
        for person, role in ask.credits
    ]
    return [*assigned, *given]


def check_genres(genres: Sequence[GenreId]) -> None:
    if len(genres) > MOST_GENRES:
        raise GenresFull
    for place, genre in enumerate(genres):
        if genre in genres[:place]:
            raise GenreRepeated(pointer=f"/genre_ids/{place}")


def check_credits(ask: AddFilm) -> None:
    for _, role in ask.credits:
        rules.check_role(role)
    if len(ask.credits) > MOST_CREDITS:
        raise CreditsFull
    if len(set(ask.credits)) < len(ask.credits):
        raise CreditGivenAlready


def assign_genre(ask: AssignGenre, film: Listed) -> Sequence[GenreAssigned]:
    if ask.genre_id in film.genres:
        return ()
    if len(film.genres) >= MOST_GENRES:
        raise GenresFull
    id_, genre = ask.film_id, ask.genre_id
    return (GenreAssigned(film_id=id_, genre_id=genre, assigned_at=ask.now),)


def unassign_genre(ask: UnassignGenre, film: Listed) -> Sequence[GenreUnassigned]:
    if ask.genre_id not in film.genres:
        return ()
    id_, genre = ask.film_id, ask.genre_id
    return (GenreUnassigned(film_id=id_, genre_id=genre, unassigned_at=ask.now),)


def give_credit(ask: GiveCredit, film: Listed) -> Sequence[CreditGiven]:
    rules.check_role(ask.role)
    if (ask.person_id, ask.role) in film.credits:
        raise CreditGivenAlready
    if len(film.credits) >= MOST_CREDITS:
        raise CreditsFull
    id_, person, role = ask.film_id, ask.person_id, ask.role
    return (CreditGiven(film_id=id_, person_id=person, role=role, given_at=ask.now),)


def withdraw_credit(ask: WithdrawCredit, film: Listed) -> Sequence[CreditWithdrawn]:
    if (ask.person_id, ask.role) not in film.credits:
        return ()
    id_, person, role = ask.film_id, ask.person_id, ask.role
    return (
        CreditWithdrawn(film_id=id_, person_id=person, role=role, withdrawn_at=ask.now),
    )


def replace_genre(ask: ReplaceGenre, film: Listed) -> Sequence[Reassigned]:
    """A film that has both keeps the other one."""
    id_, gone, other, now = ask.film_id, ask.genre_id, ask.by, ask.now
    if gone not in film.genres or gone == other:
        return ()
    unassigned = GenreUnassigned(film_id=id_, genre_id=gone, unassigned_at=now)
    if other is None or other in film.genres:
        return (unassigned,)
    return (GenreAssigned(film_id=id_, genre_id=other, assigned_at=now), unassigned)


def replace_person(ask: ReplacePerson, film: Listed) -> Sequence[Recredited]:
    """A film that credits both in a role keeps the other one's credit."""
    if ask.person_id == ask.by:
        return ()
    roles = sorted(role for person, role in film.credits if person == ask.person_id)
    return [event for role in roles for event in recredited(ask, role, film)]


def recredited(ask: ReplacePerson, role: Role, film: Listed) -> Sequence[Recredited]:
    id_, gone, other, now = ask.film_id, ask.person_id, ask.by, ask.now
    withdrawn = CreditWithdrawn(
        film_id=id_, person_id=gone, role=role, withdrawn_at=now
    )
    if other is None or (other, role) in film.credits:
        return (withdrawn,)
    given = CreditGiven(film_id=id_, person_id=other, role=role, given_at=now)
    return (given, withdrawn)
