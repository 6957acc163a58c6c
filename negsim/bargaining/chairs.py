"""One party while talks go on: what it holds, has heard and would offer, in the worlds that still talk."""

from __future__ import annotations

from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Seat
from negsim.bargaining.beliefs import Belief, Evidence
from negsim.bargaining.menus import Menu
from negsim.bargaining.tactics.base import NOTHING_WILL_DO, Array, Stance
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass

__all__ = ["Chair", "Kept", "read_only"]

_NEARLY_NOTHING = 1e-300

_ABSENT = np.inf
"""What a party heard, among levels of at most 1, while it was not at the table: not even that there was no offer."""

Index = NDArray[np.intp]
Mask = NDArray[np.bool_]

_NO_LEVEL = np.zeros(0)


def read_only(array: Array) -> Array:
    """Give a view of an array to look at: a tactic must not change what a party remembers."""
    view = array.view()
    view.flags.writeable = False
    return view


@dataclass(frozen=True, slots=True)
class Kept:
    """What a `Chair` held at a moment, so that it can be taken back to that in some worlds."""

    level: Array
    offer: Index
    heard: list[Array]
    coming: list[Array]
    evidence: Evidence


@dataclass(slots=True)
class Chair:
    """A seat with its memory; arrays over the worlds that still talk.

    ``level`` (world,) is what its tactic asked for last, ``offer`` (world,) the deal it offered last (-1: none yet),
    ``heard`` the levels of what others offered it between its turns, ``coming`` those since it last spoke. ``floor``
    and ``span`` say what levels mean, in units: floor + span · level; ``start`` is where the gains of a world begin.
    ``parameter`` are those of its tactic, read-only. ``temper`` is the power to which its levels are raised: below 1
    tougher than its tactic, above 1 softer.
    """

    seat: Seat
    row: Index
    belief: Belief
    evidence: Evidence
    menu: Menu
    plan: Array
    temper: float = 1.0
    parameter: dict[str, Array] = field(init=False)
    level: Array = field(init=False)
    offer: Index = field(init=False)
    floor: Array = field(init=False)
    span: Array = field(init=False)
    start: Index = field(init=False)
    all_serious: bool = field(init=False)
    _asked: Array = field(init=False, repr=False)
    _found: Array = field(init=False, repr=False)
    heard: list[Array] = field(default_factory=list)
    coming: list[Array] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.level = np.ones(len(self.row))
        self.offer = np.full(len(self.row), -1)
        self._measure()

    def _measure(self) -> None:
        """Look up what levels mean in each world, and where its gains begin."""
        floor, top = self.menu.floor[self.menu.row], self.menu.top[self.menu.row]
        self.floor = np.where(top < 0, np.inf, floor)
        # Never nothing, so that a level beyond reach is beyond it where all deals are worth the same.
        self.span = np.where(top > floor, top - floor, _NEARLY_NOTHING)
        self.start = self.row * self.seat.gain.shape[1]
        self.all_serious = bool(np.all(self.seat.serious))
        self.parameter = {name: read_only(array) for name, array in self.seat.parameter.items()}
        self._asked = self._found = _NO_LEVEL

    def keep(self, which: Mask) -> None:
        """Forget all worlds but those marked, (world,)."""
        self.seat = self.seat.among(which)
        self.row, self.menu, self.belief = self.row[which], self.menu.of(which), self.belief.of(which)
        self.evidence, self.plan = self.evidence.of(which), self.plan[..., which]
        self.level, self.offer = self.level[which], self.offer[which]
        self._measure()
        self.heard = [read_only(level[which]) for level in self.heard]
        self.coming = [level[which] for level in self.coming]

    def remember(self) -> Kept:
        """Write down what the party holds; arrays that are never written into are not copied."""
        return Kept(self.level, self.offer, [*self.heard], [*self.coming], self.evidence.copy())

    def take_back(self, kept: Kept, where: Mask) -> None:
        """Hold again what was held before in some worlds, (world,)."""
        self.level = np.where(where, kept.level, self.level)
        self.offer = np.where(where, kept.offer, self.offer)
        self.evidence.take_back(kept.evidence, where)
        # What was heard last stands last, wherever a world has heard less often than others.
        before = [np.full(len(where), np.nan)] * (len(self.heard) - len(kept.heard)) + kept.heard
        self.heard = [read_only(np.where(where, old, new)) for old, new in zip(before, self.heard, strict=True)]
        coming = [np.where(where, level, _ABSENT) for level in kept.coming]
        coming += [np.where(where, _ABSENT, level) for level in self.coming]
        self.coming = [level for level in coming if np.any(level != _ABSENT)]

    def follow(self, before: Chair) -> None:
        """Go on where the same party stood in the session before."""
        self.level, self.offer = before.level, before.offer
        self.heard, self.coming = before.heard, before.coming

    def gain(self, deal: Index) -> NDArray[np.float32]:
        """Say what deals (world,) are worth to the party, in units; -inf of no deal."""
        gain = np.take(self.seat.gain.reshape(-1), np.maximum(deal, 0) + self.start)
        return np.where(deal < 0, np.float32(-np.inf), gain)

    def hear(self, deal: Index) -> None:
        """Take in what another offers, if the tactic heeds that: (world,), -1 where nothing."""
        if not self.seat.tactic.listens:
            return
        # What is out of the question has no level: it counts as the worst of all else.
        gain = np.maximum(self.gain(deal), self.menu.worst[self.menu.row])
        level = np.minimum(self.menu.level(gain), 1.0)
        self.coming.append(np.where(deal < 0, np.nan, level))

    def gather(self, *, speaks: bool) -> tuple[list[Array], bool]:
        """Give what was heard, oldest first, and whether the last of it is new; all is old once the party speaks.

        Where nothing came while elsewhere something did, the last is nan, which is no news to any tactic.
        """
        if not self.coming:
            return self.heard, False
        told = np.stack(self.coming)
        known = np.isfinite(told)
        n_known = np.count_nonzero(known, axis=0)
        total = np.sum(np.where(known, told, 0.0), axis=0)
        heard = [*self.heard, read_only(np.where(n_known > 0, total / np.maximum(n_known, 1), np.nan))]
        if speaks:
            # What answers were made of counts again when the party speaks: only then does it move.
            self.heard, self.coming = _settled(heard, np.all(told == _ABSENT, axis=0)), []
        return heard, True

    def tempered(self, stance: Stance) -> Stance:
        """Make a stance tougher or softer; who is not serious takes nothing."""
        # A tactic may have written new levels into an old array.
        self._asked = _NO_LEVEL
        ask, take = stance.ask, stance.take
        if self.temper != 1.0:
            # Some plan for what is worse than the worst deal: they take any.
            ask, take = (np.power(np.maximum(level, 0.0), self.temper) for level in (ask, take))
        if not self.all_serious:
            take = np.where(self.seat.serious, take, NOTHING_WILL_DO)
        return Stance(ask, take)

    def units(self, level: Array) -> Array:
        """Turn levels (world,) into units of gain; out of reach where the party accepts no deal."""
        return self.floor + self.span * level

    def propose(self, ask: Array, where: Mask) -> Index:
        """Choose the offer for a level asked for, where it is made: deals (world,), -1 where there is none."""
        point = self.menu.pick(np.maximum(self._least(ask), self.floor))
        deal = self.menu.deal_at(point)
        # What its tactic asked for: a temper works on that anew at every moment, and not on itself.
        asked = ask if self.temper == 1.0 else np.power(ask, 1 / self.temper)
        made = where & (point >= 0)
        if np.all(made):
            self.level, self.offer = asked, deal
            return deal
        self.level = np.where(where, asked, self.level)
        self.offer = np.where(made, deal, self.offer)
        return np.where(made, deal, -1)

    def takes(self, deal: Index, take: Array) -> Mask:
        """Tell whether the party says yes to deals (world,), given the level that it would take."""
        return self.gain(deal) >= np.maximum(self._least(take), 0.0)

    def answer(self, deal: Index, take: Array, asked: Mask) -> Mask:
        """Say yes or no to deals (world,), given the level that the party would take; no where it is not asked."""
        return asked & self.takes(deal, take)

    def lets_pass(self, old: Index, new: Index, take: Array) -> Mask:
        """Tell whether the party lets one draft be changed into another: (world,), given the level it would take."""
        better = (self.gain(new) >= self.gain(old)) & self.seat.serious
        return better | self.takes(new, take)

    def stands_at(self, ask: Array) -> Array:
        """Say at what level the party stands that has just asked for one: (world,)."""
        return ask

    def _least(self, level: Array) -> Array:
        """Give the units that will do for a level; once for a party that takes what it asks for."""
        if level is not self._asked:
            self._asked, self._found = level, self.units(level) - self.seat.tactic.slack * UNITS_PER_POINT
        return self._found


def _settled(heard: list[Array], absent: Mask) -> list[Array]:
    """Leave out the last of what was heard where nothing came, (world,): what is older moves up."""
    if not np.any(absent):
        return heard
    moved = [np.full(len(absent), np.nan), *heard[:-1]]
    return [read_only(np.where(absent, old, new)) for old, new in zip(moved, heard, strict=True)]
