"""Starts children, watches them, and ends all of them when one ends or we are told."""

import signal
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Event
from time import monotonic
from types import FrameType
from typing import TypeAlias

from infra.embedded import leftovers
from infra.embedded.child import PAUSE, Child, Program
from infra.embedded.errors import NotReady
from infra.embedded.folder import LOGS

Conditions: TypeAlias = Mapping[str, Callable[[], bool]]

PATIENCE = 180.0
#: How often one hears what is being waited for.
NEWS = 2.0


class Stopped(Exception):
    """Somebody has asked for an end while things were still starting."""


class Supervisor:
    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.say = say
        self.stages: list[list[Child]] = []
        self.stopping = Event()
        self.is_hurried = False

    def obey_signals(self) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self.on_signal)

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """The second time, do not wait for anybody."""
        self.is_hurried = self.stopping.is_set()
        self.stopping.set()

    @property
    def children(self) -> list[Child]:
        return [child for stage in self.stages for child in stage]

    def start(self, programs: Iterable[Program]) -> list[Child]:
        """Side by side. They end together, before what was started earlier."""
        stage: list[Child] = []
        self.stages.append(stage)
        for program in programs:
            stage.append(Child(program))
            leftovers.remember(
                self.folder, [each.process.pid for each in self.children]
            )
        return stage

    def wait_until(self, conditions: Conditions) -> None:
        """Raises ``ChildFailed`` when any child ends, ``NotReady`` and ``Stopped``."""
        began = told = monotonic()
        waiting = dict(conditions)
        while waiting := {name: met for name, met in waiting.items() if not met()}:
            self.check()
            seconds = monotonic() - began
            if seconds > PATIENCE:
                raise NotReady(", ".join(waiting), PATIENCE, self.folder / LOGS)
            if monotonic() - told > NEWS:
                told = monotonic()
                self.say(f"  … waiting for {', '.join(waiting)} ({seconds:.0f} s)")
            if self.stopping.wait(PAUSE):
                raise Stopped

    def check(self) -> None:
        for child in self.children:
            child.check()

    def watch(self) -> None:
        """Until we are told to stop. Raises ``ChildFailed``."""
        while not self.stopping.wait(0.2):
            self.check()

    def stop(self) -> None:
        """The last started first; those of one stage side by side."""
        while self.stages:
            stage = self.stages.pop()
            for child in stage:
                child.ask_to_stop()
            for child in stage:
                child.stop(lambda: self.is_hurried)
        leftovers.forget(self.folder)
