"""The whole way, with a provider that is somebody else's program."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from infra.identity.oidc.configuration import OidcProvider
from infra.settings import Settings
from tests.conftest import free_port
from tests.identity.conftest import Site

PATIENCE = 30.0
SUBJECT = "ann"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    log: Path = tmp_path_factory.mktemp("provider") / "log"
    # -W ignore: it uses a module of Authlib that is on its way out.
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--require-nonce", "true"],
            stdout=output,
            stderr=output,
        )
        try:
            await_answer(issuer, process, log)
            yield issuer
        finally:
            process.terminate()
            process.wait(10)


def await_answer(issuer: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            httpx2.get(issuer, timeout=5)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the provider does not answer: {log.read_text()}")


@pytest.fixture
def settings(postgres: Settings, issuer: str) -> Settings:
    provider = OidcProvider(
        issuer=issuer, client_id="cinema", client_secret="s3cret", authoritative=True
    )
    return postgres.model_copy(update={"oidc": {"mock": provider}})


def consent(url: str) -> dict[str, str]:
    """Signs in at the provider, and gives what the browser would bring back."""
    answer = httpx2.post(url, data={"sub": SUBJECT}, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def test_there_and_back_again(site: Site, issuer: str) -> None:
    claims = {"email": "ann@example.org", "email_verified": True}
    httpx2.put(f"{issuer}/users/{SUBJECT}", json=claims).raise_for_status()
    listed = site.client.get("/auth/v1/oidc").json()
    assert listed == {"items": ["mock"]}
    start = site.client.get("/auth/v1/oidc/mock/start", follow_redirects=False)
    brought_back = consent(start.headers["Location"])
    callback = "/auth/v1/oidc/mock/callback"
    answer = site.client.get(callback, params=brought_back)
    assert answer.status_code == 200, answer.text
    caller = site.system.authenticate(answer.json()["access_token"])
    assert caller
    email = site.system.access.directory.email_of(caller.account_id)
    assert email == "ann@example.org"
    replayed = site.client.get(callback, params=brought_back)
    assert replayed.json()["code"] == "invalid-flow"
