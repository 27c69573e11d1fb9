"""Any read model's table, to be listed, searched and counted."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import DataError
from psycopg.rows import dict_row
from psycopg.sql import SQL, Composable, Composed, Identifier, Placeholder

from infra.projection_engine.postgres import SCHEMA, Pool
from query_api.dashboards.ports import Compare, Condition, Either, Every, Order, Row

ROWS = "SELECT * FROM {table} WHERE {where}"
COUNT = """
SELECT count(*) FROM (SELECT FROM {table} WHERE {where} LIMIT %s) AS found
"""
GET = "SELECT * FROM {table} WHERE {key} = %s"
POSITION = "SELECT position FROM read.projection WHERE name = %s"

OPERATORS: Mapping[str, str] = {
    "eq": "{column} = {value}",
    "ne": "{column} IS DISTINCT FROM {value}",
    "lt": "{column} < {value}",
    "le": "{column} <= {value}",
    "gt": "{column} > {value}",
    "ge": "{column} >= {value}",
    "in": "{column}::text = ANY({value})",
    "not_in": "({column}::text = ANY({value})) IS NOT TRUE",
    "contains": "{column}::text ILIKE {value}",
    "not_contains": "({column}::text ILIKE {value}) IS NOT TRUE",
    "begins": "{column}::text ILIKE {value}",
    "ends": "{column}::text ILIKE {value}",
    "has": "{column}::text[] && {value}",
    "has_not": "NOT {column}::text[] && {value}",
    "is_null": "{column} IS NULL",
    "is_not_null": "{column} IS NOT NULL",
}
PATTERNS: Mapping[str, str] = {
    "contains": "%{}%",
    "not_contains": "%{}%",
    "begins": "{}%",
    "ends": "%{}",
}


class PostgresTable:
    def __init__(self, pool: Pool, name: str, key: str = "id") -> None:
        self.pool = pool
        self.name = name
        self.names = {"table": Identifier(SCHEMA, name), "key": Identifier(key)}

    def position(self) -> int:
        with self.pool.connection() as connection:
            row = connection.execute(POSITION, (self.name,)).fetchone()
        return int(row[0]) if row else 0

    def find(
        self,
        where: Condition,
        order: Order,
        skip: int,
        limit: int | None,
        *,
        backwards: bool = False,
    ) -> Sequence[Row]:
        values: list[Any] = []
        query = self.sql(ROWS, where, values)
        query += SQL(" ORDER BY ") + self.ordered(order, backwards)
        query += SQL(" OFFSET %s LIMIT %s")
        rows = self.rows(query, [*values, skip, limit])
        return rows[::-1] if backwards else rows

    def ordered(self, order: Order, backwards: bool) -> Composed:
        """Always the same order, whatever is alike; what is empty comes last."""
        nulls = SQL("NULLS FIRST" if backwards else "NULLS LAST")
        ways = [
            SQL("{} {} {}").format(Identifier(column), way(descends, backwards), nulls)
            for column, descends in order
        ]
        last = SQL("{} {}").format(self.names["key"], way(False, backwards))
        return SQL(", ").join([*ways, last])

    def count(self, where: Condition, most: int | None = None) -> int:
        values: list[Any] = []
        query = self.sql(COUNT, where, values)
        try:
            with self.pool.connection() as connection:
                [(number,)] = connection.execute(query, [*values, most]).fetchall()
        except DataError:
            return 0
        return int(number)

    def get(self, key: str) -> Row | None:
        rows = self.rows(SQL(GET).format(**self.names), [key])
        return rows[0] if rows else None

    def rows(self, query: Composed, values: Sequence[Any]) -> Sequence[Row]:
        """None if something is asked for that no column of that type can be."""
        try:
            with (
                self.pool.connection() as connection,
                connection.cursor(row_factory=dict_row) as cursor,
            ):
                return cursor.execute(query, values).fetchall()
        except DataError:
            return []

    def sql(self, template: str, where: Condition, values: list[Any]) -> Composed:
        return SQL(template).format(where=condition(where, values), **self.names)


def way(descends: bool, backwards: bool) -> SQL:
    return SQL("DESC" if descends != backwards else "ASC")


def condition(where: Condition, values: list[Any]) -> Composable:
    """As SQL; the values it needs are added to the list."""
    match where:
        case Compare():
            return compared(where, values)
        case Every(parts=parts):
            return combined(" AND ", parts, values)
        case Either(parts=parts):
            return combined(" OR ", parts, values) if parts else SQL("false")


def combined(logic: str, parts: Sequence[Condition], values: list[Any]) -> Composable:
    if not parts:
        return SQL("true")
    return SQL("({})").format(
        SQL(logic).join(condition(part, values) for part in parts)
    )


def compared(compare: Compare, values: list[Any]) -> Composed:
    template = OPERATORS[compare.operator]
    if "{value}" in template:
        values.append(value_of(compare))
    return SQL(template).format(column=Identifier(compare.column), value=Placeholder())


def value_of(compare: Compare) -> Any:
    pattern = PATTERNS.get(compare.operator)
    return pattern.format(literally(compare.value)) if pattern else compare.value


def literally(text: object) -> str:
    """Without the meaning that LIKE gives to some characters."""
    escaped = str(text)
    for special in ("\\", "%", "_"):
        escaped = escaped.replace(special, f"\\{special}")
    return escaped
