"""Seasons and episodes: what of them was added, changed and withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from query_api.dashboards.editing import Step, Values, Verb
from query_api.dashboards.rows import Cell, Rows
from query_api.dashboards.wording import both

Place: TypeAlias = tuple[Any, Any]

NUMBER = both("№", "No.")
TITLES = (
    Cell("title_ru", both("Название", "Title in Russian")),
    Cell("title_en", both("По-английски", "Title")),
)
FIELDS = (
    Rows(
        "seasons",
        label=both("Сезоны", "Seasons"),
        adding=both("Добавить сезон", "Add a season"),
        cells=(Cell("number", NUMBER, "number"), *TITLES),
    ),
    Rows(
        "episodes",
        label=both("Серии", "Episodes"),
        adding=both("Добавить серию", "Add an episode"),
        cells=(
            Cell("season", both("Сезон", "Season"), "number"),
            Cell("number", NUMBER, "number"),
            *TITLES,
            Cell("media", both("Медиа", "Media")),
            Cell("release_date", both("Премьера", "Release"), "date"),
            Cell("minutes", both("Минут", "Minutes"), "number"),
        ),
    ),
)


def titles(row: Values) -> Values:
    return {"ru": row["title_ru"], "en": row["title_en"]}


def season_steps(before: Values, after: Values) -> Sequence[Step]:
    """A season that has another title is asked for again: the API says no."""
    had = {each["number"]: each for each in before["seasons"] or ()}
    has = {each["number"]: each for each in after["seasons"] or ()}
    gone = [Step("DELETE", f"seasons/{number}") for number in had if number not in has]
    come = [
        Step("POST", "seasons", {"number": number, "titles": titles(each)})
        for number, each in has.items()
        if had.get(number) != each
    ]
    return [*gone, *come]


def episode_steps(before: Values, after: Values) -> Sequence[Step]:
    """Episodes go with their season."""
    had, has = placed(before), placed(after)
    seasons = {each["number"] for each in after["seasons"] or ()}
    gone = [
        Step("DELETE", at(place))
        for place in had
        if place not in has and place[0] in seasons
    ]
    steps = [
        step
        for place, episode in has.items()
        for step in changes(place, had.get(place), episode)
    ]
    return [*gone, *steps]


def changes(place: Place, old: Values | None, new: Values) -> Sequence[Step]:
    if old == new:
        return ()
    if old is None:
        return (Step("POST", f"seasons/{place[0]}/episodes", episode(new)),)
    if any(old[name] != new[name] for name in ("release_date", "minutes")):
        added = Step("POST", f"seasons/{place[0]}/episodes", episode(new))
        return (Step("DELETE", at(place)), added)
    steps = []
    if titles(old) != titles(new):
        steps.append(Step("POST", f"{at(place)}/titles", {"titles": titles(new)}))
    if old["media"] != new["media"]:
        steps.append(Step("POST", f"{at(place)}/media", {"media": new["media"]}))
    return steps


def episode(row: Values) -> Values:
    alone = ("number", "media", "release_date", "minutes")
    return {"titles": titles(row), **{name: row[name] for name in alone}}


def placed(values: Values) -> Mapping[Place, Values]:
    return {(each["season"], each["number"]): each for each in values["episodes"] or ()}


def at(place: Place) -> str:
    season, number = place
    return f"seasons/{season}/episodes/{number}"


SEASONS = Verb(("seasons",), season_steps)
EPISODES = Verb(("episodes",), episode_steps)


def rows_of(seasons: Sequence[Values]) -> Values:
    """Both fields, from what the read model keeps."""
    return {
        "seasons": [
            {"number": each["number"], **spelled(each["titles"])} for each in seasons
        ],
        "episodes": [
            {
                "season": each["number"],
                "number": one["number"],
                **spelled(one["titles"]),
                "media": one.get("media"),
                "release_date": one.get("release_date"),
                "minutes": one.get("minutes"),
            }
            for each in seasons
            for one in each["episodes"]
        ],
    }


def spelled(titles: Values) -> Values:
    return {"title_ru": titles.get("ru"), "title_en": titles.get("en")}


def told_series(seasons: Sequence[Values]) -> Sequence[str]:
    """For the history: a line for each season and for each episode."""
    rows = rows_of(seasons)
    return [
        *(both_titles(f"{each['number']}", each) for each in rows["seasons"]),
        *(
            both_titles(f"{each['season']}×{each['number']}", each)
            for each in rows["episodes"]
        ),
    ]


def both_titles(place: str, row: Values) -> str:
    known = [place, row["title_ru"], row["title_en"], row.get("media")]
    return " ".join(str(each) for each in known if each)
