"""An Elasticsearch for one benchmark, the one that the tests build."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from elasticsearch import Elasticsearch

from benchmarks.servers import free_port
from infra.search.elasticsearch.connection import connect
from tests.elasticsearch.build import CannotBuild
from tests.elasticsearch.shared import NotStarted, offered, url

#: With both of its compilers, unlike in tests, and with no more memory than there.
JVM = "-Xms512m -Xmx512m"


class NoServer(Exception):
    """Why there is no Elasticsearch here."""


@contextmanager
def elasticsearch_server() -> Iterator[Elasticsearch]:
    """Raises ``NoServer``."""
    folder = Path(tempfile.mkdtemp(prefix="cinema-benchmark-"))
    folder.chmod(0o755)
    os.environ.setdefault("ES_JAVA_OPTS", JVM)
    try:
        with offered(folder / "elasticsearch"):
            try:
                address = url(folder / "elasticsearch", free_port())
            except (CannotBuild, NotStarted) as error:
                raise NoServer(str(error)) from error
            with connect(address) as client:
                yield client
    finally:
        shutil.rmtree(folder, ignore_errors=True)
