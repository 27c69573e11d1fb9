"""What happens to how much a film is wanted."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class PopularityMeasured:
    """``score`` is from 0 to 1000, on a logarithmic scale, and not what it was."""

    film_id: FilmId
    score: int
    measured_at: datetime


PopularityEvent: TypeAlias = PopularityMeasured
