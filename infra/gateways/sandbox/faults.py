"""What can go wrong on the way, by rule: before the payment is made, or after."""

import json
import random
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from infra.gateways.sandbox.database import Database

Kind: TypeAlias = Literal[
    "no-commit-500",
    "no-commit-502",
    "no-commit-reset",
    "no-commit-hang",
    "commit-then-500",
    "commit-then-502",
    "commit-then-reset",
    "commit-then-hang",
    "truncated-json",
    "processing",
    "too-many-requests",
    "key-duplicated",
    "slow",
    "stale",
    "internal-timeout",
]
#: Those after which the request has been carried out.
AFTER: Mapping[str, str] = MappingProxyType(
    {
        "commit-then-500": "500",
        "commit-then-502": "502",
        "commit-then-reset": "reset",
        "commit-then-hang": "hang",
        "truncated-json": "truncated",
    }
)
INSERT = "INSERT INTO fault (rule) VALUES (?)"
ALL = "SELECT * FROM fault ORDER BY number"
SEEN = "UPDATE fault SET seen = seen + 1, fired = fired + ? WHERE number = ?"


class Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    method: str = "POST"
    #: A prefix.
    path: str = "/v3/payments"
    #: It begins with this one of the matching requests, and happens this often.
    nth: int = Field(default=1, ge=1)
    times: int | None = Field(default=1, ge=1)
    probability: float = Field(default=1.0, ge=0, le=1)
    seed: int = 0
    #: How long a slow or hanging one takes.
    seconds: float = Field(default=60.0, ge=0, le=600)

    def matches(self, method: str, path: str) -> bool:
        return self.method in (method, "*") and path.startswith(self.path)

    def fires(self, seen: int, fired: int) -> bool:
        if seen + 1 < self.nth or (self.times is not None and fired >= self.times):
            return False
        # The same seed is the same series; not for secrets.
        chance = random.Random(f"{self.seed} {seen}").random()  # noqa: S311
        return chance < self.probability


class Faults:
    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, rule: Rule) -> int:
        cursor = self.database.execute(INSERT, rule.model_dump_json())
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def clear(self) -> None:
        self.database.execute("DELETE FROM fault")

    def all(self) -> list[dict[str, Any]]:
        return [
            {**dict(row), "rule": json.loads(row["rule"])}
            for row in self.database.rows(ALL)
        ]

    def next(self, method: str, path: str) -> Rule | None:
        """The first rule that strikes this request; each counts what it has seen."""
        struck: Rule | None = None
        for row in self.database.rows(ALL):
            rule = Rule.model_validate_json(row["rule"])
            if not rule.matches(method, path):
                continue
            fires = struck is None and rule.fires(row["seen"], row["fired"])
            self.database.execute(SEEN, fires, row["number"])
            struck = rule if fires else struck
        return struck
