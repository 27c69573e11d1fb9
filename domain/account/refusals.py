"""What an account refuses."""

from domain.kernel.errors import Invalid, NotFound, Rejected


class AccountNotFound(NotFound):
    """There is no such account."""


class AdministratorCannotBeBlocked(Rejected):
    """The account is an administrator's; revoke that role first."""


class AdministratorCannotBeErased(Rejected):
    """The account is an administrator's; revoke that role first."""


class ProfileNameUnwritable(Invalid):
    """A name is one line of 1 to 100 characters, without control characters."""

    pointer = "/name"
