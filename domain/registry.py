"""Everything the domain can be asked, and everything it can say."""

from collections.abc import Mapping
from typing import Any

from domain.account.commands import AccountCommand
from domain.account.decider import account
from domain.account.events import AccountEvent
from domain.collection.commands import CollectionCommand
from domain.collection.decider import collection
from domain.collection.events import CollectionEvent
from domain.film.commands import FilmCommand
from domain.film.decider import film
from domain.film.events import FilmEvent
from domain.genre.commands import GenreCommand
from domain.genre.decider import genre
from domain.genre.events import GenreEvent
from domain.invoice.commands import InvoiceCommand
from domain.invoice.decider import invoice
from domain.invoice.events import InvoiceEvent
from domain.kernel.decider import Decider
from domain.kernel.names import NameEvent
from domain.kernel.unions import members
from domain.mailing.commands import LetterCommand
from domain.mailing.decider import letter
from domain.mailing.events import LetterEvent
from domain.opinion.commands import OpinionCommand
from domain.opinion.decider import opinion
from domain.opinion.events import OpinionEvent
from domain.payment.commands import PaymentCommand
from domain.payment.decider import payment
from domain.payment.events import PaymentEvent
from domain.payment_method.commands import PaymentMethodCommand
from domain.payment_method.decider import payment_method
from domain.payment_method.events import PaymentMethodEvent
from domain.person.commands import PersonCommand
from domain.person.decider import person
from domain.person.events import PersonEvent
from domain.plan.commands import PlanCommand
from domain.plan.decider import plan
from domain.plan.events import PlanEvent
from domain.popularity.commands import PopularityCommand
from domain.popularity.decider import popularity
from domain.popularity.events import PopularityEvent
from domain.premiere.commands import PremiereCommand
from domain.premiere.decider import premiere
from domain.premiere.events import PremiereEvent
from domain.promo_code.commands import PromoCodeCommand
from domain.promo_code.decider import promo_code
from domain.promo_code.events import PromoCodeEvent
from domain.reconciliation.commands import ReconciliationCommand
from domain.reconciliation.decider import reconciliation
from domain.reconciliation.events import ReconciliationEvent
from domain.refund.commands import RefundCommand
from domain.refund.decider import refund
from domain.refund.events import RefundEvent
from domain.session.commands import SessionCommand
from domain.session.decider import session
from domain.session.events import SessionEvent
from domain.staff.commands import StaffCommand
from domain.staff.decider import staff
from domain.staff.events import StaffEvent
from domain.subscriber.commands import SubscriberCommand
from domain.subscriber.decider import subscriber
from domain.subscriber.events import SubscriberEvent
from domain.subscription.commands import SubscriptionCommand
from domain.subscription.decider import subscription
from domain.subscription.events import SubscriptionEvent
from domain.watchlist.commands import WatchlistCommand
from domain.watchlist.decider import watchlist
from domain.watchlist.events import WatchlistEvent

EVENTS: tuple[type, ...] = (
    *members(NameEvent),
    *members(FilmEvent),
    *members(GenreEvent),
    *members(PersonEvent),
    *members(CollectionEvent),
    *members(AccountEvent),
    *members(SessionEvent),
    *members(StaffEvent),
    *members(InvoiceEvent),
    *members(PaymentEvent),
    *members(RefundEvent),
    *members(PaymentMethodEvent),
    *members(PlanEvent),
    *members(PromoCodeEvent),
    *members(SubscriberEvent),
    *members(SubscriptionEvent),
    *members(LetterEvent),
    *members(PopularityEvent),
    *members(WatchlistEvent),
    *members(OpinionEvent),
    *members(PremiereEvent),
    *members(ReconciliationEvent),
)

DECIDERS: Mapping[type, Decider[Any, Any, Any]] = {
    **dict.fromkeys(members(FilmCommand), film),
    **dict.fromkeys(members(GenreCommand), genre),
    **dict.fromkeys(members(PersonCommand), person),
    **dict.fromkeys(members(CollectionCommand), collection),
    **dict.fromkeys(members(AccountCommand), account),
    **dict.fromkeys(members(SessionCommand), session),
    **dict.fromkeys(members(StaffCommand), staff),
    **dict.fromkeys(members(InvoiceCommand), invoice),
    **dict.fromkeys(members(PaymentCommand), payment),
    **dict.fromkeys(members(RefundCommand), refund),
    **dict.fromkeys(members(PaymentMethodCommand), payment_method),
    **dict.fromkeys(members(PlanCommand), plan),
    **dict.fromkeys(members(PromoCodeCommand), promo_code),
    **dict.fromkeys(members(SubscriberCommand), subscriber),
    **dict.fromkeys(members(SubscriptionCommand), subscription),
    **dict.fromkeys(members(LetterCommand), letter),
    **dict.fromkeys(members(PopularityCommand), popularity),
    **dict.fromkeys(members(WatchlistCommand), watchlist),
    **dict.fromkeys(members(OpinionCommand), opinion),
    **dict.fromkeys(members(PremiereCommand), premiere),
    **dict.fromkeys(members(ReconciliationCommand), reconciliation),
}
