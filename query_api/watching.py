"""May this caller watch this film now: the one place where that is decided."""

from projections.films import Film
from query_api.dependencies import Views
from query_api.security import Principal


def may_watch(film: Film, caller: Principal | None, seen: Views) -> bool:
    if film.access == "free":
        return True
    if caller is None:
        return False
    if film.access == "registered":
        return True
    return seen.entitled(caller.account_id, seen.clock(), film.plans)
