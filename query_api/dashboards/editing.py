"""A form's changes as the commands that mean them, on the version that was read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from query_api.dashboards.ports import Answer, CommandApi

Values: TypeAlias = Mapping[str, Any]
CONFLICT = 412


@dataclass(frozen=True, slots=True)
class Verb:
    """One command: what it is called, and the fields of the form that it carries."""

    noun: str
    fields: tuple[str, ...]
    body: Callable[[Values], Values]

    def field_at(self, pointer: str) -> str:
        """The field that a member of the body was filled from."""
        last = pointer.rpartition("/")[2]
        for field in self.fields:
            if field == last or field.endswith(f"_{last}"):
                return field
        return self.fields[0]


def alone(field: str) -> Callable[[Values], Values]:
    return lambda values: {field: values[field]}


VERBS: Sequence[Verb] = (
    Verb(
        "titles",
        ("title_ru", "title_en", "title_original"),
        lambda values: {
            "titles": {
                "ru": values["title_ru"],
                "en": values["title_en"],
                "original": values["title_original"],
            }
        },
    ),
    Verb(
        "description",
        ("description_ru", "description_en"),
        lambda values: {
            "description": {
                "ru": values["description_ru"],
                "en": values["description_en"],
            }
        },
    ),
    Verb("type", ("type",), alone("type")),
    Verb("access", ("access",), alone("access")),
    Verb("release", ("release_date",), alone("release_date")),
    Verb("rating", ("rating",), alone("rating")),
    Verb("age-rating", ("age_rating",), alone("age_rating")),
    Verb("certificate", ("certificate",), alone("certificate")),
    Verb("media", ("media",), alone("media")),
)


@dataclass(frozen=True, slots=True)
class Done:
    version: int
    position: int


class Refused(Exception):
    """One of the commands was; those before it were not."""

    def __init__(self, verb: Verb, answer: Answer, done: Done) -> None:
        super().__init__(verb.noun)
        self.verb = verb
        self.answer = answer
        self.done = done

    @property
    def is_conflict(self) -> bool:
        return self.answer.status == CONFLICT

    def messages(self) -> dict[str, str]:
        """What is wrong, by the field it is wrong at; by ``_`` if at none."""
        found = {
            self.verb.field_at(each["pointer"]): each["detail"]
            for each in self.answer.body.get("errors", ())
        }
        return found or {"_": str(self.answer.body.get("detail", ""))}


def changed(before: Values, after: Values) -> list[Verb]:
    return [
        verb
        for verb in VERBS
        if any(plain(before[name]) != plain(after[name]) for name in verb.fields)
    ]


def send_changes(
    commands: CommandApi,
    path: str,
    verbs: Sequence[Verb],
    values: Values,
    *,
    token: str,
    version: int,
) -> Done:
    """Raises ``Refused``, and ``CommandsUnreachable``."""
    done = Done(version, 0)
    filled = {name: plain(value) for name, value in values.items()}
    for verb in verbs:
        answer = commands.send(
            "POST",
            f"{path}/{verb.noun}",
            verb.body(filled),
            token=token,
            version=done.version,
        )
        if answer.is_refusal:
            raise Refused(verb, answer, done)
        done = Done(answer.version or done.version, answer.position or done.position)
    return done


def plain(value: Any) -> Any:
    """As JSON has it; what was left empty is nothing."""
    match value:
        case "":
            return None
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
        case str():
            return value.strip().replace("\r\n", "\n") or None
        case _:
            return value
