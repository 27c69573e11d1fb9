"""Which films somebody may know of: the one rule that every reader keeps.

Lists, pages, search, suggestions, similar films and counts ask it, or say the same in
their engine's own words. A film that is not visible is not there, for this viewer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """``age_max``: the highest age rating that may be shown; None for no limit."""

    now: datetime
    #: Where they are: ISO 3166-1 alpha-2.
    country: str
    age_max: int | None = None


class Window(Protocol):
    """Half open, in UTC; None is for always, no countries are for everywhere."""

    @property
    def opens(self) -> datetime | None: ...

    @property
    def closes(self) -> datetime | None: ...

    @property
    def countries(self) -> Collection[str]: ...


class Shown(Protocol):
    """What of a film decides."""

    @property
    def windows(self) -> Sequence[Window]: ...

    @property
    def age_rating(self) -> int | None: ...


def is_visible(film: Shown, viewer: Viewer) -> bool:
    return is_suitable(film.age_rating, viewer) and is_available(film.windows, viewer)


def is_suitable(age_rating: int | None, viewer: Viewer) -> bool:
    """What nobody has rated may be for adults."""
    if viewer.age_max is None:
        return True
    return age_rating is not None and age_rating <= viewer.age_max


def is_available(windows: Sequence[Window], viewer: Viewer) -> bool:
    """Always and everywhere, if nobody has said when or where."""
    return not windows or any(is_current(window, viewer) for window in windows)


def next_change(windows: Sequence[Window], now: datetime) -> datetime | None:
    """The first moment from which a film may be visible that is not, or the reverse."""
    bounds = (bound for each in windows for bound in (each.opens, each.closes))
    return min((bound for bound in bounds if bound and bound > now), default=None)


def is_current(window: Window, viewer: Viewer) -> bool:
    return (
        (window.opens is None or window.opens <= viewer.now)
        and (window.closes is None or viewer.now < window.closes)
        and (not window.countries or viewer.country in window.countries)
    )
