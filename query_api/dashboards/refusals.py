"""Why the command API refuses, at the field, in the language of the dashboards."""

from collections.abc import Mapping, Sequence
from typing import Any

from query_api.dashboards.editing import Refused
from query_api.dashboards.ports import Answer
from query_api.dashboards.refusals_ru import RUSSIAN
from query_api.dashboards.wording import said

LINKED = ("genre-not-found", "person-not-found", "film-not-found")


def explained(refused: Refused) -> dict[str, str]:
    """What is wrong, by the field it is wrong at; by ``_`` if at none."""
    found: dict[str, str] = {}
    for each in problems(refused.answer):
        found.setdefault(refused.verb.field_at(each["pointer"]), sentence(each))
    if found:
        return found
    body = refused.answer.body
    is_about_field = body.get("code") in LINKED or len(refused.verb.fields) == 1
    return {refused.verb.fields[0] if is_about_field else "_": sentence(body)}


def problems(answer: Answer) -> Sequence[Mapping[str, Any]]:
    return answer.body.get("errors") or ()


def why(answer: Answer) -> str:
    """In one sentence, where there is no form to show it in."""
    found = list(map(sentence, problems(answer))) or [sentence(answer.body)]
    return " ".join(dict.fromkeys(found))


def sentence(problem: Mapping[str, Any]) -> str:
    """In English the API says it itself."""
    english = str(problem.get("detail") or problem.get("title") or "")
    return said(RUSSIAN.get(str(problem.get("code")), english), english)
