"""What a listed film answers to each intention; nothing, if it is so already."""

from collections.abc import Sequence

from domain.film import rules
from domain.film.commands import (
    AgeRateFilm,
    AliasFilm,
    AttachFilmMedia,
    CertifyFilm,
    CorrectFilmType,
    DateFilmRelease,
    DescribeFilm,
    NameFilmCountries,
    RateFilm,
    RetitleFilm,
    SetFilmAccess,
    SetFilmAvailability,
)
from domain.film.events import (
    FilmAccessSet,
    FilmAgeRated,
    FilmAliased,
    FilmAvailabilitySet,
    FilmCertified,
    FilmCountriesNamed,
    FilmDescribed,
    FilmMediaAttached,
    FilmRated,
    FilmReleaseDated,
    FilmRetitled,
    FilmTypeCorrected,
)
from domain.film.refusals import SeriesHasSeasons
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
    if film.seasons:
        raise SeriesHasSeasons
    id_, type_ = ask.film_id, ask.type
    return (FilmTypeCorrected(film_id=id_, type=type_, corrected_at=ask.now),)


def set_access(ask: SetFilmAccess, film: Listed) -> Sequence[FilmAccessSet]:
    rules.check_access(ask.access)
    rules.check_plans(ask.plans, ask.access)
    if (ask.access, ask.plans) == (film.access, film.plans):
        return ()
    id_, access, plans = ask.film_id, ask.access, ask.plans
    return (FilmAccessSet(film_id=id_, access=access, plans=plans, set_at=ask.now),)


def alias(ask: AliasFilm, film: Listed) -> Sequence[FilmAliased]:
    rules.check_aliases(ask.aliases)
    if ask.aliases == film.aliases:
        return ()
    id_, aliases = ask.film_id, ask.aliases
    return (FilmAliased(film_id=id_, aliases=aliases, aliased_at=ask.now),)


def set_availability(
    ask: SetFilmAvailability, film: Listed
) -> Sequence[FilmAvailabilitySet]:
    rules.check_windows(ask.windows)
    if ask.windows == film.windows:
        return ()
    id_, windows = ask.film_id, ask.windows
    return (FilmAvailabilitySet(film_id=id_, windows=windows, set_at=ask.now),)


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
