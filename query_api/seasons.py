"""The seasons of a series with their episodes, as its page shows them."""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel

from projections.films import Episode, Season, Titles
from query_api.languages import Language, first_of


class EpisodeOut(BaseModel):
    number: int
    title: str | None
    release_date: date | None
    minutes: int | None


class SeasonOut(BaseModel):
    number: int
    title: str | None
    episodes: list[EpisodeOut]


def seasons_in(seasons: Iterable[Season], asked: Language) -> list[SeasonOut]:
    return [
        SeasonOut(
            number=season.number,
            title=title(season.titles, asked),
            episodes=[shown(episode, asked) for episode in season.episodes],
        )
        for season in seasons
    ]


def shown(episode: Episode, asked: Language) -> EpisodeOut:
    return EpisodeOut(
        number=episode.number,
        title=title(episode.titles, asked),
        release_date=episode.release_date,
        minutes=episode.minutes,
    )


def title(titles: Titles, asked: Language) -> str | None:
    return first_of(asked, titles.ru, titles.en, titles.original)
