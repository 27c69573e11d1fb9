"""A viewer, and what they see of what they have watched."""

from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import connect

from tests.api.catalogue.site import PEOPLE, Site

WHO = PEOPLE["viewer"].account_id
WATCHED = """
INSERT INTO viewing.progress VALUES (%s, %s, %s, %s, %s, 100, %s)
ON CONFLICT (account_id, film_id, season, episode) DO UPDATE
SET position_seconds = EXCLUDED.position_seconds, at = EXCLUDED.at
"""


class Viewer:
    """What they watch is written as the writer does it, which has tests of its own."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def watched(
        self, film: str, position: int, ago: int = 0, place: tuple[int, int] = (0, 0)
    ) -> None:
        at = datetime.now(UTC) - timedelta(seconds=ago)
        with connect(self.site.system.settings.conninfo) as connection:
            connection.execute(WATCHED, (WHO, film, *place, position, at))

    def does(self, method: str, path: str, **body: Any) -> None:
        path = f"/command/v1/me/{path}"
        answer = self.site.ask(method, path, "viewer", json=body or None)
        assert answer.status_code == 200, answer.text

    def page(self, path: str) -> Any:
        return self.site.seen(f"me/{path}", "viewer")

    def titles(self, path: str) -> list[str]:
        return [item["film"]["title"] for item in self.page(path)["items"]]
