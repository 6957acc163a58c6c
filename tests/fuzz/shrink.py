"""Making a failing input smaller by leaving out pieces of it."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["shrink"]


def shrink(data: bytes, fails: Callable[[bytes], bool], most_tries: int = 600) -> bytes:
    """Leave out ever smaller pieces as long as the rest still fails.

    >>> shrink(b"a long text with an x in it", lambda data: b"x" in data)
    b'x'
    """
    size = max(1, len(data) // 2)
    n_tries = 0
    while n_tries < most_tries:
        start, before = 0, len(data)
        while start < len(data) and n_tries < most_tries:
            shorter = data[:start] + data[start + size :]
            n_tries += 1
            if fails(shorter):
                data = shorter
            else:
                start += size
        if size == 1 and len(data) == before:
            break
        size = max(1, size // 2)
    return data
