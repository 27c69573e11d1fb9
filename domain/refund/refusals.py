"""What a refund refuses."""

from domain.kernel.errors import NotFound, Rejected


class RefundNotFound(NotFound):
    """There is no such refund."""


class RefundSubmittedAlready(Rejected):
    """It has been sent, or is settled."""


class RefundResubmissionTooLate(Rejected):
    """The gateway may have forgotten the key: look for the refund instead."""
