"""Which language the caller reads, and what there is in it (RFC 9110, 12.5.4)."""

from collections.abc import Iterable, Set
from typing import Annotated, Literal, Protocol, TypeAlias

from fastapi import Depends, Header, Response

from projections.collections import Collection
from projections.films import Film

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


class Titled(Protocol):
    @property
    def title_ru(self) -> str | None: ...

    @property
    def title_en(self) -> str | None: ...


class Described(Protocol):
    @property
    def description_ru(self) -> str | None: ...

    @property
    def description_en(self) -> str | None: ...


def first_of(
    asked: Language, ru: str | None, en: str | None, original: str | None = None
) -> str | None:
    """Asked for, Russian, English, original: the first that there is."""
    return (en if asked == "en" else ru) or ru or en or original


def title_in(titled: Titled, asked: Language) -> str:
    original = getattr(titled, "title_original", None)
    return first_of(asked, titled.title_ru, titled.title_en, original) or ""


def description_in(described: Described, asked: Language) -> str | None:
    return first_of(asked, described.description_ru, described.description_en)


def title_languages(titled: Titled, asked: Language) -> set[str]:
    """Of the title that is shown; none if it is neither."""
    title = title_in(titled, asked)
    names = {"ru": titled.title_ru, "en": titled.title_en}
    return {name for name, each in names.items() if each == title}


def text_languages(described: Described, asked: Language) -> set[str]:
    text = description_in(described, asked)
    names = {"ru": described.description_ru, "en": described.description_en}
    return {name for name, each in names.items() if text and each == text}


def languages_of(page: Film | Collection, asked: Language) -> str:
    """What a page with this title and description is really written in."""
    return written(title_languages(page, asked) | text_languages(page, asked), asked)


def languages_in(titled: Iterable[Titled], asked: Language) -> str:
    """The same for a list."""
    found: set[str] = set()
    return written(
        found.union(*(title_languages(each, asked) for each in titled)), asked
    )


def written(languages: Set[str], asked: Language) -> str:
    return ", ".join(sorted(languages, key=asked.__ne__)) or asked
