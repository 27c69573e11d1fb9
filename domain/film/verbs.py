"""What a listed film answers to each intention; nothing, if it is so already."""

from collections.abc import Sequence

from domain.film import rules
from domain.film.commands import (
    AgeRateFilm,
    AssignGenre,
    AttachFilmMedia,
    CertifyFilm,
    CorrectFilmType,
    DateFilmRelease,
    DescribeFilm,
    GiveCredit,
    NameFilmCountries,
    RateFilm,
    RetitleFilm,
    SetFilmAccess,
    UnassignGenre,
    WithdrawCredit,
)
from domain.film.events import (
    CreditGiven,
    CreditWithdrawn,
    FilmAccessSet,
    FilmAgeRated,
    FilmCertified,
    FilmCountriesNamed,
    FilmDescribed,
    FilmMediaAttached,
    FilmRated,
    FilmReleaseDated,
    FilmRetitled,
    FilmTypeCorrected,
    GenreAssigned,
    GenreUnassigned,
)
from domain.film.states import Listed


def retitle(ask: RetitleFilm, film: Listed) -> Sequence[FilmRetitled]:
    rules.check_titles(ask.titles)
    if ask.titles == film.titles:
        return ()
    id_, titles = ask.film_id, ask.titles
    return (FilmRetitled(film_id=id_, titles=titles, retitled_at=ask.now),)


def describe(ask: DescribeFilm, film: Listed) -> Sequence[FilmDescribed]:
    rules.check_description(ask.description)
    if ask.description == film.description:
        return ()
    id_, text = ask.film_id, ask.description
    return (FilmDescribed(film_id=id_, description=text, described_at=ask.now),)


def correct_type(ask: CorrectFilmType, film: Listed) -> Sequence[FilmTypeCorrected]:
    rules.check_type(ask.type)
    if ask.type == film.type:
        return ()
    id_, type_ = ask.film_id, ask.type
    return (FilmTypeCorrected(film_id=id_, type=type_, corrected_at=ask.now),)


def set_access(ask: SetFilmAccess, film: Listed) -> Sequence[FilmAccessSet]:
    rules.check_access(ask.access)
    if ask.access == film.access:
        return ()
    id_, access = ask.film_id, ask.access
    return (FilmAccessSet(film_id=id_, access=access, set_at=ask.now),)


def date_release(ask: DateFilmRelease, film: Listed) -> Sequence[FilmReleaseDated]:
    rules.check_release_date(ask.release_date)
    if ask.release_date == film.release_date:
        return ()
    id_, day = ask.film_id, ask.release_date
    return (FilmReleaseDated(film_id=id_, release_date=day, dated_at=ask.now),)


def rate(ask: RateFilm, film: Listed) -> Sequence[FilmRated]:
    rules.check_rating(ask.rating)
    if ask.rating == film.rating:
        return ()
    id_, rating = ask.film_id, ask.rating
    return (FilmRated(film_id=id_, rating=rating, rated_at=ask.now),)


def age_rate(ask: AgeRateFilm, film: Listed) -> Sequence[FilmAgeRated]:
    rules.check_age_rating(ask.age_rating)
    if ask.age_rating == film.age_rating:
        return ()
    id_, rating = ask.film_id, ask.age_rating
    return (FilmAgeRated(film_id=id_, age_rating=rating, age_rated_at=ask.now),)


def name_countries(
    ask: NameFilmCountries, film: Listed
) -> Sequence[FilmCountriesNamed]:
    rules.check_countries(ask.countries)
    if ask.countries == film.countries:
        return ()
    id_, countries = ask.film_id, ask.countries
    return (FilmCountriesNamed(film_id=id_, countries=countries, named_at=ask.now),)


def certify(ask: CertifyFilm, film: Listed) -> Sequence[FilmCertified]:
    rules.check_certificate(ask.certificate)
    if ask.certificate == film.certificate:
        return ()
    id_, number = ask.film_id, ask.certificate
    return (FilmCertified(film_id=id_, certificate=number, certified_at=ask.now),)


def attach_media(ask: AttachFilmMedia, film: Listed) -> Sequence[FilmMediaAttached]:
    rules.check_media(ask.media)
    if ask.media == film.media:
        return ()
    id_, media = ask.film_id, ask.media
    return (FilmMediaAttached(film_id=id_, media=media, attached_at=ask.now),)


def assign_genre(ask: AssignGenre, film: Listed) -> Sequence[GenreAssigned]:
    if ask.genre_id in film.genres:
        return ()
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
        return ()
    id_, person, role = ask.film_id, ask.person_id, ask.role
    return (CreditGiven(film_id=id_, person_id=person, role=role, given_at=ask.now),)


def withdraw_credit(ask: WithdrawCredit, film: Listed) -> Sequence[CreditWithdrawn]:
    if (ask.person_id, ask.role) not in film.credits:
        return ()
    id_, person, role = ask.film_id, ask.person_id, ask.role
    return (
        CreditWithdrawn(film_id=id_, person_id=person, role=role, withdrawn_at=ask.now),
    )
