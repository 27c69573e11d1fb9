"""The library's subscription, woken by the bell."""

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import ApplicationRecorder, ListenNotifySubscription
from typing_extensions import override

from infra.eventstore.bell import Bell

PAGE = 5_000
#: Looks all the same, in seconds: the bell is a hint.
INTERVAL = 1.0


class BellSubscription(ListenNotifySubscription[ApplicationRecorder]):
    def __init__(
        self,
        recorder: ApplicationRecorder,
        bell: Bell,
        gt: int | None,
        topics: Sequence[str],
    ) -> None:
        super().__init__(recorder, gt, topics)
        self.bell = bell
        self._select_limit = PAGE
        bell.add(self._has_been_notified)

    @override
    def _loop_on_pull(self) -> None:
        try:
            while not self._has_been_stopped:
                self._pull()
                self._has_been_notified.wait(INTERVAL)
        except BaseException as error:
            self._thread_error = self._thread_error or error
            self.stop()

    @override
    def __exit__(self, *args: object, **kwargs: Any) -> None:
        self.bell.remove(self._has_been_notified)
        super().__exit__(*args, **kwargs)
