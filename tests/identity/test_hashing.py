from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import pbkdf2_hmac, scrypt
from threading import Event

import pytest

from command_api.identity import Busy
from infra.identity.hashing import Hashing
from tests.people import PASSWORD

SALT = "AbCdEfGhIjKlMnOp"


@pytest.fixture
def hashing() -> Iterator[Hashing]:
    with closing(Hashing()) as hashing:
        yield hashing


def test_it_is_argon2id_as_owasp_recommends(hashing: Hashing) -> None:
    made = hashing.hash(PASSWORD)
    assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashing.matches(PASSWORD, made)
    assert not hashing.matches(PASSWORD + " ", made)
    assert not hashing.is_outdated(made)


def test_nobodys_password_matches_nothing(hashing: Hashing) -> None:
    assert not hashing.matches("nobody's password", None)
    assert not hashing.matches(PASSWORD, "not a hash")


def test_a_full_queue_refuses_at_once() -> None:
    full = Hashing(threads=1, queue=0)
    begun, go_on = Event(), Event()

    def work() -> bool:
        begun.set()
        return go_on.wait(10)

    with closing(full), ThreadPoolExecutor(1) as caller:
        busy = caller.submit(full.run, work)
        assert begun.wait(10)
        with pytest.raises(Busy) as refused:
            full.hash(PASSWORD)
        go_on.set()
        assert busy.result(10)
        assert full.hash(PASSWORD)
    assert refused.value.status_code == 503
    assert refused.value.headers == {"Retry-After": "1"}


def pbkdf2(iterations: int | None) -> str:
    method = "pbkdf2:sha256" + (f":{iterations}" if iterations else "")
    key = pbkdf2_hmac("sha256", PASSWORD.encode(), SALT.encode(), iterations or 150_000)
    return f"{method}${SALT}${key.hex()}"


def scrypted() -> str:
    key = scrypt(
        PASSWORD.encode(),
        salt=SALT.encode(),
        n=32768,
        r=8,
        p=1,
        maxmem=132 * 32768 * 8,
    )
    return f"scrypt:32768:8:1${SALT}${key.hex()}"


@pytest.mark.parametrize("old", [pbkdf2(260_000), pbkdf2(None), scrypted()])
def test_hashes_of_the_old_site_verify_and_are_outdated(
    hashing: Hashing, old: str
) -> None:
    assert hashing.matches(PASSWORD, old)
    assert not hashing.matches(PASSWORD + " ", old)
    assert hashing.is_outdated(old)


@pytest.mark.parametrize(
    "old",
    [
        "pbkdf2:md5:1000$s$00",
        "pbkdf2:sha256:0$s$00",
        "pbkdf2:sha256:99999999999$s$00",
        "pbkdf2:sha256:1000$s$zz",
        "scrypt:1048576:8:1$s$00",
        "scrypt:1:8$s$00",
        "plain$$password",
        "$$",
    ],
)
def test_what_the_old_site_never_wrote_matches_nothing(
    hashing: Hashing, old: str
) -> None:
    assert not hashing.matches(PASSWORD, old)
