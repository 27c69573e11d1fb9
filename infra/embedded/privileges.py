"""As whom to run a server that refuses to be run by root."""

import os
import pwd
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

#: Root outside, somebody else inside. It reaches every folder root owns.
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
UNPRIVILEGED = "nobody"


@dataclass(frozen=True, slots=True)
class Whom:
    """A prefix for the command, and more for ``Popen``."""

    prefix: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


def owner_of(folder: Path) -> Whom:
    """Somebody who is not root and to whom the folder belongs, from now on.

    As root: its owner, or root in a namespace of its own, or, where the kernel allows
    no namespaces, nobody. As anybody else: oneself.
    """
    if os.geteuid():
        return Whom()
    owner = folder.stat()
    if owner.st_uid:
        return user(owner.st_uid, owner.st_gid)
    if can_unshare():
        return Whom(prefix=NAMESPACE)
    nobody = pwd.getpwnam(UNPRIVILEGED)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return user(nobody.pw_uid, nobody.pw_gid)


def user(uid: int, gid: int) -> Whom:
    return Whom(options={"user": uid, "group": gid, "extra_groups": []})


@cache
def can_unshare() -> bool:
    try:
        done = subprocess.run((*NAMESPACE, "true"), capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0
