"""Acts on notifications: asks the gateway what is true, and tells whom it concerns."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from domain.kernel.errors import DomainError, TooMuchContention
from domain.kernel.messages import Clock, Dispatch, Metadata
from infra.gateways.inbox import Claimed, Inbox
from processes import repayment
from processes.charge import observation
from processes.ports import (
    Absent,
    Charge,
    Gateway,
    Observed,
    Repaid,
    Repayment,
    Unknown,
)

ABOUT_CHARGES, ABOUT_REFUNDS = "payment.", "refund."
PAGE = 100
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=15)
#: Its own list may lag behind its notifications.
LOOKS = 8


class ChargeWatch:
    """Many may run: a notification is one worker's at a time, and acted upon once."""

    def __init__(self, inbox: Inbox, dispatch: Dispatch, clock: Clock) -> None:
        self.name = "charge_watch"
        self.inbox = inbox
        self.dispatch = dispatch
        self.clock = clock

    def catch_up(self) -> int:
        for handled in range(PAGE):
            claimed = self.inbox.claim()
            if claimed is None:
                return handled
            self.act_upon(claimed)
        return PAGE

    def is_at_rest(self) -> bool:
        return self.inbox.is_empty()

    def act_upon(self, claimed: Claimed) -> None:
        gateway = self.inbox.gateways.get(claimed.source)
        if gateway is None:
            self.inbox.quarantine(claimed, "This gateway is not set up here.")
            return
        match self.seen(claimed, gateway):
            case Observed(charge):
                self.observe(claimed, charge)
            case Repaid(found):
                self.observe_refund(claimed, found)
            case Unknown(cause):
                self.inbox.put_off(claimed, pause(claimed.tries), cause)
            case Absent() if claimed.tries < LOOKS:
                self.inbox.put_off(claimed, pause(claimed.tries), "not there yet")
            case Absent():
                self.inbox.quarantine(claimed, "The gateway knows of nothing like it.")
            case None:
                self.inbox.quarantine(claimed, "Nothing here deals with such events.")

    def seen(
        self, claimed: Claimed, gateway: Gateway
    ) -> Observed | Repaid | Unknown | Absent | None:
        if claimed.event.startswith(ABOUT_CHARGES):
            return gateway.get(claimed.ref)
        if claimed.event.startswith(ABOUT_REFUNDS):
            return gateway.get_refund(claimed.ref)
        return None

    def observe(self, claimed: Claimed, charge: Charge) -> None:
        if charge.payment_id is None or charge.attempt_id is None:
            self.inbox.quarantine(claimed, "The charge is not one of ours.")
            return
        seen = observation(charge.payment_id, charge.attempt_id, charge, self.clock())
        self.tell(claimed, seen)

    def observe_refund(self, claimed: Claimed, found: Repayment) -> None:
        if found.refund_id is None:
            self.inbox.quarantine(claimed, "The refund is not one of ours.")
            return
        self.tell(claimed, repayment.observation(found.refund_id, found, self.clock()))

    def tell(self, claimed: Claimed, command: object) -> None:
        id_ = uuid5(NAMESPACE_URL, f"inbox:{claimed.source}:{claimed.message}")
        try:
            self.dispatch(command, Metadata.root(id_, claimed.source))
        except TooMuchContention as error:
            self.inbox.put_off(claimed, pause(claimed.tries), str(error))
        except DomainError as error:
            self.inbox.quarantine(claimed, f"{type(error).__name__}: {error}")
        else:
            self.inbox.processed(claimed)


def pause(tries: int) -> timedelta:
    longer: timedelta = FIRST_PAUSE * 2 ** min(tries - 1, 16)
    return min(longer, LONGEST_PAUSE)
