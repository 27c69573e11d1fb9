"""A form's changes as the commands that mean them, on the version that was read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from query_api.dashboards.ports import Answer, CommandApi

Values: TypeAlias = Mapping[str, Any]
CONFLICT = 412


@dataclass(frozen=True, slots=True)
class Named:
    """Something else that a form points to, by the name that people know it by."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """One request; its path is below the address of the thing that is edited."""

    method: str
    path: str
    body: Values | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """One intention: the fields of the form that it takes, and how it is sent."""

    fields: tuple[str, ...]
    steps: Callable[[Values, Values], Sequence[Step]]

    def field_at(self, pointer: str) -> str:
        """The field that a member of the body was filled from."""
        names = pointer.split("/")
        for field_ in self.fields:
            if field_ in names or field_.endswith(f"_{names[-1]}"):
                return field_
        return self.fields[0]


def posted(
    noun: str, *fields: str, body: Callable[[Values], Values] | None = None
) -> Verb:
    """One command with what the fields are now, under their own names if need be."""

    def steps(_: Values, after: Values) -> Sequence[Step]:
        filled = body(after) if body else {name: after[name] for name in fields}
        return (Step("POST", noun, filled),)

    return Verb(fields, steps)


def linked(field_: str, path: str) -> Verb:
    """A command for each thing that is pointed to no more, or from now on."""

    def steps(before: Values, after: Values) -> Sequence[Step]:
        had, has = before[field_] or (), after[field_] or ()
        gone = [Step("DELETE", f"{path}/{id_}") for id_ in had if id_ not in has]
        come = [Step("PUT", f"{path}/{id_}") for id_ in has if id_ not in had]
        return [*gone, *come]

    return Verb((field_,), steps)


@dataclass(frozen=True, slots=True)
class Author:
    """Who sends the commands, and why."""

    commands: CommandApi
    token: str
    reason: str | None = None

    def send(
        self,
        method: str,
        path: str,
        body: Values | None,
        version: int | None,
        key: str | None = None,
    ) -> Answer:
        """``key``: sent twice, it is one. Raises ``CommandsUnreachable``."""
        return self.commands.send(
            method,
            path,
            body,
            token=self.token,
            version=version,
            reason=self.reason,
            key=key,
        )


@dataclass(frozen=True, slots=True)
class Done:
    version: int
    position: int
    #: The fields that have been saved.
    fields: tuple[str, ...] = ()


class Refused(Exception):
    """One of the commands was; those before it were not."""

    def __init__(self, verb: Verb, answer: Answer, done: Done) -> None:
        super().__init__(verb.fields)
        self.verb = verb
        self.answer = answer
        self.done = done

    @property
    def is_conflict(self) -> bool:
        return self.answer.status == CONFLICT


@dataclass(frozen=True, slots=True)
class Form:
    """What one kind of thing can be asked, and where."""

    address: str
    verbs: Sequence[Verb]
    #: What is asked when there is nothing yet; the verbs say the rest.
    adding: Callable[[Values], Values] = field(default=lambda _: {})
    added: tuple[str, ...] = ()

    @property
    def fields(self) -> Sequence[str]:
        return [name for verb in self.verbs for name in verb.fields]

    @property
    def names(self) -> Sequence[str]:
        """Those included that can only be said at first."""
        return list(dict.fromkeys((*self.fields, *self.added)))

    def changed(self, before: Values, after: Values) -> list[Verb]:
        return [
            verb
            for verb in self.verbs
            if any(before.get(name) != after[name] for name in verb.fields)
        ]

    def save(
        self, author: Author, id_: str, before: Values, after: Values, version: int
    ) -> Done:
        """Only what changed. Raises ``Refused``, and ``CommandsUnreachable``."""
        done = Done(version, 0)
        for verb in self.changed(before, after):
            for step in verb.steps(before, after):
                answer = author.send(
                    step.method,
                    f"{self.address}/{id_}/{step.path}",
                    step.body,
                    done.version,
                )
                if answer.is_refusal:
                    raise Refused(verb, answer, done)
                done = followed(done, answer)
            done = Done(done.version, done.position, (*done.fields, *verb.fields))
        return done

    def add(self, author: Author, values: Values) -> tuple[str, Done]:
        """Raises ``Refused``, and ``CommandsUnreachable``."""
        answer = author.send("POST", self.address, self.adding(values), None)
        nothing = Done(0, 0)
        if answer.is_refusal:
            raise Refused(Verb(self.added, lambda *_: ()), answer, nothing)
        return str(answer.body["id"]), followed(nothing, answer)


def followed(done: Done, answer: Answer) -> Done:
    return Done(
        answer.version or done.version, answer.position or done.position, done.fields
    )


def plain(value: Any) -> Any:
    """As JSON has it; what was left empty is nothing."""
    match value:
        case "":
            return None
        case Named():
            return value.id
        case UUID():
            return str(value)
        case Decimal():
            return float(value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case str():
            return value.strip().replace("\r\n", "\n") or None
        case dict():
            return {name: plain(member) for name, member in value.items()}
        case list() | tuple():
            return [plain(member) for member in value] or None
        case _:
            return value
