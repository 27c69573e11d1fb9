"""Everything the domain can be asked, and everything it can say."""

from collections.abc import Mapping
from typing import Any

from domain.account.commands import AccountCommand
from domain.account.decider import account
from domain.account.events import AccountEvent
from domain.film.commands import FilmCommand
from domain.film.decider import film
from domain.film.events import FilmEvent
from domain.genre.commands import GenreCommand
from domain.genre.decider import genre
from domain.genre.events import GenreEvent
from domain.invoice.events import InvoiceEvent
from domain.kernel.decider import Decider
from domain.kernel.unions import members
from domain.payment.events import PaymentEvent
from domain.payment_method.events import PaymentMethodEvent
from domain.plan.events import PlanEvent
from domain.session.commands import SessionCommand
from domain.session.decider import session
from domain.session.events import SessionEvent
from domain.staff.commands import StaffCommand
from domain.staff.decider import staff
from domain.staff.events import StaffEvent
from domain.subscriber.events import SubscriberEvent
from domain.subscription.events import SubscriptionEvent

EVENTS: tuple[type, ...] = (
    *members(FilmEvent),
    *members(GenreEvent),
    *members(AccountEvent),
    *members(SessionEvent),
    *members(StaffEvent),
    *members(InvoiceEvent),
    *members(PaymentEvent),
    *members(PaymentMethodEvent),
    *members(PlanEvent),
    *members(SubscriberEvent),
    *members(SubscriptionEvent),
)

DECIDERS: Mapping[type, Decider[Any, Any, Any]] = {
    **dict.fromkeys(members(FilmCommand), film),
    **dict.fromkeys(members(GenreCommand), genre),
    **dict.fromkeys(members(AccountCommand), account),
    **dict.fromkeys(members(SessionCommand), session),
    **dict.fromkeys(members(StaffCommand), staff),
}
