from collections.abc import Iterator

import pytest

from infra.bootstrap import assemble
from infra.settings import Settings
from tests.merging.catalogue import Catalogue


@pytest.fixture
def catalogue(postgres: Settings) -> Iterator[Catalogue]:
    with assemble(postgres) as system:
        yield Catalogue(system)
