"""Several of a known number of things, in the order in which they were chosen."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette_admin.fields import EnumField
from starlette_admin.filters import enum
from starlette_admin.helpers import static_url
from typing_extensions import override

from query_api.dashboards.choosing import SELECT2
from query_api.dashboards.filters import by


@dataclass
class Several(EnumField):
    form_template: str = "fields/form/several.html"
    list_template: str = "fields/list/several.html"
    detail_template: str = "fields/list/several.html"

    @override
    def __post_init__(self) -> None:
        self.multiple = True
        self.filters = [by(enum.InFilter, "has"), by(enum.NotInFilter, "has_not")]
        super().__post_init__()

    @override
    def _get_label(self, value: Any, request: Request) -> Any:
        """Itself, if it has no name that we know of."""
        return dict(self._get_choices(request)).get(str(value), str(value))

    @override
    def additional_js_links(self, request: Request) -> list[str]:
        if not self._needs_form_assets(request):
            return []
        return [
            static_url(request, "js/vendor/select2.min.js", v=SELECT2),
            static_url(request, "choosing.js"),
        ]
