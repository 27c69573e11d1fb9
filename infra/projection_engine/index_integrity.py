"""Whether the files of an index are as they were written.

Reading a damaged file can end in a panic of the library, so each is checked before it
is opened. Every file ends with a footer that holds the checksum of what is before it:
body, footer as JSON, length of the footer, magic number.
"""

import json
from pathlib import Path
from zlib import crc32

MAGIC = 1337
TAIL = 8


class Damaged(ValueError):
    """A file of the index is not what was written."""


def verify(folder: Path) -> None:
    """Raises ``Damaged``, or what reading ``meta.json`` raises."""
    meta = json.loads((folder / "meta.json").read_bytes())
    for segment in meta["segments"]:
        name = segment["segment_id"].replace("-", "")
        for path in folder.glob(f"{name}.*"):
            if not is_whole(path):
                raise Damaged(path.name)


def is_whole(path: Path) -> bool:
    content = path.read_bytes()
    length = int.from_bytes(content[-TAIL:-4], "little")
    body, footer = content[: -TAIL - length], content[-TAIL - length : -TAIL]
    if int.from_bytes(content[-4:], "little") != MAGIC or not footer:
        return False
    return bool(json.loads(footer)["crc"] == crc32(body))
