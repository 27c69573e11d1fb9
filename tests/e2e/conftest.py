from collections.abc import Iterator

import pytest

from tests.e2e.machine import Machine


@pytest.fixture(scope="session")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One cinema for every story that does not break it."""
    folder = tmp_path_factory.mktemp("cinema")
    machine = Machine(folder / "var", folder / "output").start()
    try:
        yield machine.ready()
    finally:
        machine.child.stop()
