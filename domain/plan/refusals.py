"""What a plan refuses."""

from domain.kernel.errors import Invalid, NotFound, Rejected


class PlanNotFound(NotFound):
    """There is no such plan."""


class PlanNotOnSale(Rejected):
    """The plan is archived: it is not on sale any more."""


class StreamsOutOfRange(Invalid):
    """A plan has from 1 to 20 streams at once."""

    pointer = "/streams"


class TrialOutOfRange(Invalid):
    """A trial is from 0 to 90 days."""

    pointer = "/days"


class PriceOutOfRange(Invalid):
    """A price is from 1.00 to 350000.00."""

    pointer = "/price/amount"


class NoticeTooShort(Invalid):
    """Subscribers are told 30 days before their price changes: choose a later day."""

    pointer = "/migrate_at"


class VatOutOfRange(Invalid):
    """VAT is from 0 to 99 percent."""

    pointer = "/vat_percent"
