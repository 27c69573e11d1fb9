"""Rows are replaced as ``dataclasses`` would."""

import dataclasses
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.rows import maker, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    id: int
    name: str | None = None
    numbers: tuple[int, ...] = ()
    #: As the code itself calls what it speaks of.
    kind: str = ""
    after: str = ""
    values: str = ""


values = {
    "id": st.integers(),
    "name": st.none() | st.text(),
    "numbers": st.lists(st.integers()).map(tuple),
    "kind": st.text(),
    "after": st.text(),
    "values": st.text(),
}
rows = st.builds(Row, **values)


@given(rows, st.fixed_dictionaries({}, optional=values))
def test_a_replaced_row_is_that_of_the_standard_library(
    row: Row, changes: dict[str, object]
) -> None:
    before = dataclasses.astuple(row)
    assert replace(row, **changes) == dataclasses.replace(row, **changes)  # type: ignore[arg-type]
    assert dataclasses.astuple(row) == before


@given(rows)
def test_a_row_is_made_of_its_values(row: Row) -> None:
    assert maker(Row)(dataclasses.astuple(row)) == row


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(KeyError, match="colour"):
        replace(Row(id=1), colour="red")  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="unpack"):
        maker(Row)((1, "a"))
