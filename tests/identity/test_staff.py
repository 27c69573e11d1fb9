from typing import Any
from uuid import uuid4

import pytest

from tests.identity.conftest import Site, within_a_second
from tests.people import Person

WHY = {"reason": "asked by letter 12"}


def block(site: Site, by: Person, whom: Person, verb: str = "block") -> Any:
    path = f"/command/v1/accounts/{whom.account_id}/{verb}"
    return site.client.post(path, json=WHY, headers=by.headers)


def grant(site: Site, by: Person, whom: Person, role: str) -> Any:
    path = f"/command/v1/accounts/{whom.account_id}/roles"
    return site.client.post(path, json={"role": role} | WHY, headers=by.headers)


def revoke(site: Site, by: Person, whom: Person, role: str) -> Any:
    path = f"/command/v1/accounts/{whom.account_id}/roles/{role}"
    return site.client.delete(path, params=WHY, headers=by.headers)


def test_a_blocked_account_is_refused_within_a_second(site: Site) -> None:
    support, ann = site.staff("support"), site.person("ann@example.org")
    assert site.system.authenticate(ann.access_token)
    answer = block(site, support, ann)
    assert answer.status_code == 200
    assert answer.json()["id"] == str(ann.account_id)
    assert answer.headers["Location"] == f"/query/v1/accounts/{ann.account_id}"
    within_a_second(lambda: site.system.authenticate(ann.access_token) is None)
    assert site.refresh(ann.refresh_token).status_code == 401
    refused = site.sign_in("ann@example.org")
    assert (refused.status_code, refused.json()["code"]) == (403, "account-blocked")
    assert site.sign_in("ann@example.org", "not that one 9").status_code == 401


def test_the_reason_and_who_it_was_are_on_record(site: Site) -> None:
    support, ann = site.staff("support"), site.person()
    block(site, support, ann)
    *_, event = site.system.cinema.stream(f"account-{ann.account_id}")
    assert event.metadata.reason == WHY["reason"]
    assert event.metadata.actor == str(support.account_id)


def test_an_unblocked_account_signs_in_anew(site: Site) -> None:
    support, ann = site.staff("support"), site.person("ann@example.org")
    block(site, support, ann)
    assert block(site, support, ann, "unblock").status_code == 200
    assert site.refresh(ann.refresh_token).status_code == 401
    assert site.sign_in("ann@example.org").status_code == 200


def test_an_administrator_is_not_blocked(site: Site) -> None:
    support, boss = site.staff("support"), site.staff("administrator")
    refused = block(site, support, boss)
    code = refused.json()["code"]
    assert (refused.status_code, code) == (409, "administrator-cannot-be-blocked")


def test_a_role_is_effective_within_a_second(site: Site) -> None:
    boss, ann = site.staff("administrator"), site.person()

    def may_edit() -> bool:
        caller = site.system.authenticate(ann.access_token)
        return caller is not None and "catalogue:edit" in caller.permissions

    assert not may_edit()
    assert grant(site, boss, ann, "finance").status_code == 200
    assert grant(site, boss, ann, "content-manager").status_code == 200
    within_a_second(may_edit)
    assert revoke(site, boss, ann, "content-manager").status_code == 200
    within_a_second(lambda: not may_edit())
    caller = site.system.authenticate(ann.access_token)
    assert caller
    assert "plans:edit" in caller.permissions, "the other role is still there"


def test_the_last_administrator_stays(site: Site) -> None:
    boss = site.staff("administrator")
    last = revoke(site, boss, boss, "administrator")
    assert (last.status_code, last.json()["code"]) == (409, "last-administrator")
    second = site.staff("administrator")
    assert revoke(site, boss, boss, "administrator").status_code == 200
    within_a_second(lambda: grant(site, boss, second, "finance").status_code == 403)


def test_roles_and_accounts_that_do_not_exist(site: Site) -> None:
    boss, ann = site.staff("administrator"), site.person()
    nobody = Person(uuid4(), "", "", "")
    unknown = grant(site, boss, ann, "owner")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown-role")
    for answer in (
        grant(site, boss, nobody, "finance"),
        revoke(site, boss, nobody, "finance"),
        block(site, boss, nobody),
        block(site, boss, nobody, "unblock"),
    ):
        assert answer.status_code == 404


def test_a_reason_is_needed(site: Site) -> None:
    boss, ann = site.staff("administrator"), site.person()
    path = f"/command/v1/accounts/{ann.account_id}/block"
    answer = site.client.post(path, json={"reason": " "}, headers=boss.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_roles_are_changed_only_soon_after_a_sign_in(site: Site) -> None:
    boss, ann = site.staff("administrator"), site.person()
    site.wall_clock.advance(minutes=9)
    tokens = site.refresh(boss.refresh_token).json()
    site.wall_clock.advance(minutes=2)
    later = Person(boss.account_id, "", tokens["access_token"], "")
    refused = grant(site, later, ann, "finance")
    assert refused.status_code == 401
    assert refused.json()["code"] == "insufficient-user-authentication"
    challenge = refused.headers["WWW-Authenticate"]
    assert 'error="insufficient_user_authentication"' in challenge
    assert block(site, later, ann).status_code == 200


def test_staff_finds_an_account_and_sees_half_of_its_address(site: Site) -> None:
    auditor, ann = site.staff("auditor"), site.person("ann@example.org")
    site.drain()
    path = f"/query/v1/accounts/{ann.account_id}"
    account = site.client.get(path, headers=auditor.headers).json()
    assert account["email"] == "a***@example.org"
    params = {"email": "ANN@example.org"}
    found = site.client.get(
        "/query/v1/accounts", params=params, headers=auditor.headers
    )
    assert found.json() == account
    missing = {"email": "ben@example.org"}
    none = site.client.get(
        "/query/v1/accounts", params=missing, headers=auditor.headers
    )
    assert none.status_code == 404
    assert site.client.get(path, headers=ann.headers).status_code == 403


@pytest.mark.parametrize("verb", ["block", "unblock", "roles"])
def test_nobody_else_may(site: Site, verb: str) -> None:
    ann, editor = site.person(), site.staff("content-manager", "finance", "auditor")
    path = f"/command/v1/accounts/{ann.account_id}/{verb}"
    body = WHY | ({"role": "administrator"} if verb == "roles" else {})
    for caller, status in ((None, 401), (ann, 403), (editor, 403)):
        headers = caller.headers if caller else {}
        answer = site.client.post(path, json=body, headers=headers)
        assert answer.status_code == status
