"""The seal of a finished study: a checksum of its file, kept where SQLite leaves programs four bytes of their own."""

from __future__ import annotations

import zlib
from pathlib import Path

__all__ = ["checksum", "set_seal"]

_AT = 60
"""Where the user version stands in the header of a file (SQLite, Database File Format, section 1.3.15)."""

_BYTES = 4
_PORTION = 2**20


def checksum(path: Path) -> int:
    """Give the CRC-32 of a file, the seal itself taken for 0; never 0, which means that there is no seal.

    Parameters
    ----------
    path : Path
        Of a SQLite file that nobody writes.
    """
    with path.open("rb") as stream:
        first = bytearray(stream.read(_PORTION))
        first[_AT : _AT + _BYTES] = bytes(_BYTES)
        found = zlib.crc32(first)
        while portion := stream.read(_PORTION):
            found = zlib.crc32(portion, found)
    # SQLite reads the user version as a signed number.
    signed = int.from_bytes(found.to_bytes(_BYTES, "big"), "big", signed=True)
    return signed or 1


def set_seal(path: Path) -> None:
    """Seal a file: `PRAGMA user_version` then gives its `checksum`."""
    seal = checksum(path)
    with path.open("r+b") as stream:
        stream.seek(_AT)
        stream.write(seal.to_bytes(_BYTES, "big", signed=True))
