"""Become another program, one that dies when whoever started it dies.

Run as a script of its own, between the two: ``tether.py SIGNAL PARENT PROGRAM …``. The
kernel keeps the promise (Linux only; elsewhere this is a plain exec), so that not even
``kill -9`` of the parent leaves a server behind. It has to be asked for after the user
has changed, which takes the promise back, and by the program's own process.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    last_will, parent, *command = sys.argv[1:]
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):
        prctl(PR_SET_PDEATHSIG, int(last_will))
        if os.getppid() != int(parent):  # It died before it could be asked for.
            sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main()
