"""What can be true of a film at all, whatever its state."""

import re
from datetime import date
from typing import get_args

from domain.film.refusals import (
    AccessUnknown,
    AgeRatingUnknown,
    CertificateUnwritable,
    CountryUnknown,
    DescriptionUnwritable,
    FilmTypeUnknown,
    FilmUntitled,
    MediaUnwritable,
    RatingOutOfRange,
    ReleaseDateImpossible,
    RoleUnknown,
    TitleUnwritable,
)
from domain.film.values import Access, AgeRating, Description, FilmType, Role, Titles
from domain.kernel.text import is_line, is_prose

LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 10_000
LONGEST_CERTIFICATE = 100
LONGEST_MEDIA = 1_000
MOST_COUNTRIES = 30
BEST_RATING = 100
FIRST_FILM = date(1888, 1, 1)
LAST_FILM = date(2199, 12, 31)
COUNTRY = re.compile(r"[A-Z]{2}")


def check_titles(titles: Titles) -> None:
    spellings = {"ru": titles.ru, "en": titles.en, "original": titles.original}
    for language, title in spellings.items():
        if title is not None and not is_line(title, LONGEST_TITLE):
            raise TitleUnwritable(pointer=f"/titles/{language}")
    if not any(spellings.values()):
        raise FilmUntitled


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
    is_repeated = len(set(countries)) < len(countries)
    are_codes = all(COUNTRY.fullmatch(country) for country in countries)
    if is_repeated or not are_codes or len(countries) > MOST_COUNTRIES:
        raise CountryUnknown


def check_certificate(certificate: str | None) -> None:
    if certificate is not None and not is_line(certificate, LONGEST_CERTIFICATE):
        raise CertificateUnwritable


def check_media(media: str | None) -> None:
    if media is not None and not is_line(media, LONGEST_MEDIA):
        raise MediaUnwritable
