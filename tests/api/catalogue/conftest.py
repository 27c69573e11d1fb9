from collections.abc import Iterator

import pytest

from infra.settings import Settings
from tests.api.catalogue.site import Site, opened


@pytest.fixture
def site(postgres: Settings) -> Iterator[Site]:
    with opened(postgres) as site:
        yield site
