"""Who waited for a premiere is told by letter that it is here."""

from collections.abc import Sequence
from uuid import UUID

from domain.mailing.commands import OrderLetter
from domain.premiere.events import PremiereCame
from domain.viewing_ids import pair_of
from processes.correspondence import order
from processes.process import Process


def react(fact: PremiereCame, _: None) -> Sequence[OrderLetter]:
    told = {
        "film_id": str(fact.film_id),
        "film_ru": fact.names.ru,
        "film_en": fact.names.en,
        "premiered_at": fact.premiered_at.isoformat(),
    }
    key = (correlate(fact), fact.premiered_at)
    return (order("premiere", fact.account_id, key, fact.came_at, told),)


def evolve(_state: None, _fact: PremiereCame) -> None:
    return None


def correlate(fact: PremiereCame) -> UUID:
    return pair_of(fact.account_id, fact.film_id)


premieres: Process[PremiereCame, None, OrderLetter] = Process(
    name="premieres",
    facts=(PremiereCame,),
    orders=(OrderLetter,),
    correlate=correlate,
    initial=None,
    react=react,
    evolve=evolve,
)
