"""Has everything that follows the log come to rest?"""

from collections.abc import Iterable
from time import monotonic, sleep

from infra.bootstrap import System, conductors, engines
from infra.embedded.errors import CannotRun
from infra.eventstore.follower import Follower
from infra.outgoing import everything
from infra.viewing.roles import viewing

PAUSE = 0.05
PATIENCE = 60.0
#: What comes in from outside (a gateway's notification) may take a moment.
CALM = 0.15


class Restless(CannotRun):
    """Not everything has come to rest."""

    def __init__(self, busy: Iterable[str], seconds: float) -> None:
        names = ", ".join(sorted(busy))
        super().__init__(
            f"After {seconds:.0f} s these still have work to do: {names}. "
            "Is cinema up running? Their logs say what keeps them."
        )


class Onlooker:
    """Sees what the followers of another process have left to do; does none of it."""

    def __init__(self, system: System) -> None:
        self.system = system
        # What listens stands behind what it listens to: whoever has been found at
        # rest gets no more work from those that come later.
        self.followers: tuple[Follower, ...] = (
            *engines(system).values(),
            *conductors(system),
            *everything(system),
            *viewing(system),
        )

    def busy(self) -> set[str]:
        head = self.system.log.head()
        busy = {each.name for each in self.followers if not each.is_at_rest()}
        return busy if self.system.log.head() == head else busy | {"the log"}

    def await_rest(self, patience: float = PATIENCE) -> None:
        """Raises ``Restless``."""
        deadline = monotonic() + patience
        calm_since: float | None = None
        while True:
            busy = self.busy()
            now = monotonic()
            if busy:
                calm_since = None
            elif calm_since is None:
                calm_since = now
            elif now - calm_since > CALM:
                return
            if now > deadline:
                raise Restless(busy, patience)
            sleep(PAUSE)
