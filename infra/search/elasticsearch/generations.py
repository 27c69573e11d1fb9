"""The indices that have stood behind one alias; what was retired goes at the next."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from elasticsearch import BadRequestError, ConflictError, Elasticsearch

from infra.search.elasticsearch.progress import PROGRESS, Progress


@dataclass(frozen=True, slots=True)
class Generations:
    client: Elasticsearch
    alias: str
    definition: Mapping[str, Any]

    def begin(self) -> None:
        """The first of them, unless another process has just made it."""
        self.retire()
        with suppress(BadRequestError):  # resource_already_exists_exception
            self.create(1, {self.alias: {}})

    def add(self) -> str:
        """The next of them, not yet in use. Two at once would be the same one."""
        self.retire()
        [live] = self.client.indices.get_alias(name=self.alias)
        return self.create(number_of(live) + 1, {})

    def create(self, number: int, aliases: Mapping[str, Any]) -> str:
        name = f"{self.alias}-{number}"
        self.client.indices.create(index=name, aliases=aliases, **self.definition)
        with suppress(ConflictError):
            document = Progress().source()
            self.client.create(index=name, id=PROGRESS, document=document)
        return name

    def switch_to(self, index: str) -> None:
        """Atomic: no search meets two of them, or none.

        The old one stays until the next rebuild, because somebody may be reading in it.
        """
        old = {"index": f"{self.alias}-*", "alias": self.alias}
        new = {"index": index, "alias": self.alias}
        self.client.indices.update_aliases(actions=[{"remove": old}, {"add": new}])
        # Nobody waits for it: the fewer segments, the fewer dictionaries to look in.
        self.client.indices.forcemerge(
            index=index, max_num_segments=1, wait_for_completion=False
        )

    def retire(self) -> None:
        every = self.client.indices.get(index=f"{self.alias}-*", features="aliases")
        for name, index in every.items():
            if self.alias not in index["aliases"]:
                self.client.indices.delete(index=name, ignore_unavailable=True)


def number_of(index: str) -> int:
    return int(index.rpartition("-")[2])
