"""Which account somebody gets who comes from a provider."""

from typing import Any

import pytest

from tests.identity.conftest import Site
from tests.identity.oidc import FakeProvider
from tests.people import Person

GMAIL, OTHER = "ann@gmail.com", "ann@example.org"


def account_of(site: Site, answer: Any) -> Any:
    assert answer.status_code == 200, answer.text
    caller = site.system.authenticate(answer.json()["access_token"])
    assert caller
    return caller.account_id


def verify(site: Site, person: Person) -> None:
    link = site.system.access.links.verification(person.account_id)
    body = {"token": link.rpartition("=")[2]}
    assert site.client.post("/auth/v1/verifications", json=body).status_code == 204


def is_conflict(answer: Any) -> bool:
    return (answer.status_code, answer.json()["code"]) == (
        409,
        "confirm-existing-credential",
    )


def test_whom_the_provider_knows_is_known_under_any_address(site: Site) -> None:
    google = FakeProvider(site, email=GMAIL)
    first = account_of(site, google.round_trip())
    google.email, google.email_verified = "new@example.org", False
    assert account_of(site, google.round_trip()) == first


def test_an_unchecked_address_becomes_nobodys(site: Site) -> None:
    google = FakeProvider(site, email=OTHER, email_verified=False)
    account_id = account_of(site, google.round_trip())
    assert site.system.access.directory.email_of(account_id) is None
    assert "EmailVerified" not in site.facts(f"account-{account_id}")


def test_an_unchecked_address_opens_no_account(site: Site) -> None:
    site.register(OTHER)
    google = FakeProvider(site, email=OTHER, email_verified=False)
    assert is_conflict(google.round_trip())


def test_a_checked_address_makes_an_account_and_proves_little(site: Site) -> None:
    google = FakeProvider(site, email=OTHER)
    account_id = account_of(site, google.round_trip())
    assert site.system.access.directory.email_of(account_id) == OTHER
    assert "EmailVerified" not in site.facts(f"account-{account_id}")


def test_the_authority_of_an_address_opens_the_account_that_has_verified_it(
    site: Site,
) -> None:
    ann = site.person(GMAIL)
    verify(site, ann)
    google = FakeProvider(site, email=GMAIL.upper())
    assert account_of(site, google.round_trip()) == ann.account_id
    assert site.facts(f"account-{ann.account_id}")[-1] == "IdentityLinked"
    assert site.sign_in(GMAIL).status_code == 200, "the password is as it was"


def test_the_authority_of_an_address_takes_it_from_who_never_verified_it(
    site: Site,
) -> None:
    squatter = site.person(GMAIL)
    google = FakeProvider(site, email=GMAIL)
    assert account_of(site, google.round_trip()) == squatter.account_id
    assert site.sign_in(GMAIL).status_code == 401
    assert site.refresh(squatter.refresh_token).status_code == 401
    assert site.facts(f"account-{squatter.account_id}")[-1] == "EmailVerified"


@pytest.mark.parametrize("is_verified_here", [False, True])
def test_who_is_no_authority_opens_no_account(
    site: Site, is_verified_here: bool
) -> None:
    ann = site.person(OTHER)
    if is_verified_here:
        verify(site, ann)
    assert is_conflict(FakeProvider(site, email=OTHER).round_trip())


def test_a_customers_domain_is_googles_to_vouch_for(site: Site) -> None:
    ann = site.person(OTHER)
    verify(site, ann)
    google = FakeProvider(site, email=OTHER)
    google.changes["claims"] = lambda given: given | {"hd": "example.org"}
    assert account_of(site, google.round_trip()) == ann.account_id


def test_a_provider_may_be_configured_to_be_an_authority(site: Site) -> None:
    ann = site.person(OTHER)
    verify(site, ann)
    own = FakeProvider(site, email=OTHER, name="own", authoritative=True)
    assert account_of(site, own.round_trip()) == ann.account_id


def link(site: Site, provider: FakeProvider, person: Person) -> Any:
    path = f"/auth/v1/oidc/{provider.name}/link"
    answer = site.client.post(path, headers=person.headers)
    assert answer.status_code == 200
    return provider.arrive(state=provider.noted(answer.json()["url"])["state"])


def test_who_is_signed_in_links_whatever_is_theirs(site: Site) -> None:
    ann = site.person(OTHER)
    google = FakeProvider(site, email="another@gmail.com")
    assert account_of(site, link(site, google, ann)) == ann.account_id
    assert account_of(site, google.round_trip()) == ann.account_id


def test_who_is_signed_in_links_nothing_of_another(site: Site) -> None:
    google = FakeProvider(site, email=GMAIL)
    account_of(site, google.round_trip())
    taken = link(site, google, site.person(OTHER))
    assert (taken.status_code, taken.json()["code"]) == (409, "identity-taken")


def test_a_blocked_account_is_blocked_at_every_door(site: Site) -> None:
    google = FakeProvider(site, email=GMAIL)
    account_id = account_of(site, google.round_trip())
    path = f"/command/v1/accounts/{account_id}/block"
    body = {"reason": "asked by letter 12"}
    headers = site.staff("support").headers
    assert site.client.post(path, json=body, headers=headers).status_code == 200
    assert google.round_trip().json()["code"] == "account-blocked"
