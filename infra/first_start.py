"""What a cinema that has just been founded is given, once: through commands."""

from collections.abc import Callable
from typing import TypeAlias

from infra.bootstrap import System
from infra.identity.administrator import introduce_administrator
from infra.plans_on_sale import seed_plans

Say: TypeAlias = Callable[[str], None]
#: Gives a part of it and says what for a person to read. Asked again (a start may be
#: cut short) it changes nothing.
Seed: TypeAlias = Callable[[System, Say], None]

#: Also for a cinema that begins empty: somebody must be able to fill it and to sell it.
FIRST: tuple[Seed, ...] = (introduce_administrator, seed_plans)
SEEDS: tuple[Seed, ...] = ()

IS_FOUNDED = "SELECT 1 FROM work.founding"
FOUND = "INSERT INTO work.founding DEFAULT VALUES ON CONFLICT DO NOTHING"


def found(system: System, say: Say, *, empty: bool) -> None:
    """Once in the life of a database."""
    with system.pool.connection() as connection:
        if connection.execute(IS_FOUNDED).fetchone():
            return
        for seed in FIRST if empty else FIRST + SEEDS:
            seed(system, say)
        connection.execute(FOUND)
