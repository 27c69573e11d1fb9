"""What a cinema that has just been founded is given, once: through commands."""

from collections.abc import Callable
from typing import TypeAlias

from infra.bootstrap import System
from infra.demo.catalogue import seed_catalogue
from infra.founding import mark_founded
from infra.identity.administrator import introduce_administrator
from infra.plans_on_sale import seed_plans

Say: TypeAlias = Callable[[str], None]
#: Gives a part of it and says what for a person to read. Asked again (a start may be
#: cut short) it changes nothing.
Seed: TypeAlias = Callable[[System, Say], None]

#: Also for a cinema that begins empty: somebody must be able to fill it and to sell it.
FIRST: tuple[Seed, ...] = (introduce_administrator, seed_plans)
SEEDS: tuple[Seed, ...] = (seed_catalogue,)


def found(system: System, say: Say, *, empty: bool) -> None:
    """To be called once in the life of a database; cut short, it can be repeated."""
    for seed in FIRST if empty else FIRST + SEEDS:
        seed(system, say)
    with system.pool.connection() as connection:
        mark_founded(connection)
