"""What a film is described with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from domain.kernel.values import PersonId

FilmType: TypeAlias = Literal["movie", "series"]
Access: TypeAlias = Literal["free", "registered", "subscription"]
Role: TypeAlias = Literal["actor", "writer", "director", "producer"]
Credit: TypeAlias = tuple[PersonId, Role]
#: From this age on, by Russian law 436-FZ.
AgeRating: TypeAlias = Literal[0, 6, 12, 16, 18]


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    ru: str | None = None
    en: str | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    ru: str | None = None
    en: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When and where a film is shown: half-open, None is for ever; () is everywhere."""

    opens: datetime | None = None
    closes: datetime | None = None
    countries: tuple[str, ...] = ()


UNTITLED = Titles()
UNDESCRIBED = Description()
