from domain.staff.decider import LastAdministrator, UnknownRole, staff
from domain.staff.roles import ADMINISTRATOR, PERMISSIONS, ROLES, permissions_of
from tests.examples.people import OTHER_ACCOUNT, grant, granted, revoke, revoked
from tests.scenario import DeciderScenario

given = DeciderScenario(staff)


def test_a_role_is_granted_once() -> None:
    given().when(grant()).then(granted())
    given(granted()).when(grant()).then()


def test_one_role_leaves_the_others_alone() -> None:
    history = granted(), granted(role="finance")
    given(*history).when(revoke()).then(revoked())
    given(*history, revoked()).when(revoke(role="finance")).then(
        revoked(role="finance")
    )
    given(*history, revoked()).when(revoke()).then()


def test_there_is_no_role_that_was_not_thought_of() -> None:
    given().when(grant(role="owner")).then_refused(UnknownRole)


def test_the_last_administrator_stays() -> None:
    first = granted(role=ADMINISTRATOR)
    second = granted(role=ADMINISTRATOR, account_id=OTHER_ACCOUNT)
    gone = revoked(role=ADMINISTRATOR)
    leave = revoke(role=ADMINISTRATOR)
    given(first).when(leave).then_refused(LastAdministrator)
    given(first, second).when(leave).then(gone)
    other_leaves = revoke(role=ADMINISTRATOR, account_id=OTHER_ACCOUNT)
    given(first, second, gone).when(other_leaves).then_refused(LastAdministrator)


def test_every_permission_of_a_role_is_one_there_is() -> None:
    assert permissions_of(ROLES) == PERMISSIONS == ROLES[ADMINISTRATOR]
    assert permissions_of([]) == permissions_of(["no more"]) == frozenset()
    assert "catalogue:edit" in permissions_of(["content-manager", "finance"])
    assert "catalogue:edit" not in permissions_of(["finance", "support", "auditor"])
