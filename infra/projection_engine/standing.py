"""How far a read model has read, and what keeps it."""

from typing import Any

from infra.projection_engine.engine import Engine
from projections.projection import Standing


def standing(engine: Engine[Any, Any], head: int) -> Standing:
    checkpoints = [part.store.checkpoint() for part in engine.parts()]
    position = min(checkpoint.position for checkpoint in checkpoints)
    lag = max(head - position, 0)
    failures = engine.controls.failures(engine.name)
    is_paused = engine.controls.orders(engine.name).is_paused
    return Standing(
        name=engine.name,
        position=position,
        head=head,
        lag=lag,
        parked=len(engine.store.parked()),
        rows=engine.store.count(),
        builds=checkpoints[0].generation + 1,
        failures=failures.times,
        failure=failures.reason,
        state="paused" if is_paused else "behind" if lag else "level",
    )
