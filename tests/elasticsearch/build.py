"""Builds the tests' Elasticsearch, unless it is built already.

``python -m tests.elasticsearch.build`` needs a JDK and Maven, and says how to get them.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.elasticsearch.locks import held

SOURCES = Path(__file__).parent
TARGET = SOURCES.parents[1] / "build" / "elasticsearch"
STAMP = TARGET / "built-from"
LOG = TARGET / "build.log"
OLDEST_JAVA = 21
LONGEST_BUILD = 600.0
JVMS = Path("/usr/lib/jvm")
VERSION = re.compile(r'^JAVA_VERSION="(\d+)', re.MULTILINE)


class CannotBuild(Exception):
    """What is missing, and how to get it, in one line."""


def built() -> Path:
    """The folder of a server that can be started. Raises ``CannotBuild``."""
    TARGET.parent.mkdir(exist_ok=True)
    with held(TARGET.with_suffix(".lock")):
        if not STAMP.exists() or STAMP.read_text() != digest():
            build(jdk(), maven())
    [home] = TARGET.glob("elasticsearch-*")
    return home


def build(java_home: Path, mvn: str) -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    command = [mvn, "--quiet", "--batch-mode", "--file", str(SOURCES), "package"]
    with LOG.open("wb") as log:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=os.environ | {"JAVA_HOME": str(java_home)},
            timeout=LONGEST_BUILD,
        )
    if done.returncode:
        raise CannotBuild(
            "Elasticsearch could not be built; see build/elasticsearch/build.log."
        )
    STAMP.write_text(digest())


def digest() -> str:
    """Of all that the build is made from."""
    files = sorted(
        path
        for path in SOURCES.rglob("*")
        if path.suffix in (".xml", ".java", ".properties")
    )
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def jdk() -> Path:
    """The newest of the development kits here. Raises ``CannotBuild``."""
    found = {
        version_of(home): home for home in homes() if (home / "bin" / "javac").exists()
    }
    newest = max(found, default=0)
    if newest < OLDEST_JAVA:
        raise CannotBuild(
            f"Elasticsearch needs a JDK of Java {OLDEST_JAVA} or newer: install one "
            "(Debian: a temurin or openjdk package ending in -jdk) or set JAVA_HOME."
        )
    return found[newest]


def homes() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if javac := shutil.which("javac"):
        yield Path(javac).resolve().parents[1]
    yield from JVMS.glob("*")


def version_of(home: Path) -> int:
    release = home / "release"
    found = VERSION.search(release.read_text()) if release.exists() else None
    return int(found[1]) if found else 0


def maven() -> str:
    if found := shutil.which("mvn"):
        return found
    raise CannotBuild(
        "Elasticsearch needs Maven: install it (Debian: apt-get install maven)."
    )


if __name__ == "__main__":
    try:
        sys.stdout.write(f"Elasticsearch is in {built()}\n")
    except CannotBuild as problem:
        sys.exit(str(problem))
