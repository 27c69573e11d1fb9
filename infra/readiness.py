"""Says to whoever started this process that it is up.

A line is written to a descriptor that was passed on for it, as s6 and others expect.
"""

import os

VARIABLE = "CINEMA_NOTIFY_FD"


def announce() -> None:
    if descriptor := os.environ.pop(VARIABLE, ""):
        os.write(int(descriptor), b"ready\n")
