"""Reads a file of lines, and notices whatever is wrong with it."""

import zlib
from collections.abc import Iterator
from gzip import BadGzipFile
from hashlib import sha256
from typing import IO

import msgspec

from infra.eventstore.transfer.lines import (
    DECODER,
    FORMAT,
    VERSION,
    AnyLine,
    Header,
    Trailer,
)

#: Bytes. No event is nearly as long.
LONGEST = 64 * 2**20


class BadFile(Exception):
    """Says in which line, and that nothing was changed."""

    def __init__(self, number: int, said: str) -> None:
        super().__init__(f"Line {number}: {said} Nothing was imported.")
        self.number = number


class Reading:
    """Between header and trailer. Ends only if the trailer is there, and is right."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.number = 0
        self.digest = sha256()
        self.header = self.begun()

    def begun(self) -> Header:
        raw = self.next()
        header = self.parsed(raw)
        if not isinstance(header, Header) or header.format != FORMAT:
            raise self.bad("this is not what cinema events export FILE writes.")
        if header.version != VERSION:
            raise self.bad(
                f"the file is of version {header.version}, and this program reads "
                f"version {VERSION}."
            )
        self.digest.update(raw)
        return header

    def lines(self) -> Iterator[AnyLine]:
        update, parsed = self.digest.update, DECODER.decode
        while True:
            raw = self.next()
            try:
                line = parsed(raw)
            except msgspec.MsgspecError as error:
                raise self.unreadable(raw, error) from error
            if isinstance(line, Header):
                raise self.bad("a second header.")
            if isinstance(line, Trailer):
                self.end(line)
                return
            update(raw)
            yield line

    def next(self) -> bytes:
        self.number += 1
        raw = self.read()
        if not raw:
            raise self.bad("the file is cut off: its trailer is missing.")
        if len(raw) == LONGEST:
            raise self.bad("it is too long to be an event.")
        return raw

    def read(self) -> bytes:
        try:
            return self.file.readline(LONGEST)
        except EOFError as error:
            raise self.bad("the compressed file is cut off.") from error
        except (BadGzipFile, zlib.error) as error:
            raise self.bad(f"the compressed file is damaged: {error}.") from error

    def parsed(self, raw: bytes) -> AnyLine:
        try:
            return DECODER.decode(raw)
        except msgspec.MsgspecError as error:
            raise self.unreadable(raw, error) from error

    def unreadable(self, raw: bytes, error: Exception) -> BadFile:
        if not raw.endswith(b"\n"):
            return self.bad("the file is cut off in the middle of it.")
        return self.bad(f"{error}.")

    def end(self, trailer: Trailer) -> None:
        if trailer.lines != self.number - 1:
            raise self.bad(
                f"the trailer counts {trailer.lines} lines, and there are "
                f"{self.number - 1}."
            )
        if trailer.sha256 != self.digest.hexdigest():
            raise self.bad("the SHA-256 is not that of the lines: one was changed.")
        if self.read():
            self.number += 1
            raise self.bad("there is something behind the trailer.")

    def bad(self, said: str) -> BadFile:
        return BadFile(self.number, said)
