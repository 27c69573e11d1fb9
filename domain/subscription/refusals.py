"""What a subscription refuses."""

from domain.kernel.errors import NotFound, Rejected


class SubscriptionNotFound(NotFound):
    """There is no such subscription."""


class SubscriptionOver(Rejected):
    """The subscription is over; start a new one."""


class SubscriptionNotActive(Rejected):
    """The subscription is not active: nothing of it is paid for."""


class PeriodUnpaid(Rejected):
    """The current period is not paid for: pay for it, or cancel the subscription."""


class CancellationDue(Rejected):
    """It is too late: the cancellation takes effect now."""
