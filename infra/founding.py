"""Has the first start already made what it makes?"""

from psycopg import Connection, connect

from infra.settings import Settings

IS_FOUNDED = "SELECT EXISTS (SELECT FROM work.founding)"
FOUND = "INSERT INTO work.founding DEFAULT VALUES ON CONFLICT DO NOTHING"


def is_founded(settings: Settings) -> bool:
    with connect(settings.conninfo) as connection:
        [(is_there,)] = connection.execute(IS_FOUNDED).fetchall()
    return bool(is_there)


def mark_founded(connection: Connection) -> None:
    connection.execute(FOUND)
