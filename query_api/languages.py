"""Which language the caller reads, and what there is in it (RFC 9110, 12.5.4)."""

from typing import Annotated, Literal, TypeAlias

from fastapi import Depends, Header, Response

from projections.films import Film
from projections.search import Document

Language: TypeAlias = Literal["ru", "en"]


def language(
    response: Response, accept_language: Annotated[str, Header()] = "ru"
) -> Language:
    wanted = preferred(accept_language)
    response.headers["Content-Language"] = wanted
    return wanted


def preferred(accept_language: str) -> Language:
    """The one that is liked more; Russian, if neither is mentioned."""
    liked = {"ru": 0.0, "en": 0.0}
    for part in accept_language.split(","):
        tag, _, parameters = part.partition(";")
        name = tag.strip().lower().partition("-")[0]
        names = liked if name == "*" else (name,)
        for each in names:
            if each in liked:
                liked[each] = max(liked[each], quality(parameters))
    return "en" if liked["en"] > liked["ru"] else "ru"


def quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


Asked = Annotated[Language, Depends(language)]


def title_in(film: Film | Document, asked: Language) -> str:
    """Asked for, Russian, English, original: the first that there is."""
    first = film.title_en if asked == "en" else film.title_ru
    found = first or film.title_ru or film.title_en or film.title_original
    return found or ""


def description_in(film: Film, asked: Language) -> str | None:
    first = film.description_en if asked == "en" else film.description_ru
    return first or film.description_ru or film.description_en


def languages_of(film: Film, asked: Language) -> str:
    """What a page with this film's title and description is really written in."""
    title = title_in(film, asked)
    text = description_in(film, asked)
    written = {
        "ru": film.title_ru == title or (text and text == film.description_ru),
        "en": film.title_en == title or (text and text == film.description_en),
    }
    found = [name for name, is_there in written.items() if is_there]
    return ", ".join(found) or asked
