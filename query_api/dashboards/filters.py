"""The framework's filters, each as a condition on a column."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette_admin.fields import (
    BaseField,
    BooleanField,
    DateField,
    DateTimeField,
    EnumField,
    NumberField,
    StringField,
    TagsField,
)
from starlette_admin.filters import (
    BaseFilter,
    FilterApplyContext,
    FilterGroup,
    FilterRegistry,
    array,
    boolean,
    date,
    enum,
    generic,
    numeric,
    string,
)

from query_api.dashboards.ports import Compare, Condition, Either, Every, Operator


#: ``kind`` is one of the framework's filters: abstract, for want of ``apply``.
def by(kind: type[Any], operator: Operator, value: Any = None) -> type[BaseFilter]:
    """The framework's filter, with a meaning; ``value`` if it asks for none."""

    def apply(_: BaseFilter, context: FilterApplyContext) -> Condition:
        asked = context.value if value is None else value
        return Compare(context.field_name, operator, asked)

    return type(kind.__name__, (kind,), {"apply": apply})


def between(kind: type[Any]) -> type[BaseFilter]:
    def apply(_: BaseFilter, context: FilterApplyContext) -> Condition:
        above = Compare(context.field_name, "ge", context.value)
        return Every((above, Compare(context.field_name, "le", context.value2)))

    return type(kind.__name__, (kind,), {"apply": apply})


EMPTY = (
    by(generic.IsNullFilter, "is_null"),
    by(generic.IsNotNullFilter, "is_not_null"),
)
FILTERS: Mapping[type[BaseField], Sequence[type[BaseFilter]]] = {
    StringField: (
        by(string.ContainsFilter, "contains"),
        by(string.NotContainsFilter, "not_contains"),
        by(string.StartsWithFilter, "begins"),
        by(string.EndsWithFilter, "ends"),
        by(generic.EqualFilter, "eq"),
        by(generic.NotEqualFilter, "ne"),
        *EMPTY,
    ),
    NumberField: (
        by(numeric.EqualFilter, "eq"),
        by(numeric.NotEqualFilter, "ne"),
        by(numeric.GreaterThanFilter, "gt"),
        by(numeric.GreaterThanOrEqualFilter, "ge"),
        by(numeric.LessThanFilter, "lt"),
        by(numeric.LessThanOrEqualFilter, "le"),
        between(numeric.BetweenFilter),
        *EMPTY,
    ),
    EnumField: (by(enum.InFilter, "in"), by(enum.NotInFilter, "not_in"), *EMPTY),
    BooleanField: (
        by(boolean.IsTrueFilter, "eq", True),
        by(boolean.IsFalseFilter, "ne", True),
    ),
    TagsField: (by(array.InFilter, "has"), *EMPTY),
    DateTimeField: (between(date.DateTimeBetweenFilter), *EMPTY),
    DateField: (
        by(date.DateEqualFilter, "eq"),
        between(date.DateBetweenFilter),
        *EMPTY,
    ),
}
REGISTRY = FilterRegistry(dict(FILTERS))


def condition(group: FilterGroup | None, fields: Mapping[str, BaseField]) -> Condition:
    """What the framework has parsed and checked, for the table."""
    if group is None:
        return Every()
    parts: list[Condition] = []
    for rule in group.rules:
        if isinstance(rule, FilterGroup):
            parts.append(condition(rule, fields))
            continue
        found = REGISTRY.get_filter(fields[rule.field], rule.filter)
        assert found  # Or the framework would have refused it.
        context = FilterApplyContext(None, rule.field, rule.value, rule.value2)
        parts.append(found().apply(context))
    return (
        Either(tuple(parts)) if group.logic == "or" and parts else Every(tuple(parts))
    )
