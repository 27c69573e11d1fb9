"""What a film's editor sends. The rules are the domain's; this is only the shape."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from command_api.dependencies import Body
from command_api.times import Moment
from domain.film.values import (
    Access,
    AgeRating,
    Description,
    FilmType,
    Role,
    Titles,
    Window,
)

#: As people write it: 7.5. Inside it is 75 tenths.
Rating = Annotated[Decimal, Field(decimal_places=1, examples=[7.5])]


class TitlesIn(Body):
    ru: str | None = None
    en: str | None = None
    original: str | None = None

    def value(self) -> Titles:
        return Titles(ru=self.ru, en=self.en, original=self.original)


class DescriptionIn(Body):
    ru: str | None = None
    en: str | None = None

    def value(self) -> Description:
        return Description(ru=self.ru, en=self.en)


class TitlesBody(Body):
    titles: TitlesIn


class DescriptionBody(Body):
    description: DescriptionIn


class TypeBody(Body):
    type: FilmType


class AccessBody(Body):
    """``plans``: with access by subscription, only those; none are any."""

    access: Access
    plans: tuple[UUID, ...] = ()


class AliasesBody(Body):
    aliases: tuple[str, ...]


class WindowIn(Body):
    """Half-open; null is for ever, no countries are all of them."""

    opens: Moment | None = None
    closes: Moment | None = None
    countries: tuple[str, ...] = ()

    def value(self) -> Window:
        return Window(opens=self.opens, closes=self.closes, countries=self.countries)


class AvailabilityBody(Body):
    """No windows: always and everywhere."""

    windows: tuple[WindowIn, ...]


class ReleaseBody(Body):
    release_date: date | None


class RatingBody(Body):
    rating: Rating | None


class AgeRatingBody(Body):
    age_rating: AgeRating | None


class CountriesBody(Body):
    countries: tuple[str, ...]


class CertificateBody(Body):
    certificate: str | None


class MediaBody(Body):
    media: str | None


class CreditIn(Body):
    person_id: UUID
    role: Role


class FilmBody(Body):
    titles: TitlesIn
    type: FilmType
    access: Access = "subscription"
    description: DescriptionIn = DescriptionIn()
    release_date: date | None = None
    rating: Rating | None = None
    age_rating: AgeRating | None = None
    countries: tuple[str, ...] = ()
    certificate: str | None = None
    media: str | None = None
    genre_ids: tuple[UUID, ...] = ()
    credits: tuple[CreditIn, ...] = ()


def tenths(rating: Decimal | None) -> int | None:
    return None if rating is None else int(rating * 10)
