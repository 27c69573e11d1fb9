"""Why something cannot be done with a letter."""

from domain.kernel.errors import Invalid, NotFound, Rejected


class LetterNotFound(NotFound):
    """There is no such letter."""


class LetterInTransit(Rejected):
    """Someone else is handing this letter over right now."""


class LetterSettled(Rejected):
    """This letter is not to be sent (any more)."""


class AttemptsExhausted(Rejected):
    """This letter was tried five times, and nobody knows how the last one ended."""


class LetterNotDead(Rejected):
    """Only a letter that could not be delivered is repeated or discarded."""


class LetterMisworded(Invalid):
    """The letter's variables are not the ones its template needs."""
