from datetime import timedelta

from domain.kernel.values import LetterId
from domain.premiere.events import PremiereCame
from processes.premieres import premieres
from tests.examples import NOON
from tests.examples.viewing import came

DAY = timedelta(days=1)


def letters(*facts: PremiereCame) -> list[LetterId]:
    return [order.letter_id for fact in facts for order in premieres.react(fact, None)]


def test_a_premiere_is_one_letter_however_often_it_is_told() -> None:
    [order] = premieres.react(came(), None)
    assert order.template == "premiere"
    assert order.variables["film_ru"] == "Солярис"
    assert letters(came(), came(came_at=NOON + DAY)) == [order.letter_id] * 2


def test_another_premiere_is_another_letter() -> None:
    first, second = letters(came(), came(premiered_at=NOON + DAY))
    assert first != second
