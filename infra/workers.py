"""Who acts on what is due, and on what others say: beside the processes."""

from functools import partial
from typing import TYPE_CHECKING, Any

from infra.alarm_clock import AlarmClock
from infra.charger import charger
from infra.eventstore.deliveries import Deliveries
from infra.eventstore.follower import Follower
from infra.gateways.charge_watch import ChargeWatch
from infra.gateways.reconciliation_clock import ReconciliationClock
from infra.gateways.reconciling import Reconciler
from infra.merging import Merging
from infra.numbering import Numbering
from infra.postgres.ledger import PostgresLedger
from infra.postgres.linked_films import PostgresLinkedFilms
from infra.presence import is_there
from infra.refunder import refunder
from infra.repricing import Repricing
from infra.viewing.popularity_gauge import PopularityGauge
from infra.viewing.premiere_clock import PremiereClock
from infra.viewing.premieres import premieres
from processes.charging import Charging
from processes.receipts import NoReceipts, Receipts
from processes.refunding import Refunding

if TYPE_CHECKING:
    from infra.bootstrap import System


def workers(system: "System") -> list[Follower]:
    """In any number of processes: each of them takes what no other has taken."""
    dispatch, clock = system.cinema.dispatch, system.clock
    settings, deliveries = system.settings, Deliveries(system.cinema)
    return_url = settings.payment_return_url or f"{settings.public_url}/"
    told = receipts(system)
    charging = Charging(
        system.inbox.gateways,
        clock,
        return_url,
        lambda gateway: system.health.state(gateway) != "open",
        told,
    )
    refunding = Refunding(system.inbox.gateways, clock, told)
    charges: Any = system.models["charges_due"].store
    refunds: Any = system.models["refunds_due"].store
    successions: Any = system.models["successions"].store
    films: Any = system.models["films"].store
    return [
        Merging(
            successions,
            PostgresLinkedFilms(films),
            partial(is_there, system.cinema.stream),
            deliveries,
            clock,
        ),
        AlarmClock(system.pool, deliveries, clock),
        premiere_clock(system),
        PopularityGauge(system.pool, deliveries, clock),
        ChargeWatch(system.inbox, dispatch, clock),
        charger(charging, charges, system.holder, deliveries, clock, settings.chargers),
        reconciliation_clock(system),
        refunder(refunding, refunds, system.holder, deliveries, clock),
        Repricing(system.pool, system.cinema, deliveries),
        Numbering(system.pool, system.log, deliveries, clock, settings.invoice_series),
    ]


def receipts(system: "System") -> Receipts:
    if not system.settings.receipts:
        return NoReceipts()
    from infra.identity.accounts import Accounts
    from infra.identity.letters import EmailAddresses
    from infra.identity.standings import LoggedStandings
    from infra.receipts import LoggedReceipts

    accounts, standings = Accounts(system.pool), LoggedStandings(system.cinema)
    return LoggedReceipts(system.cinema.stream, EmailAddresses(accounts, standings))


def premiere_clock(system: "System") -> PremiereClock:
    told = premieres(system.settings, system.cinema.stream)
    return PremiereClock(system.pool, Deliveries(system.cinema), told, system.clock)


def reconciler(system: "System") -> Reconciler:
    books: Any = system.models["ledger"].store
    return Reconciler(
        system.inbox.gateways,
        PostgresLedger(books),
        system.cinema.dispatch,
        system.clock,
    )


def reconciliation_clock(system: "System") -> ReconciliationClock:
    return ReconciliationClock(
        reconciler(system),
        system.cinema,
        system.log.head,
        system.clock,
        system.settings.reconciliation_hour,
    )
