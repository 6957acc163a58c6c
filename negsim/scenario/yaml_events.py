"""The stream of YAML events, by the parser in C where it is there, else by the one in Python; both give the same.

Neither recurses, however deep the text is nested: only composing a tree of nodes does, and that is not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

__all__ = ["Event", "stream_events"]

Event = Any  # the two parsers share no class of marks that can be named here


def stream_events(text: str, *, pure: bool = False) -> Iterator[Event]:
    """Parse a text without forbidden characters, event by event.

    Raises
    ------
    yaml.YAMLError
        Where the text is not YAML, after the events before that place.
    """
    # Without a line break at the end, the C parser places the end of the stream on a line that is not there.
    text += "\n"
    if yaml.__with_libyaml__ and not pure:
        yield from yaml.parse(text, Loader=yaml.CLoader)
        return
    loader = yaml.Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):  # chr() and int() of what an escape or a directive says
        raise yaml.scanner.ScannerError(
            "while parsing a quoted scalar", None, "found invalid Unicode character escape code", loader.get_mark()
        ) from None
