"""Countries by their names, those included that are on no map any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale
from starlette.requests import Request
from starlette_admin.fields import EnumField
from starlette_admin.filters import enum
from starlette_admin.helpers import static_url
from starlette_admin.i18n import get_locale
from typing_extensions import override

from query_api.dashboards.choosing import SELECT2
from query_api.dashboards.filters import by
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
class Countries(EnumField):
    """In the order in which they were chosen."""

    form_template: str = "fields/form/countries.html"
    list_template: str = "fields/list/several.html"
    detail_template: str = "fields/list/several.html"

    @override
    def __post_init__(self) -> None:
        self.multiple = True
        self.choices_loader = choices
        self.filters = [by(enum.InFilter, "has"), by(enum.NotInFilter, "has_not")]
        super().__post_init__()

    @override
    def _get_label(self, value: Any, request: Request) -> Any:
        """Its code, if it has no name that we know of."""
        return dict(choices(request)).get(value, value)

    @override
    def additional_js_links(self, request: Request) -> list[str]:
        if not self._needs_form_assets(request):
            return []
        return [
            static_url(request, "js/vendor/select2.min.js", v=SELECT2),
            static_url(request, "choosing.js"),
        ]
