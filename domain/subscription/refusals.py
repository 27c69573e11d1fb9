"""What a subscription refuses."""

from domain.kernel.errors import Invalid, NotFound, Rejected


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


class CancellationPending(Rejected):
    """The subscription is to be canceled; take the cancellation back first."""


class SubscriptionIsPaused(Rejected):
    """It is paused: resume it, or cancel it now and give up what is left."""


class SubscriptionNotPaused(Rejected):
    """The subscription is not paused."""


class SubscriptionIsBlocked(Rejected):
    """The subscription is blocked; ask support why."""


class NothingToPause(Rejected):
    """It ends with its period anyway: it is not renewed automatically."""


class TrialNotPausable(Rejected):
    """A trial cannot be paused."""


class TrialIsFree(Rejected):
    """The subscription is on trial: move the end of the trial instead."""


class NotOnTrial(Rejected):
    """The subscription is not on trial, or not any more."""


class ResumptionTooEarly(Invalid):
    """A pause ends after it has begun."""

    pointer = "/resume_at"


class PauseTooLong(Invalid):
    """A pause with an end lasts for a year at most."""

    pointer = "/resume_at"


class TrialTooLong(Invalid):
    """A trial ends within a year from now."""

    pointer = "/ends_at"


class FreeTimeOutOfRange(Invalid):
    """Free time is from 1 to 366 days."""

    pointer = "/days"


class PlanIsTheSame(Rejected):
    """The subscription has this plan already."""


class CurrencyDiffers(Rejected):
    """The plan is sold in another currency: start a subscription of its own."""


class DowngradeNow(Rejected):
    """Less is to be paid for this plan than is left of yours: change to it at the end
    of the period (at=period_end), until then you keep what you have paid for.
    """


class PlanChangeUnderWay(Rejected):
    """A change of the plan waits for its payment: pay it, or wait until it fails."""


class SubscriptionEnding(Rejected):
    """The subscription is not to be renewed: switch renewal on before you change it."""


class PreviewStale(Rejected):
    """What was shown does not hold any more: ask for another preview."""


class MigrationTooSoon(Invalid):
    """Subscribers are told 30 days before their price changes: choose a later day."""

    pointer = "/migrate_at"
