"""The library's own abstract test cases, on our recorders."""

import unittest
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import InfrastructureFactory
from eventsourcing.postgres import PostgresAggregateRecorder, PostgresTrackingRecorder
from eventsourcing.tests import persistence as library
from eventsourcing.utils import Environment
from typing_extensions import override

from infra.eventstore.factory import Factory
from infra.eventstore.postgres import PostgresProcess, PostgresRecorder
from infra.settings import Settings
from tests.eventstore.recorders import datastore


class OurRecorder(unittest.TestCase):
    recorder_class: type[PostgresRecorder] = PostgresRecorder
    settings: Settings

    @pytest.fixture(autouse=True)
    def find_database(self, postgres: Settings) -> None:
        self.settings = postgres

    def new_originator_id(self) -> str:
        return f"thing-{uuid4()}"

    def create_recorder(self) -> Any:
        store = datastore(self.settings.database_url.get_secret_value())
        recorder = self.recorder_class(store)
        recorder.create_table()
        self.addCleanup(store.close)
        self.addCleanup(recorder.close)
        return recorder


class TestApplicationRecorder(OurRecorder, library.ApplicationRecorderTestCase[Any]):
    EXPECT_CONTIGUOUS_NOTIFICATION_IDS = True

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleaving(OurRecorder, library.NonInterleavingNotificationIDsBaseCase):
    pass


class TestProcessRecorder(OurRecorder, library.ProcessRecorderTestCase):
    recorder_class = PostgresProcess


class TestTrackingRecorder(OurRecorder, library.TrackingRecorderTestCase):
    recorder_class = PostgresProcess


class TrackingSubclass(PostgresTrackingRecorder):
    pass


class TestFactory(library.InfrastructureFactoryTestCase[Any]):
    @pytest.fixture(autouse=True)
    def find_database(self, postgres: Settings) -> None:
        module = {
            InfrastructureFactory.PERSISTENCE_MODULE: postgres.library[
                "PERSISTENCE_MODULE"
            ]
        }
        self.known = {**postgres.library, **module, "CREATE_TABLE": "y"}

    @override
    def setUp(self) -> None:
        self.env = Environment("library", self.known)
        super().setUp()

    def expected_factory_class(self) -> Any:
        return Factory

    def expected_aggregate_recorder_class(self) -> Any:
        return PostgresAggregateRecorder

    def expected_application_recorder_class(self) -> Any:
        return PostgresRecorder

    def expected_tracking_recorder_class(self) -> Any:
        return PostgresTrackingRecorder

    def tracking_recorder_subclass(self) -> Any:
        return TrackingSubclass

    def expected_process_recorder_class(self) -> Any:
        return PostgresProcess
