"""What a collection is described with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionTitles:
    ru: str | None = None
    en: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionDescription:
    ru: str | None = None
    en: str | None = None


UNDESCRIBED = CollectionDescription()
