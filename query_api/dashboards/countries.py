"""Countries by their names, those included that are on no map any more."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from starlette.requests import Request
from starlette_admin.i18n import get_locale
from typing_extensions import override

from query_api.dashboards.several import Several
from query_api.dashboards.wording import said

#: In CLDR, but no countries.
NEITHER = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


def choices(_: Request | None = None) -> Sequence[tuple[str, str]]:
    territories = Locale(get_locale()).territories
    found = {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NEITHER
    }
    found |= {
        "SU": said("СССР", "Soviet Union"),
        "CS": said("Чехословакия", "Czechoslovakia"),
        "DD": said("ГДР", "East Germany"),
        "YU": said("Югославия", "Yugoslavia"),
    }
    return sorted(found.items(), key=lambda pair: pair[1])


@dataclass
class Countries(Several):
    @override
    def __post_init__(self) -> None:
        self.choices_loader = choices
        super().__post_init__()
