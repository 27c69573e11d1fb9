"""Makes the recorders of one database, for the library and for us."""

from typing import Any

from eventsourcing.postgres import PostgresFactory
from typing_extensions import override

from infra.eventstore.postgres import PostgresProcess, PostgresRecorder


class Factory(PostgresFactory):
    application_recorder_class = PostgresRecorder
    process_recorder_class = PostgresProcess

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        self.opened: list[PostgresRecorder] = []

    @override
    def application_recorder(self) -> PostgresRecorder:
        return self.remembered(super().application_recorder())

    @override
    def process_recorder(self) -> PostgresProcess:
        recorder = self.remembered(super().process_recorder())
        assert isinstance(recorder, PostgresProcess)
        return recorder

    def log(self, name: str) -> PostgresProcess:
        """On the connections that are there already."""
        made = PostgresProcess(
            self.datastore,
            events_table_name=f"{name}_events",
            tracking_table_name=f"{name}_tracking",
        )
        self.opened.append(made)
        return made

    def remembered(self, recorder: object) -> PostgresRecorder:
        assert isinstance(recorder, PostgresRecorder)
        self.opened.append(recorder)
        return recorder

    @override
    def close(self) -> None:
        for recorder in getattr(self, "opened", ()):
            recorder.close()
        super().close()
