"""Of what one person has to do with one film: an id that follows from the two.

A stream for each such pair, not one for each person: two devices of a person do not
wait for one another, no stream grows long, and every row has a stream of its own.
"""

from uuid import UUID, uuid5

from domain.kernel.values import AccountId, FilmId

VIEWING = UUID("3f0d7c0e-9a43-5d0b-8b1f-52c9a1d2f6e7")


def pair_of(account_id: AccountId, film_id: FilmId) -> UUID:
    return uuid5(VIEWING, f"{account_id}:{film_id}")
