"""Runs one Elasticsearch for as long as its owner lives.

``python -m tests.elasticsearch.server FOLDER PORT``: the owner holds a lock there. It
is a process of its own because the test process that needs a server first may end
before the others do, and so that the server ends even if the owner is killed.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.elasticsearch.build import built, jdk
from tests.elasticsearch.locks import held, is_held

OWNER, SERVER = "owner.lock", "server.lock"
CONFIGURATION = """\
cluster.name: cinema-tests
node.name: only
path.data: {folder}/data
path.logs: {folder}/logs
network.host: 127.0.0.1
http.port: {port}
transport.port: 0
discovery.type: single-node
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""
#: A run of tests ends before the second compiler would have paid for itself.
JVM = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1"
#: It refuses to run as root; in a user namespace root's own files stay reachable.
AS_NOT_ROOT = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
GLANCE = 0.5
LONGEST_FAREWELL = 10.0


def configure(folder: Path, port: int) -> None:
    for name in ("data", "logs"):
        (folder / name).mkdir()
    shutil.copytree(built() / "config", folder / "config")
    configuration = CONFIGURATION.format(folder=folder, port=port)
    (folder / "config" / "elasticsearch.yml").write_text(configuration)


def start(folder: Path) -> subprocess.Popen[bytes]:
    """In a group of its own: the script starts a launcher, the launcher the server."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "ES_JAVA_HOME": str(jdk()),
        "ES_JAVA_OPTS": os.environ.get("ES_JAVA_OPTS", JVM),
        "ES_PATH_CONF": str(folder / "config"),
    }
    prefix = () if os.geteuid() else AS_NOT_ROOT
    return subprocess.Popen(
        [*prefix, str(built() / "bin" / "elasticsearch")],
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(server: subprocess.Popen[bytes]) -> None:
    """The whole group: the script's end does not wait for those it started."""
    for last_word in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, last_word)
        with suppress(subprocess.TimeoutExpired):
            server.wait(LONGEST_FAREWELL)


def main(folder: Path, port: int) -> None:
    with held(folder / SERVER):
        configure(folder, port)
        server = start(folder)
        try:
            while is_held(folder / OWNER) and server.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    server.wait(GLANCE)
        finally:
            end(server)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
