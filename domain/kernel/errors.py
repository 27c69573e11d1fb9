"""Errors a caller can act on. Which HTTP status they become is the API's business."""


class DomainError(Exception):
    """A broken rule. The docstring of the subclass is the message a client reads."""

    def __str__(self) -> str:
        return (type(self).__doc__ or "").strip()


class Rejected(DomainError):
    """The current state does not allow this."""


class NotFound(DomainError):
    """There is no such thing."""


class Invalid(DomainError):
    """What was asked for can never be right, whatever the state.

    ``pointer`` is the RFC 6901 pointer of the member of the body that is at fault.
    """

    pointer = ""

    def __init__(self, *details: object, pointer: str = "") -> None:
        super().__init__(*details)
        self.pointer = pointer or self.pointer


class TooMuchContention(DomainError):
    """Others keep changing this at the same time; try again."""


class VersionMismatch(DomainError):
    """It has changed since you read it; read it again and decide anew."""

    def __init__(self, current: int) -> None:
        super().__init__(current)
        self.current = current


class IdempotencyKeyReused(DomainError):
    """This Idempotency-Key was used before, with another request."""
