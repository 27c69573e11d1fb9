"""What a payment refuses."""

from domain.kernel.errors import Invalid, NotFound, Rejected


class PaymentNotFound(NotFound):
    """There is no such payment."""


class PaymentSucceededAlready(Rejected):
    """It has been paid already."""


class PaymentNotWanted(Rejected):
    """It is closed: what it was for is not on offer any more."""


class PaymentUnderWay(Rejected):
    """The last attempt is not settled yet; wait for it before you try again."""


class AttemptSubmittedAlready(Rejected):
    """This attempt has been sent, or is not the current one."""


class ResubmissionTooLate(Rejected):
    """The gateway may have forgotten the key: look for the charge instead."""


class PaymentNotPaid(Rejected):
    """It has not been paid: there is nothing to pay back."""


class NothingToRefund(Rejected):
    """All of it has been paid back, or is about to be."""


class RefundExceedsPayment(Rejected):
    """More than is left of the payment: the rest has been paid back, or will be."""


class RefundNotFailed(Rejected):
    """Only a refund of this payment that has failed can be tried again."""


class RefundInAnotherCurrency(Invalid):
    """A payment is paid back in the currency in which it was made."""

    pointer = "/amount/currency"


class RefundOfNothing(Invalid):
    """At least the smallest unit of the currency is paid back."""

    pointer = "/amount/amount"
