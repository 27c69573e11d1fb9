"""What an account refuses."""

from domain.kernel.errors import NotFound, Rejected


class AccountNotFound(NotFound):
    """There is no such account."""


class AdministratorCannotBeBlocked(Rejected):
    """The account is an administrator's; revoke that role first."""
