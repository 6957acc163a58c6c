"""The table at which K worlds bargain at once, as plain arrays: who sits there, and what the deals are worth to each.

What is true of a party stands beside what the others may believe of it. Parties propose and accept by what is true of
themselves and by what they believe of the others; what is true of the others only decides what happens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.tactics.base import Array, Tactic
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass

__all__ = ["Arena", "Rules", "Seat", "plain_seat"]

Mask = NDArray[np.bool_]
Index = NDArray[np.intp]
Gains = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rules:
    """How talks go on: `negsim.scenario.bargaining.Protocol` without what differs between worlds.

    ``n_rounds`` counts the rounds of all sessions; beliefs change only at the end of a session. ``times`` are the
    shares of the time that are gone at each round, above 0 and below 1; without them rounds follow each other evenly up
    to the deadline. With them there are as many rounds, whatever ``rounds`` and ``sessions`` say.
    """

    kind: str = "alternating_offers"
    rounds: int = 20
    sessions: int = 1
    offers: str = "frontier"
    learns: bool = True
    times: tuple[float, ...] = ()
    goes_on: bool = False

    @property
    def n_rounds(self) -> int:
        """Rounds up to the deadline."""
        return len(self.times) or self.rounds * self.sessions

    def time(self, number: int) -> float:
        """Give the share of the time that is gone at a round, from 0; evenly, (round + 1) / (n_rounds + 1)."""
        return self.times[number] if self.times else (number + 1) / (self.n_rounds + 1)


@dataclass(frozen=True, slots=True)
class Seat:
    """One party at the table.

    Parameters
    ----------
    name : str
    gain : float32 array (row, deal)
        What each deal is worth to the party beyond no deal, in units of 10^-5 points: the party accepts nothing below
        0. Minus infinity where the deal crosses a red line of its own that is real.
    tactic : Tactic
    parameter : dict of str to float64 array (world,)
    value : float64 array (hypothesis, deal)
        What the others think that each deal is worth to the party, 0 to 100, under each hypothesis about its
        priorities; before they learn, all hypotheses are equally likely.
    no_deal : float64 array (case,)
        What the others think no deal may be worth to it, in points, ascending, each as likely.
    crosses : bool array (line, deal)
        Which deals cross the red lines it has stated.
    real : bool array (world, line)
        Which of them are no bluff.
    firmness : float64 array (line,)
        How likely the others think that is, before they learn.
    serious : bool array (world,)
        Whether the party negotiates seriously.
    good_faith : float
        How likely the others think that is, before they learn.
    walks_out_below : float64 array (world,)
        The party leaves once it believes less than this that somebody whose consent is needed is serious.
    patience : float, optional
        What the others think that a gain is worth to it if it comes a round later, as a share.
    """

    name: str
    gain: Gains
    tactic: Tactic
    parameter: Mapping[str, Array]
    value: Array
    no_deal: Array
    crosses: Mask
    real: Mask
    firmness: Array
    serious: Mask
    good_faith: float
    walks_out_below: Array
    patience: float | None = None

    def only(self, row: int, here: slice) -> Seat:
        """Give the seat in one world alone, whose gains stand in a row."""
        return replace(self.among(here), gain=self.gain[row : row + 1])

    def among(self, which: Mask | Index | slice) -> Seat:
        """Give the seat in some worlds, by their marks or places (world,); rows of gains stay."""
        return replace(
            self,
            parameter={name: values[which] for name, values in self.parameter.items()},
            real=self.real[which],
            serious=self.serious[which],
            walks_out_below=self.walks_out_below[which],
        )


@dataclass(frozen=True, slots=True)
class Arena:
    """K worlds over D deals.

    ``row`` (world,) says which row of gains holds in a world: worlds of the same preferences share one. ``seats`` stand
    in the order in which they speak. ``open`` (row, deal) tells which deals suit everybody whose consent is needed but
    who is not at the table, None if there is nobody. ``required`` are the seats without which there is no deal; beyond
    them ``quorum`` of all seats must agree. ``breaks_down`` (world,) is the round after which talks break down,
    infinite where they do not. ``drafts(k)`` gives two uniform numbers (2, world) for the k-th draft of a single text,
    and ``choices`` (deal, issue) says what each deal is made of; both are needed by that protocol alone. ``listed``
    (deal,) tells which deals a tactic may propose, None where it is any: others can only come up by hand.
    """

    row: Index
    seats: tuple[Seat, ...]
    rules: Rules
    required: tuple[int, ...]
    quorum: int
    breaks_down: Array
    open: Mask | None = None
    p_breakdown: float = 0.0
    drafts: Callable[[int], Array] | None = None
    choices: Index | None = None
    listed: Mask | None = None

    def only(self, world: int) -> Arena:
        """Give the same table in one world alone."""
        row, here = int(self.row[world]), slice(world, world + 1)
        drafts = self.drafts
        return replace(
            self,
            row=np.zeros(1, np.intp),
            seats=tuple(seat.only(row, here) for seat in self.seats),
            breaks_down=self.breaks_down[here],
            open=None if self.open is None else self.open[row : row + 1],
            drafts=None if drafts is None else lambda k: drafts(k)[:, here],
        )

    @property
    def n_worlds(self) -> int:
        """Worlds that bargain."""
        return len(self.row)

    @property
    def n_deals(self) -> int:
        """Deals that can come up."""
        return self.seats[0].gain.shape[1]


def plain_seat(  # all but two have defaults
    name: str,
    gain: Gains,
    tactic: Tactic,
    parameter: Mapping[str, Array],
    n_worlds: int,
    value: Array | None = None,
    no_deal: float = 0.0,
) -> Seat:
    """Seat a party without red lines that negotiates seriously, straight from its gains.

    ``value`` (deal,) is what the others take deals to be worth to it, in points; what they are worth in the first row
    if it is left out.
    """
    believed = gain[0].astype(np.float64) / UNITS_PER_POINT + no_deal if value is None else value
    return Seat(
        name=name,
        gain=gain,
        tactic=tactic,
        parameter=parameter,
        value=believed[None],
        no_deal=np.array([no_deal]),
        crosses=np.zeros((0, gain.shape[1]), np.bool_),
        real=np.zeros((n_worlds, 0), np.bool_),
        firmness=np.zeros(0),
        serious=np.ones(n_worlds, np.bool_),
        good_faith=1.0,
        walks_out_below=np.zeros(n_worlds),
    )
