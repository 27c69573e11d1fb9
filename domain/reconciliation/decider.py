"""One day at one gateway, held against ours: each difference is told once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never
from uuid import UUID

from domain.billing_ids import difference_of
from domain.kernel.decider import Decider
from domain.reconciliation.commands import (
    Difference,
    Finding,
    Orphan,
    ReconciliationCommand,
    RecordReconciliation,
)
from domain.reconciliation.events import (
    GatewayDifferenceFound,
    GatewayDifferenceSettled,
    OrphanChargeFound,
    ReconciliationEvent,
    ReconciliationRun,
)


@dataclass(frozen=True, slots=True)
class Day:
    """``differing``: what was found and has not been settled since."""

    runs: int = 0
    differing: frozenset[UUID] = frozenset()


def decide(command: RecordReconciliation, state: Day) -> Sequence[ReconciliationEvent]:
    if command.scheduled and state.runs:
        return ()
    found = {identity(command, each): each for each in command.findings}
    return (
        *(
            told(command, id_, found[id_])
            for id_ in found
            if id_ not in state.differing
        ),
        *(
            GatewayDifferenceSettled(
                difference_id=id_,
                gateway=command.gateway,
                day=command.day,
                settled_at=command.now,
            )
            for id_ in sorted(state.differing - found.keys())
        ),
        ReconciliationRun(
            gateway=command.gateway,
            day=command.day,
            checked=command.checked,
            differences=len(found),
            run_at=command.now,
        ),
    )


def identity(command: RecordReconciliation, finding: Finding) -> UUID:
    kind = finding.kind if isinstance(finding, Difference) else "orphan"
    return difference_of(command.gateway, command.day, finding.ref, kind)


def told(
    command: RecordReconciliation, id_: UUID, finding: Finding
) -> GatewayDifferenceFound | OrphanChargeFound:
    match finding:
        case Difference():
            return GatewayDifferenceFound(
                difference_id=id_,
                gateway=command.gateway,
                day=command.day,
                kind=finding.kind,
                ref=finding.ref,
                payment_id=finding.payment_id,
                ours=finding.ours,
                theirs=finding.theirs,
                status=finding.status,
                found_at=command.now,
            )
        case Orphan():
            return OrphanChargeFound(
                difference_id=id_,
                gateway=command.gateway,
                day=command.day,
                ref=finding.ref,
                amount=finding.amount,
                reason=finding.reason,
                payment_id=finding.payment_id,
                found_at=command.now,
            )
        case _:
            assert_never(finding)


def evolve(state: Day, event: ReconciliationEvent) -> Day:
    match event:
        case GatewayDifferenceFound(difference_id=id_):
            return replace(state, differing=state.differing | {id_})
        case OrphanChargeFound(difference_id=id_):
            return replace(state, differing=state.differing | {id_})
        case GatewayDifferenceSettled(difference_id=id_):
            return replace(state, differing=state.differing - {id_})
        case ReconciliationRun():
            return replace(state, runs=state.runs + 1)
        case _:
            assert_never(event)


reconciliation: Decider[ReconciliationCommand, Day, ReconciliationEvent] = Decider(
    category="reconciliation",
    key=lambda command: f"{command.gateway}-{command.day}",
    initial=Day(),
    decide=decide,
    evolve=evolve,
)
