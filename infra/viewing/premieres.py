"""When a film has its premiere: on its release day, at the cinema's hour and place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.film.decider import film
from domain.film.states import Film, Listed
from domain.kernel.messages import Recorded
from domain.kernel.values import FilmId
from infra.settings import Settings


@dataclass(frozen=True, slots=True)
class Premieres:
    """Read off the film's own stream: what was changed a moment ago counts."""

    stream: Callable[[str], Sequence[Recorded[Any]]]
    zone: ZoneInfo
    hour: int

    def moment(self, day: date) -> datetime:
        return datetime.combine(day, time(self.hour), self.zone).astimezone(UTC)

    def is_listed(self, film_id: FilmId) -> bool:
        return isinstance(self.film(film_id), Listed)

    def premieres_at(self, film_id: FilmId) -> datetime | None:
        state = self.film(film_id)
        if isinstance(state, Listed) and state.release_date:
            return self.moment(state.release_date)
        return None

    def film(self, film_id: UUID) -> Film:
        history = self.stream(f"{film.category}-{film_id}")
        found: Film = film.fold(event.payload for event in history)
        return found


def premieres(
    settings: Settings, stream: Callable[[str], Sequence[Recorded[Any]]]
) -> Premieres:
    zone = ZoneInfo(settings.mail_time_zone)
    return Premieres(stream, zone, settings.premiere_hour)
