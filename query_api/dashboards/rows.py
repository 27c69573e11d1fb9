"""Fields of several rows with a few cells each: windows, seasons, episodes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette_admin.fields import BaseField, TextAreaField
from starlette_admin.helpers import static_url
from starlette_admin.i18n import get_tzinfo
from typing_extensions import override

Kind: TypeAlias = Literal["text", "number", "date", "moment", "codes"]
INPUTS: Mapping[str, str] = {"moment": "datetime-local", "codes": "text"}


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    label: Any
    kind: Kind = "text"

    @property
    def input(self) -> str:
        return INPUTS.get(self.kind, self.kind)

    def typed(self, value: Any) -> str:
        """As an input has it; points of time in the zone of whoever looks."""
        match self.kind, value:
            case _, None:
                return ""
            case "moment", str():
                moment = datetime.fromisoformat(value).astimezone(get_tzinfo())
                return moment.replace(tzinfo=None).isoformat()
            case "codes", list() | tuple():
                return " ".join(value)
            case _:
                return str(value)

    def read(self, text: str) -> Any:
        """What cannot be read is sent as it is: the command API says what is wrong."""
        text = text.strip()
        match self.kind:
            case "number":
                return int(text) if text.isdecimal() else text or None
            case "codes":
                return text.replace(",", " ").upper().split() or None
            case "moment":
                return in_utc(text)
            case _:
                return text or None


def in_utc(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text or None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=get_tzinfo())
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


@dataclass
class Rows(BaseField):
    cells: Sequence[Cell] = ()
    #: What the button says that adds one.
    adding: Any = ""
    filters: Any = field(default_factory=list)
    exclude_from_list: bool | None = True
    exclude_from_export: bool | None = True
    form_template: str = "fields/form/rows.html"
    detail_template: str = "fields/detail/rows.html"

    @override
    async def parse_form_data(self, request: Request, form_data: FormData) -> Any:
        rows = [self.row(form_data, index) for index in self.indices(form_data)]
        return [row for row in rows if any(value is not None for value in row.values())]

    def row(self, form_data: FormData, index: int) -> dict[str, Any]:
        return {
            cell.name: cell.read(
                str(form_data.get(f"{self.id}.{index}.{cell.name}", ""))
            )
            for cell in self.cells
        }

    def indices(self, form_data: FormData) -> Sequence[int]:
        names = [
            name.split(".") for name in form_data if name.startswith(f"{self.id}.")
        ]
        return sorted({int(parts[1]) for parts in names if parts[1].isdecimal()})

    @override
    async def serialize_value(self, request: Request, value: Any) -> Any:
        return value

    @override
    def additional_js_links(self, request: Request) -> list[str]:
        if not self._needs_form_assets(request):
            return []
        return [static_url(request, "rows.js")]


@dataclass
class Lines(TextAreaField):
    """Several texts, one in a line."""

    filters: Any = field(default_factory=list)
    list_template: str = "fields/list/several.html"
    detail_template: str = "fields/list/several.html"
    form_template: str = "fields/form/lines.html"

    @override
    async def parse_form_data(self, request: Request, form_data: FormData) -> Any:
        lines = str(form_data.get(self.id, "")).splitlines()
        return [line.strip() for line in lines if line.strip()]

    @override
    async def serialize_value(self, request: Request, value: Any) -> Any:
        return value
