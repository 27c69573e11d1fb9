"""Series go on with their next episode; what is out of its window is not shown."""

from typing import Any

from tests.api.catalogue.site import Site
from tests.viewing.viewer import Viewer


def hide(site: Site, film: str) -> None:
    window: dict[str, Any] = {
        "closes": "2020-01-01T00:00:00Z",
        "opens": None,
        "countries": [],
    }
    path = f"/command/v1/films/{film}/availability"
    assert site.post(path, windows=[window]).status_code == 200


def test_a_series_goes_on_with_its_next_episode(site: Site, viewer: Viewer) -> None:
    series = site.film("Fargo", type="series")
    for season, number in ((1, 1), (1, 2), (3, 1)):
        site.post(f"/command/v1/films/{series}/seasons", number=season)
        path = f"/command/v1/films/{series}/seasons/{season}/episodes"
        added = site.post(path, number=number, titles={"en": "An episode"})
        assert added.status_code < 300, added.text

    def goes_on() -> list[Any]:
        items = viewer.page("continue-watching")["items"]
        return [(each["episode"], each["position_seconds"]) for each in items]

    viewer.watched(series, 99, ago=30, place=(1, 1))
    assert goes_on() == [({"season": 1, "number": 2}, 0)]
    viewer.watched(series, 40, ago=20, place=(1, 2))
    assert goes_on() == [({"season": 1, "number": 2}, 40)]
    viewer.watched(series, 99, ago=10, place=(1, 2))
    assert goes_on() == [({"season": 3, "number": 1}, 0)]
    viewer.watched(series, 99, place=(3, 1))
    assert goes_on() == []


def test_what_is_out_of_its_window_is_not_shown(site: Site, viewer: Viewer) -> None:
    gone, there = site.film("gone"), site.film("there")
    for film in (gone, there):
        viewer.watched(film, 50)
        viewer.does("PUT", f"watchlist/{film}")
        viewer.does("PUT", f"ratings/{film}", rating=7)
    hide(site, gone)
    for path in ("continue-watching", "history", "watchlist", "ratings"):
        assert viewer.titles(path) == ["there"]
