"""A seat that somebody from outside plays: what it offers and takes is asked of a hand, not of its tactic.

All else is the engine's: the others hear, learn from and answer what the hand does as they would any party's. A hand
plays in one world. The tactic of its seat goes on beside it, as advice: nothing that it answers is played.
"""

from __future__ import annotations

from dataclasses import field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.chairs import Chair
from negsim.bargaining.tactics.base import Array
from negsim.records import dataclass

__all__ = ["Hand", "HeldChair"]

Index = NDArray[np.intp]
Mask = NDArray[np.bool_]


class Hand(Protocol):
    """Decides for a seat, in the one world of a talk."""

    def offer(self, chair: HeldChair) -> int:
        """Say which deal the seat offers now; -1 for none."""

    def takes(self, chair: HeldChair, deal: int) -> bool:
        """Say whether the seat accepts a deal that another offers."""

    def lets_pass(self, chair: HeldChair, old: int, new: int) -> bool:
        """Say whether the seat lets a mediator change one draft into another."""


@dataclass(slots=True)
class HeldChair(Chair):
    """A chair whose decisions are those of a hand; its arrays are over a single world.

    ``advice`` is the level that the tactic of the seat would ask for or take, where the hand is asked.
    """

    hand: Hand = field(kw_only=True)
    advice: float = field(init=False, default=1.0)

    def propose(self, ask: Array, where: Mask) -> Index:
        """Offer what the hand offers, where it is its turn."""
        if not where[0]:
            return np.full(1, -1)
        self.advice = float(ask[0])
        deal = np.full(1, self.hand.offer(self))
        self.level = ask
        self.offer = np.where(deal >= 0, deal, self.offer)
        return deal

    def answer(self, deal: Index, take: Array, asked: Mask) -> Mask:
        """Answer what the hand answers, where it is asked."""
        self.advice = float(take[0])
        return np.full(1, bool(asked[0]) and self.hand.takes(self, int(deal[0])))

    def lets_pass(self, old: Index, new: Index, take: Array) -> Mask:
        """Let a change pass where the hand does."""
        self.advice = float(take[0])
        return np.full(1, self.hand.lets_pass(self, int(old[0]), int(new[0])))

    def stands_at(self, ask: Array) -> Array:
        """Say at what level its last offer stands, whatever its tactic would ask for."""
        return np.where(self.offer >= 0, self.menu.level(self.gain(self.offer)), np.inf)
