"""The roles there are, and what each of them may do (``resource:action``)."""

from collections.abc import Iterable, Mapping

ADMINISTRATOR = "administrator"

PERMISSIONS = frozenset(
    {
        "catalogue:edit",
        "plans:edit",
        "subscriptions:read",
        "subscriptions:manage",
        "payments:read",
        "payments:refund",
        "accounts:read",
        "accounts:block",
        "roles:edit",
        "events:read",
        "operations:read",
        "dashboards:read",
    }
)

#: Who holds none of them is a viewer: a role that is implied and permits nothing.
ROLES: Mapping[str, frozenset[str]] = {
    "content-manager": frozenset({"dashboards:read", "catalogue:edit"}),
    "finance": frozenset(
        {
            "dashboards:read",
            "plans:edit",
            "subscriptions:read",
            "payments:read",
            "payments:refund",
        }
    ),
    "support": frozenset(
        {
            "dashboards:read",
            "accounts:read",
            "accounts:block",
            "subscriptions:read",
            "subscriptions:manage",
            "payments:read",
        }
    ),
    "auditor": frozenset(
        {
            "dashboards:read",
            "events:read",
            "accounts:read",
            "subscriptions:read",
            "payments:read",
            "operations:read",
        }
    ),
    ADMINISTRATOR: PERMISSIONS,
}


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """Of all of them together; a role that is no more permits nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))
