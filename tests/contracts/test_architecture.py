"""What import-linter cannot say."""

import re
import sys
from pathlib import Path

import pytest

from command_api.problems import STATUS
from domain.kernel.errors import DomainError
from domain.registry import DECIDERS

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "domain",
    "processes",
    "projections",
    "command_api",
    "query_api",
    "infra",
    "tests",
)
PURE = ("domain", "processes", "projections")
#: Look again at 250 lines; architecture asks for modules of 20 to 150.
LONGEST = 250
IMPORTED = re.compile(r"^(?:from|import) (\w+)", re.MULTILINE)
IMPURE = re.compile(r"datetime\.now|uuid4|\brandom\b|os\.environ|time\(\)|open\(")


def modules(*packages: str) -> list[Path]:
    return [path for package in packages for path in (ROOT / package).rglob("*.py")]


@pytest.mark.parametrize("path", modules(*PURE), ids=str)
def test_the_inner_rings_know_no_clock_no_chance_and_no_machine(path: Path) -> None:
    assert not IMPURE.search(path.read_text())


@pytest.mark.parametrize("path", modules("domain"), ids=str)
def test_the_domain_needs_nothing_but_the_standard_library(path: Path) -> None:
    imported = set(IMPORTED.findall(path.read_text()))
    assert imported <= {*sys.stdlib_module_names, "domain"}


def test_modules_are_small() -> None:
    lengths = {
        path.relative_to(ROOT): len(path.read_text().splitlines())
        for path in modules(*PACKAGES)
    }
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_every_refusal_has_a_message_and_a_status() -> None:
    assert DECIDERS
    kinds = DomainError.__subclasses__()
    assert set(STATUS) == set(kinds)
    refusals = [each for kind in kinds for each in kind.__subclasses__()]
    assert refusals
    assert all(refusal.__doc__ for refusal in refusals)
