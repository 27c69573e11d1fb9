"""Which commands make a stream what its legacy row says.

A row is compared with what the import itself has recorded so far, not with what is:
what an editor has changed since stays, until the legacy row changes there, too.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias
from uuid import UUID, uuid5

from domain.film import commands as film
from domain.film.decider import film as film_decider
from domain.film.states import Listed
from domain.film.values import Description, Titles
from domain.genre import commands as genre
from domain.genre.decider import Named as NamedGenre
from domain.genre.decider import genre as genre_decider
from domain.kernel.decider import Decider
from domain.kernel.messages import Metadata, Recorded
from domain.kernel.values import FilmId, GenreId, PersonId
from domain.person import commands as person
from domain.person.decider import Named as NamedPerson
from domain.person.decider import person as person_decider
from infra.eventstore.bulk import History, Order
from infra.legacy.rows import FilmRow, GenreRow, PersonRow

Commands: TypeAlias = Iterator[Any]

#: Who has done it, in the log.
ACTOR: Final = "legacy import"
#: What every event of every import hangs together by.
IMPORT: Final = UUID("6f1c4a52-7a0e-5c0b-9d55-0a3b8f2e4c11")


def order(decider: Decider[Any, Any, Any], row: Any, plan: Any) -> Order:
    stream = f"{decider.category}-{row.id}"

    def commands(history: History) -> Sequence[Any]:
        planned = [*plan(row, imported(decider, history))]
        if planned and any(fact.metadata.actor != ACTOR for fact in history):
            now = decider.fold(fact.payload for fact in history)
            return [command for command in planned if not is_so(command, now)]
        return planned

    def metadata(version: int) -> Metadata:
        """The same for the same row at the same place of its story."""
        return Metadata(
            message_id=uuid5(IMPORT, f"{stream} {version}"),
            correlation_id=IMPORT,
            actor=ACTOR,
        )

    return Order(stream, decider, commands, metadata)


def is_so(command: object, state: Any) -> bool:
    """Somebody has done meanwhile what would be refused a second time."""
    return (
        isinstance(command, film.GiveCredit)
        and isinstance(state, Listed)
        and (command.person_id, command.role) in state.credits
    )


def imported(decider: Decider[Any, Any, Any], history: Sequence[Recorded[Any]]) -> Any:
    """The state that the import itself has led to."""
    return decider.fold(
        fact.payload for fact in history if fact.metadata.actor == ACTOR
    )


def genre_order(row: GenreRow) -> Order:
    return order(genre_decider, row, genre_commands)


def person_order(row: PersonRow) -> Order:
    return order(person_decider, row, person_commands)


def film_order(row: FilmRow) -> Order:
    return order(film_decider, row, film_commands)


def check(row: GenreRow | PersonRow | FilmRow) -> None:
    """Raises ``Invalid`` for what the domain takes over under no circumstances."""
    match row:
        case GenreRow():
            genre_decider.decide(next(genre_commands(row, None)), genre_decider.initial)
        case PersonRow():
            commands = person_commands(row, None)
            person_decider.decide(next(commands), person_decider.initial)
        case FilmRow():
            film_decider.decide(next(film_commands(row, None)), film_decider.initial)


def genre_commands(row: GenreRow, before: Any) -> Commands:
    id_, now = GenreId(row.id), row.updated_at
    if not isinstance(before, NamedGenre):
        yield genre.AddGenre(
            genre_id=id_,
            name=row.name,
            description=row.description,
            now=row.created_at,
        )
        return
    if row.name != before.name:
        yield genre.RenameGenre(genre_id=id_, name=row.name, now=now)
    if row.description != before.description:
        text = row.description
        yield genre.DescribeGenre(genre_id=id_, description=text, now=now)


def person_commands(row: PersonRow, before: Any) -> Commands:
    id_, now = PersonId(row.id), row.updated_at
    if not isinstance(before, NamedPerson):
        yield person.AddPerson(
            person_id=id_,
            name=row.name,
            birth_date=row.birth_date,
            now=row.created_at,
        )
        return
    if row.name != before.name:
        yield person.RenamePerson(person_id=id_, name=row.name, now=now)
    if row.birth_date != before.birth_date:
        born = row.birth_date
        yield person.DatePersonBirth(person_id=id_, birth_date=born, now=now)


def film_commands(row: FilmRow, before: Any) -> Commands:
    id_ = FilmId(row.id)
    if not isinstance(before, Listed):
        yield film.AddFilm(
            film_id=id_,
            titles=titles_of(row),
            type=row.type,
            access="subscription",
            description=description_of(row),
            release_date=row.creation_date,
            rating=row.rating,
            certificate=row.certificate,
            media=row.file_path,
            now=row.created_at,
        )
        yield from link_commands(row, frozenset(), frozenset())
        return
    yield from changes(row, before)
    yield from link_commands(row, before.genres, before.credits)


def changes(row: FilmRow, before: Listed) -> Commands:
    by: Mapping[str, Any] = {"film_id": FilmId(row.id), "now": row.updated_at}
    if titles_of(row) != before.titles:
        yield film.RetitleFilm(titles=titles_of(row), **by)
    if description_of(row) != before.description:
        yield film.DescribeFilm(description=description_of(row), **by)
    if row.type != before.type:
        yield film.CorrectFilmType(type=row.type, **by)
    if row.creation_date != before.release_date:
        yield film.DateFilmRelease(release_date=row.creation_date, **by)
    if row.rating != before.rating:
        yield film.RateFilm(rating=row.rating, **by)
    if row.certificate != before.certificate:
        yield film.CertifyFilm(certificate=row.certificate, **by)
    if row.file_path != before.media:
        yield film.AttachFilmMedia(media=row.file_path, **by)


def link_commands(
    row: FilmRow, genres: frozenset[Any], given: frozenset[Any]
) -> Commands:
    id_ = FilmId(row.id)
    if not row.lacks:
        yield from withdrawals(row, genres, given)
    for genre_id, link in row.genres.items():
        if genre_id not in genres:
            yield film.AssignGenre(
                film_id=id_, genre_id=GenreId(genre_id), now=link.created_at
            )
    for (person_id, role), credit in row.credits.items():
        if (person_id, role) not in given:
            yield film.GiveCredit(
                film_id=id_,
                person_id=PersonId(person_id),
                role=role,
                now=credit.created_at,
            )


def withdrawals(
    row: FilmRow, genres: frozenset[Any], given: frozenset[Any]
) -> Commands:
    """Of links that have gone. One that was rejected has not."""
    id_, now = FilmId(row.id), row.updated_at
    for genre_id in sorted(genres - row.genres.keys()):
        yield film.UnassignGenre(film_id=id_, genre_id=genre_id, now=now)
    for person_id, role in sorted(given - row.credits.keys()):
        yield film.WithdrawCredit(film_id=id_, person_id=person_id, role=role, now=now)


def titles_of(row: FilmRow) -> Titles:
    """The legacy database does not say in which language a title is."""
    return Titles(original=row.title)


def description_of(row: FilmRow) -> Description:
    """Russian if there is a Russian letter in it."""
    text = row.description
    if text is None:
        return Description()
    is_russian = any("а" <= letter <= "я" for letter in text.lower())
    return Description(ru=text) if is_russian else Description(en=text)
