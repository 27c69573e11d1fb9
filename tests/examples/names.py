"""Names that only one may have."""

from domain.kernel.names import NameClaimed, NameReleased
from tests.examples import example
from tests.examples.catalogue import GENRE

DRAMA = {"name": "genre драма", "holder": f"genre-{GENRE}"}

claimed = example(NameClaimed, **DRAMA)
released = example(NameReleased, **DRAMA)
