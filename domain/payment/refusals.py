"""What a payment refuses."""

from domain.kernel.errors import NotFound, Rejected


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
