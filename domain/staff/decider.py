"""The staff: who has which roles. All of it is one stream, because "there is always an
administrator" is a rule about all of them, and a stream is what a rule can rely on.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.kernel.decider import Decider
from domain.kernel.errors import Invalid, Rejected
from domain.staff.commands import GrantRole, RevokeRole, StaffCommand
from domain.staff.events import RoleGranted, RoleRevoked, StaffEvent
from domain.staff.roles import ADMINISTRATOR, ROLES

Staff: TypeAlias = Mapping[UUID, frozenset[str]]


class UnknownRole(Invalid):
    """There is no such role."""

    pointer = "/role"


class LastAdministrator(Rejected):
    """This is the last administrator; make somebody else one first."""


def decide(command: StaffCommand, staff: Staff) -> Sequence[StaffEvent]:
    match command:
        case GrantRole():
            return grant(command, staff)
        case RevokeRole():
            return revoke(command, staff)
        case _:
            assert_never(command)


def grant(command: GrantRole, staff: Staff) -> Sequence[StaffEvent]:
    if command.role not in ROLES:
        raise UnknownRole
    if command.role in roles_of(command.account_id, staff):
        return ()
    return (
        RoleGranted(
            account_id=command.account_id, role=command.role, granted_at=command.now
        ),
    )


def revoke(command: RevokeRole, staff: Staff) -> Sequence[StaffEvent]:
    if command.role not in roles_of(command.account_id, staff):
        return ()
    if command.role == ADMINISTRATOR and len(administrators(staff)) == 1:
        raise LastAdministrator
    return (
        RoleRevoked(
            account_id=command.account_id, role=command.role, revoked_at=command.now
        ),
    )


def administrators(staff: Staff) -> frozenset[UUID]:
    return frozenset(id_ for id_, roles in staff.items() if ADMINISTRATOR in roles)


def roles_of(account_id: UUID, staff: Staff) -> frozenset[str]:
    return staff.get(account_id, frozenset())


def evolve(staff: Staff, event: StaffEvent) -> Staff:
    match event:
        case RoleGranted(account_id=id_, role=role):
            return {**staff, id_: roles_of(id_, staff) | {role}}
        case RoleRevoked(account_id=id_, role=role):
            return {**staff, id_: roles_of(id_, staff) - {role}}
        case _:
            assert_never(event)


staff: Decider[StaffCommand, Staff, StaffEvent] = Decider(
    category="staff",
    key=lambda _command: "cinema",
    initial={},
    decide=decide,
    evolve=evolve,
)
