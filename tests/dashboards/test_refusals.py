"""What is said in Russian is what the command API can say."""

from collections.abc import Iterator

from command_api.dependencies import BadReason
from command_api.security import Forbidden
from command_api.standing import ReasonMissing
from domain.kernel.errors import DomainError
from domain.registry import DECIDERS
from infra.http.problems import kebab
from query_api.dashboards.refusals_ru import RUSSIAN

#: Of the library that checks the shape of bodies.
SHAPES = {"decimal_max_places"}


def refusals(kind: type[DomainError]) -> Iterator[str]:
    for each in kind.__subclasses__():
        yield kebab(each.__name__)
        yield from refusals(each)


def test_every_code_exists() -> None:
    assert DECIDERS, "their refusals are known with them"
    known = {*refusals(DomainError), *SHAPES}
    known |= {BadReason.code, Forbidden.code, ReasonMissing.code}
    assert set(RUSSIAN) <= known
