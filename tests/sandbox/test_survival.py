"""What was acknowledged is there after any death of the process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.embedded.payments import PaymentSandbox
from tests.conftest import free_port
from tests.payments import SandboxProcess, wait_until
from tests.sandbox import create, get
from tests.sandbox.receiver import listening


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    """One that may be killed: nobody else's."""
    place = PaymentSandbox(tmp_path / "state", free_port())
    process = SandboxProcess(place, tmp_path / "log")
    yield process
    process.stop()


def test_everything_is_there_after_a_kill(sandbox: SandboxProcess) -> None:
    paid = create(sandbox, "key-1", save_payment_method=True)["id"]
    sandbox.confirm(paid)
    sandbox.script(paid, "insufficient_funds")
    sandbox.control("POST", "/clock", advance=3000)
    sandbox.fault("no-commit-500", nth=9)
    ids = [create(sandbox)["id"], create(sandbox)["id"]]
    before = [get(sandbox, id_) for id_ in (paid, *ids)]
    journal = sandbox.journal()
    sandbox.kill()
    sandbox.start()
    assert sandbox.journal() == journal
    assert [get(sandbox, id_) for id_ in (paid, *ids)] == before
    assert create(sandbox, "key-1", save_payment_method=True)["id"] == paid
    assert sandbox.control("GET", "/clock")["now"] > before[1]["created_at"]
    assert [fault["seen"] for fault in sandbox.control("GET", "/faults")] == [3]


def test_what_it_had_to_tell_is_told_by_the_next(sandbox: SandboxProcess) -> None:
    with listening() as receiver:
        receiver.statuses = [500]
        sandbox.announce_to(receiver.url)
        id_ = create(sandbox)["id"]
        sandbox.confirm(id_)
        wait_until(lambda: receiver.told == [id_])
        sandbox.kill()
        sandbox.start()
        wait_until(lambda: receiver.told == [id_, id_])
