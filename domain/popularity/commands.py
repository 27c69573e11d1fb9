"""What can be asked of a film's popularity."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePopularity:
    film_id: FilmId
    score: int
    now: datetime


PopularityCommand: TypeAlias = MeasurePopularity
