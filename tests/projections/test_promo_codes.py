"""How often a code was used, as staff see it."""

from dataclasses import replace

from projections.promo_codes import added, promo_codes
from tests.examples import NOON
from tests.examples.promo_codes import (
    code_added,
    code_archived,
    code_held,
    code_redeemed,
    code_released,
    code_reserved,
)
from tests.scenario import ProjectionScenario

given = ProjectionScenario(promo_codes)
FRESH = added(code_added())


def test_uses_are_counted() -> None:
    held = (code_added(), code_reserved(), code_held())
    given(code_added(), code_reserved()).then(FRESH)
    given(*held).then(replace(FRESH, reserved=1))
    given(*held, code_redeemed()).then(replace(FRESH, redeemed=1))
    given(*held, code_released(started=True)).then(FRESH)
    given(code_added(), code_reserved(), code_released()).then(FRESH)
    given(code_added(), code_archived()).then(replace(FRESH, archived_at=NOON))
