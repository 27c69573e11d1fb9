"""What can be true of a film at all, whatever its state."""

import re
from datetime import date
from typing import get_args

from domain.film.refusals import (
    AccessUnknown,
    AgeRatingUnknown,
    AliasesUnlikely,
    CertificateUnwritable,
    CountryUnknown,
    DescriptionUnwritable,
    FilmTypeUnknown,
    FilmUntitled,
    MediaUnwritable,
    PlansUnlikely,
    PlansWithoutSubscription,
    RatingOutOfRange,
    ReleaseDateImpossible,
    RoleUnknown,
    TitleUnwritable,
    WindowCountryUnknown,
    WindowEmpty,
    WindowsUnlikely,
    WindowUnplaced,
)
from domain.film.values import (
    Access,
    AgeRating,
    Description,
    FilmType,
    Role,
    Titles,
    Window,
)
from domain.kernel.text import folded, is_line, is_prose
from domain.kernel.values import PlanId

LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 10_000
LONGEST_CERTIFICATE = 100
LONGEST_MEDIA = 1_000
MOST_COUNTRIES = 30
MOST_WINDOW_COUNTRIES = 250
MOST_WINDOWS = 50
MOST_ALIASES = 20
MOST_PLANS = 20
BEST_RATING = 100
FIRST_FILM = date(1888, 1, 1)
LAST_FILM = date(2199, 12, 31)
COUNTRY = re.compile(r"[A-Z]{2}")


def check_titles(titles: Titles) -> None:
    check_spellings(titles)
    if not any((titles.ru, titles.en, titles.original)):
        raise FilmUntitled


def check_spellings(titles: Titles) -> None:
    """Of those that are there."""
    spellings = {"ru": titles.ru, "en": titles.en, "original": titles.original}
    for language, title in spellings.items():
        if title is not None and not is_line(title, LONGEST_TITLE):
            raise TitleUnwritable(pointer=f"/titles/{language}")


def check_aliases(aliases: tuple[str, ...]) -> None:
    for place, alias in enumerate(aliases):
        if not is_line(alias, LONGEST_TITLE):
            raise TitleUnwritable(pointer=f"/aliases/{place}")
    if len(aliases) > MOST_ALIASES or len({*map(folded, aliases)}) < len(aliases):
        raise AliasesUnlikely


def check_description(description: Description) -> None:
    for language, text in (("ru", description.ru), ("en", description.en)):
        if text is not None and not is_prose(text, LONGEST_DESCRIPTION):
            raise DescriptionUnwritable(pointer=f"/description/{language}")


def check_type(type_: FilmType) -> None:
    if type_ not in get_args(FilmType):
        raise FilmTypeUnknown


def check_access(access: Access) -> None:
    if access not in get_args(Access):
        raise AccessUnknown


def check_plans(plans: tuple[PlanId, ...], access: Access) -> None:
    if len(plans) > MOST_PLANS or len(set(plans)) < len(plans):
        raise PlansUnlikely
    if plans and access != "subscription":
        raise PlansWithoutSubscription


def check_windows(windows: tuple[Window, ...]) -> None:
    for place, window in enumerate(windows):
        check_window(window, f"/windows/{place}")
    if len(windows) > MOST_WINDOWS or len(set(windows)) < len(windows):
        raise WindowsUnlikely


def check_window(window: Window, pointer: str) -> None:
    for name, time in (("opens", window.opens), ("closes", window.closes)):
        if time is not None and time.utcoffset() is None:
            raise WindowUnplaced(pointer=f"{pointer}/{name}")
    if window.opens and window.closes and window.opens >= window.closes:
        raise WindowEmpty(pointer=f"{pointer}/closes")
    if not are_countries(window.countries, MOST_WINDOW_COUNTRIES):
        raise WindowCountryUnknown(pointer=f"{pointer}/countries")


def check_role(role: Role) -> None:
    if role not in get_args(Role):
        raise RoleUnknown


def check_rating(rating: int | None) -> None:
    if rating is not None and not 0 <= rating <= BEST_RATING:
        raise RatingOutOfRange


def check_age_rating(age_rating: AgeRating | None) -> None:
    if age_rating is not None and age_rating not in get_args(AgeRating):
        raise AgeRatingUnknown


def check_release_date(release_date: date | None) -> None:
    if release_date is not None and not FIRST_FILM <= release_date <= LAST_FILM:
        raise ReleaseDateImpossible


def check_countries(countries: tuple[str, ...]) -> None:
    if not are_countries(countries, MOST_COUNTRIES):
        raise CountryUnknown


def are_countries(countries: tuple[str, ...], most: int) -> bool:
    is_repeated = len(set(countries)) < len(countries)
    are_codes = all(COUNTRY.fullmatch(country) for country in countries)
    return are_codes and not is_repeated and len(countries) <= most


def check_certificate(certificate: str | None) -> None:
    if certificate is not None and not is_line(certificate, LONGEST_CERTIFICATE):
        raise CertificateUnwritable


def check_media(media: str | None) -> None:
    if media is not None and not is_line(media, LONGEST_MEDIA):
        raise MediaUnwritable
