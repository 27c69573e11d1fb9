"""The dashboards' own words in both languages; the framework brings the rest."""

import re
from typing import Any

from babel.support import LazyProxy
from starlette_admin.i18n import get_locale

CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def said(ru: str, en: str) -> str:
    """In the language of the request."""
    return ru if get_locale() == "ru" else en


def both(ru: str, en: str) -> Any:
    """Text that becomes one language when it is shown."""
    return LazyProxy(said, ru, en, enable_cache=False)


def words(name: str) -> str:
    """``FilmRetitled`` is "Film retitled"."""
    return CAPITAL.sub(" ", name).capitalize()
