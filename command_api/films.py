"""Commands on films themselves; on what they are linked to, see film_links."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Desk, desk, new_id
from command_api.film_bodies import (
    AccessBody,
    AgeRatingBody,
    AliasesBody,
    AvailabilityBody,
    CertificateBody,
    CountriesBody,
    DescriptionBody,
    FilmBody,
    MediaBody,
    RatingBody,
    ReleaseBody,
    TitlesBody,
    TypeBody,
    tenths,
)
from command_api.presence import must_all_be_there
from command_api.security import Holder
from domain.film.commands import (
    AddFilm,
    AgeRateFilm,
    AliasFilm,
    ArchiveFilm,
    AttachFilmMedia,
    CertifyFilm,
    CorrectFilmType,
    DateFilmRelease,
    DescribeFilm,
    NameFilmCountries,
    RateFilm,
    RestoreFilm,
    RetitleFilm,
    SetFilmAccess,
    SetFilmAvailability,
)
from domain.kernel.values import FilmId, GenreId, PersonId, PlanId

router = APIRouter(prefix="/films", tags=["films"])

Editor = Annotated[Desk, Depends(desk(Holder("catalogue:edit")))]


@router.post("", status_code=201, summary="Add a film")
def add_film(body: FilmBody, editor: Editor) -> Accepted:
    people = [credit.person_id for credit in body.credits]
    must_all_be_there(editor.services, "genre", body.genre_ids, "/genre_ids/{}")
    must_all_be_there(editor.services, "person", people, "/credits/{}/person_id")
    command = AddFilm(
        film_id=FilmId(new_id()),
        titles=body.titles.value(),
        type=body.type,
        access=body.access,
        description=body.description.value(),
        release_date=body.release_date,
        rating=tenths(body.rating),
        age_rating=body.age_rating,
        countries=body.countries,
        certificate=body.certificate,
        media=body.media,
        genres=tuple(map(GenreId, body.genre_ids)),
        credits=tuple((PersonId(each.person_id), each.role) for each in body.credits),
        now=editor.now(),
    )
    return editor.send(command, "films")


@router.post("/{film_id}/titles", summary="Give a film other titles")
def retitle_film(film_id: UUID, body: TitlesBody, editor: Editor) -> Accepted:
    titles = body.titles.value()
    command = RetitleFilm(film_id=FilmId(film_id), titles=titles, now=editor.now())
    return editor.send(command, "films")


@router.post("/{film_id}/description", summary="Describe a film")
def describe_film(film_id: UUID, body: DescriptionBody, editor: Editor) -> Accepted:
    text = body.description.value()
    command = DescribeFilm(film_id=FilmId(film_id), description=text, now=editor.now())
    return editor.send(command, "films")


@router.post("/{film_id}/type", summary="Say whether it is a movie or a series")
def correct_film_type(film_id: UUID, body: TypeBody, editor: Editor) -> Accepted:
    command = CorrectFilmType(film_id=FilmId(film_id), type=body.type, now=editor.now())
    return editor.send(command, "films")


@router.post("/{film_id}/access", summary="Say who may watch a film")
def set_film_access(film_id: UUID, body: AccessBody, editor: Editor) -> Accepted:
    must_all_be_there(editor.services, "plan", body.plans, "/plans/{}")
    command = SetFilmAccess(
        film_id=FilmId(film_id),
        access=body.access,
        plans=tuple(map(PlanId, body.plans)),
        now=editor.now(),
    )
    return editor.send(command, "films")


@router.post("/{film_id}/aliases", summary="Say what a film is also known as")
def alias_film(film_id: UUID, body: AliasesBody, editor: Editor) -> Accepted:
    aliases = body.aliases
    command = AliasFilm(film_id=FilmId(film_id), aliases=aliases, now=editor.now())
    return editor.send(command, "films")


@router.post("/{film_id}/availability", summary="Say when and where a film is shown")
def set_film_availability(
    film_id: UUID, body: AvailabilityBody, editor: Editor
) -> Accepted:
    windows = tuple(window.value() for window in body.windows)
    command = SetFilmAvailability(
        film_id=FilmId(film_id), windows=windows, now=editor.now()
    )
    return editor.send(command, "films")


@router.post("/{film_id}/release", summary="Date a film's release")
def date_film_release(film_id: UUID, body: ReleaseBody, editor: Editor) -> Accepted:
    day = body.release_date
    command = DateFilmRelease(
        film_id=FilmId(film_id), release_date=day, now=editor.now()
    )
    return editor.send(command, "films")


@router.post("/{film_id}/rating", summary="Rate a film")
def rate_film(film_id: UUID, body: RatingBody, editor: Editor) -> Accepted:
    rating = tenths(body.rating)
    command = RateFilm(film_id=FilmId(film_id), rating=rating, now=editor.now())
    return editor.send(command, "films")


@router.post("/{film_id}/age-rating", summary="Say from which age on a film is for")
def age_rate_film(film_id: UUID, body: AgeRatingBody, editor: Editor) -> Accepted:
    rating = body.age_rating
    command = AgeRateFilm(film_id=FilmId(film_id), age_rating=rating, now=editor.now())
    return editor.send(command, "films")


@router.post("/{film_id}/countries", summary="Name the countries a film is from")
def name_film_countries(film_id: UUID, body: CountriesBody, editor: Editor) -> Accepted:
    countries = body.countries
    command = NameFilmCountries(
        film_id=FilmId(film_id), countries=countries, now=editor.now()
    )
    return editor.send(command, "films")


@router.post("/{film_id}/certificate", summary="Certify a film for distribution")
def certify_film(film_id: UUID, body: CertificateBody, editor: Editor) -> Accepted:
    number = body.certificate
    command = CertifyFilm(film_id=FilmId(film_id), certificate=number, now=editor.now())
    return editor.send(command, "films")


@router.post("/{film_id}/media", summary="Attach the media that players get")
def attach_film_media(film_id: UUID, body: MediaBody, editor: Editor) -> Accepted:
    command = AttachFilmMedia(
        film_id=FilmId(film_id), media=body.media, now=editor.now()
    )
    return editor.send(command, "films")


@router.post("/{film_id}/archive", summary="Archive a film: it is shown no more")
def archive_film(film_id: UUID, editor: Editor) -> Accepted:
    command = ArchiveFilm(film_id=FilmId(film_id), now=editor.now())
    return editor.send(command, "films")


@router.post("/{film_id}/restoration", summary="Take a film out of the archive")
def restore_film(film_id: UUID, editor: Editor) -> Accepted:
    command = RestoreFilm(film_id=FilmId(film_id), now=editor.now())
    return editor.send(command, "films")
