"""How talks end, world by world. Failure in a batch is data."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Stop"]


class Stop(IntEnum):
    """Why talks came to their end in a world; `OPEN` while they go on.

    ``AGREED`` is a deal that holds at home too. The others in the order in which they are looked for: what ended the
    talks comes first, then what they could not have overcome. ``BAD_FAITH``: a party whose consent is needed does not
    negotiate seriously. ``NO_ZONE``: no outcome at all was acceptable to all. ``RED_LINE``: the last offer on the table
    crossed a real red line of somebody who refused it. ``DEADLINE``: time ran out, and nothing of this holds.
    ``NOT_HELD``: no session was held at which a settlement could be reached (under a calendar alone).
    """

    OPEN = 0
    AGREED = 1
    REJECTED_AT_HOME = 2
    WALK_OUT = 3
    BREAKDOWN = 4
    STANDSTILL = 5
    BAD_FAITH = 6
    NO_ZONE = 7
    RED_LINE = 8
    DEADLINE = 9
    NOT_HELD = 10

    @property
    def word(self) -> str:
        """The name in files: ``rejected_at_home``."""
        return self.name.lower()
