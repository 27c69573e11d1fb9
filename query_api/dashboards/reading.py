"""What an editor has read: kept in the form, so that a change of somebody else's shows.

The form brings back what it showed. What differs from that is what the editor changed;
what is there now and differs from that is what others changed meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette_admin.fields import StringField

from query_api.dashboards.editing import Values, plain


class Reading(msgspec.Struct, frozen=True):
    version: int
    values: dict[str, Any]
    #: Of what was added by a form that could not be saved whole.
    id: str | None = None

    def text(self) -> str:
        return msgspec.json.encode(self).decode()


@dataclass(frozen=True, slots=True)
class Merged:
    #: Only others have changed these: the form takes theirs.
    theirs: Sequence[str]
    #: Both have: what was typed stays, and what is there now is shown.
    both: Sequence[str]


def reading(row: Mapping[str, Any], fields: Sequence[str]) -> Reading:
    values = {name: plain(row.get(name)) for name in fields}
    return Reading(int(row.get("version") or 0), values)


def read_from(text: Any, fields: Sequence[str]) -> Reading | None:
    """What the form has brought back; None if it is nothing of ours."""
    try:
        found = msgspec.json.decode(str(text or ""), type=Reading)
    except msgspec.DecodeError:
        return None
    return found if set(fields) <= set(found.values) else None


def merged(read: Reading, typed: Values, now: Values, fields: Sequence[str]) -> Merged:
    others = [name for name in fields if read.values[name] != now[name]]
    mine = {name for name in fields if read.values[name] != typed[name]}
    return Merged(
        theirs=[name for name in others if name not in mine],
        both=[name for name in others if name in mine and typed[name] != now[name]],
    )


def read_field(fields: Sequence[str]) -> StringField:
    return StringField(
        "read",
        label="",
        getter=lambda _, row: reading(vars(row), fields).text(),
        filters=[],
        exclude_from_list=True,
        exclude_from_detail=True,
        exclude_from_export=True,
        form_template="fields/hidden.html",
    )
