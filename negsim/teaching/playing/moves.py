"""What a person can do in a match: the moves that its log consists of, and of which its state is made again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negsim.errors import UsageError
from negsim.records import dataclass

__all__ = ["ACCEPT", "KINDS", "LEAVE", "OFFER", "PASS", "REFUSE", "Move", "move_data", "read_move"]

OFFER, PASS, ACCEPT, REFUSE, LEAVE = KINDS = ("offer", "pass", "accept", "refuse", "leave")


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that a person did.

    ``kind`` is ``offer`` (of ``options``, one for each issue), ``pass`` (no offer), ``accept``, ``refuse`` (of what is
    asked; of a mediator's draft, to let it pass or to hold it up) or ``leave``.
    """

    kind: str
    options: tuple[tuple[str, str], ...] = ()


def move_data(move: Move) -> dict[str, Any]:
    """Give a move as plain data."""
    return {"move": move.kind} | ({"deal": dict(move.options)} if move.kind == OFFER else {})


def read_move(data: Any) -> Move:
    """Read a move from plain data.

    Raises
    ------
    UsageError
        If it is none.
    """
    kind = data.get("move") if isinstance(data, Mapping) else None
    if kind not in KINDS:
        raise UsageError(f"is no move: {data!r}")
    deal = data.get("deal", {})
    if not isinstance(deal, Mapping) or not all(isinstance(one, str) for pair in deal.items() for one in pair):
        raise UsageError(f"is no deal: {deal!r}")
    return Move(kind, tuple(deal.items()) if kind == OFFER else ())
