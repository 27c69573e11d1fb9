from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from infra.settings import Settings
from tests.identity.conftest import Site
from tests.people import Person

VERIFICATIONS = "/auth/v1/verifications"


@pytest.fixture
def settings(postgres: Settings) -> Settings:
    return postgres.model_copy(update={"public_url": "https://cinema.example"})


@pytest.fixture
def ann(site: Site) -> Person:
    return site.person("ann@example.org")


@pytest.fixture
def token(site: Site, ann: Person) -> str:
    link = urlsplit(site.system.access.links.verification(ann.account_id))
    assert (link.netloc, link.path) == ("cinema.example", VERIFICATIONS)
    [token] = parse_qs(link.query)["token"]
    return token


def is_verified(site: Site, ann: Person) -> bool:
    return "EmailVerified" in site.facts(f"account-{ann.account_id}")


def test_the_link_in_the_letter_verifies_once(
    site: Site, ann: Person, token: str
) -> None:
    body = {"token": token}
    assert site.client.post(VERIFICATIONS, json=body).status_code == 204
    assert is_verified(site, ann)
    again = site.client.post(VERIFICATIONS, json=body)
    assert (again.status_code, again.json()["code"]) == (400, "invalid-link")


def test_to_look_at_the_link_verifies_nothing(
    site: Site, ann: Person, token: str
) -> None:
    params = {"token": token}
    page = site.client.get(VERIFICATIONS, params=params)
    assert (page.status_code, "<button>" in page.text) == (200, True)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not is_verified(site, ann)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    pressed = site.client.post(f"{VERIFICATIONS}/page", params=params, headers=form)
    assert pressed.status_code == 200
    assert is_verified(site, ann)
    again = site.client.post(f"{VERIFICATIONS}/page", params=params, headers=form)
    assert (again.status_code, "устарела" in again.text) == (400, True)


def test_a_token_is_shown_as_text_only(site: Site) -> None:
    evil = {"token": '"><script>alert(1)</script>'}
    page = site.client.get(
        VERIFICATIONS, params=evil, headers={"Accept-Language": "en"}
    )
    assert "<script>" not in page.text
    assert "Confirm the address" in page.text


def test_a_link_is_good_for_a_day(site: Site, ann: Person, token: str) -> None:
    site.wall_clock.advance(hours=24)
    answer = site.client.post(VERIFICATIONS, json={"token": token})
    assert answer.status_code == 400
    assert not is_verified(site, ann)


def test_a_link_is_for_the_address_it_was_sent_to(site: Site, token: str) -> None:
    with site.system.pool.connection() as connection:
        connection.execute("UPDATE identity.account SET email = 'new@example.org'")
    answer = site.client.post(VERIFICATIONS, json={"token": token})
    assert answer.status_code == 400


def test_letters_find_the_address_and_the_language(site: Site, ann: Person) -> None:
    addressee = site.system.access.addresses.find(ann.account_id)
    assert addressee
    assert (addressee.email, addressee.locale) == ("ann@example.org", "ru")
    assert site.system.access.addresses.find(UUID(int=0)) is None


def test_no_secret_is_kept_in_clear(site: Site, ann: Person, token: str) -> None:
    with site.system.pool.connection() as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'identity'"
        ).fetchall()
        dump = ""
        for (table,) in tables:
            query = f"SELECT t::text FROM identity.{table} t"  # noqa: S608
            dump += str(connection.execute(query).fetchall())
    assert "ann@example.org" in dump
    for secret in (token, ann.password, ann.access_token, ann.refresh_token):
        assert secret not in dump
        assert secret.encode().hex() not in dump
