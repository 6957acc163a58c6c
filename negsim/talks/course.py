"""The state of K worlds while the calendar goes on, and what events do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.stops import Stop
from negsim.bargaining.talk import Talk, Turn
from negsim.errors import Path
from negsim.model.draws import Draws, settle_issue, with_quantities
from negsim.model.worlds import Worlds
from negsim.scenario.talks import Event, PartialAgreement
from negsim.talks.arrivals import times_in
from negsim.talks.plan import Plan
from negsim.talks.pressure import Prospects
from negsim.talks.quantities import Changing
from negsim.talks.setting import Setting
from negsim.talks.steps import Steps

if TYPE_CHECKING:
    from negsim.talks.standing import Standing

__all__ = ["Course", "Listener", "Word", "begin_course"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Count = NDArray[np.intp]


Word = Callable[[int], str]
"""What is to be said of something that happened, in a world, by its place."""


def _nothing(_: int) -> str:
    return ""


class Listener(Protocol):
    """Somebody who is told what happens, as it happens."""

    def looks(self, course: Course, day: int, paths: Iterable[Path]) -> None:
        """Look at quantities that are about to change."""

    def happened(self, course: Course, day: int, kind: str, name: str, times: Count, word: Word) -> None:
        """Hear of something other than a session: how often it happened, (world,), and what is to be said of it."""

    def sits_down(self, course: Course, standing: Standing, arena: Arena) -> None:
        """Hear that a session begins at which a settlement may be reached."""

    def hears(self, turn: Turn) -> None:
        """Hear an offer made there."""

    def learns(self, course: Course) -> None:
        """Hear that all have learned from it."""

    def met(self, course: Course, place: int, standing: Standing) -> None:
        """Hear that a session is over, whatever was on its agenda, but for partial agreements that it comes to."""


@dataclass(slots=True)
class Course:
    """K worlds on their way through the calendar; arrays (world,) unless said otherwise.

    ``stop`` tells why talks ended, `Stop.OPEN` while they go on, and ``ended`` the day on which they did. ``deal`` is
    what was agreed, -1 where nothing is; ``gain`` (world, seat) what it gives each over no deal, in points. ``endured``
    is the logarithm of how likely it was that talks would not break down in the rounds held so far, ``earnest`` where
    all whose consent is needed were serious when talks ended. ``ends`` is the day on which talks end unless it is put
    off, and ``put_off`` how often it was. ``settled`` holds for each issue that was settled early the place of its
    option, -1 where it was not. ``log_weight`` (observation, world) are logarithms of the likelihoods of what was seen.
    ``agreed_at`` is the meeting at which talks ended in agreement, -1 where they did not. ``held``, ``went_on``,
    ``mismatch``, ``zone`` (world, meeting) tell which sessions were held, where talks went on after them, where sides
    talked past each other and where there was a zone; ``serious`` (world, meeting, seat) and ``believed`` who was in
    earnest then and how likely the others thought so. ``struck`` (world, event) counts events, and ``concluded``
    (world, partial agreement) are the days on which those were, -1 where they were not. ``drawn`` are the worlds before
    anything happened, ``heard`` the counsel that was given, ``expected`` how many answers are due by an event on a day
    on which it was counted, ``ever`` where there was a zone at some session, ``covered`` where a deal that can come up
    was in one.
    """

    setting: Setting
    plan: Plan
    prospects: Prospects
    block: int
    steps: Steps
    changing: Changing
    stop: NDArray[np.int8]
    ended: Count
    deal: Count
    crossed: Mask
    endured: Array
    earnest: Mask
    gain: Array
    ends: Count
    put_off: Count
    ever: Mask
    covered: Mask
    log_weight: Array
    agreed_at: Count
    held: Mask
    went_on: Mask
    mismatch: Mask
    zone: Mask
    serious: Mask
    believed: NDArray[np.float32]
    struck: Count
    concluded: Count
    settled: dict[str, Count] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    expected: dict[tuple[str, int], Array] = field(default_factory=dict)
    talk: Talk | None = None
    drawn: Worlds | None = None
    listener: Listener | None = None
    _today: int = -1
    _tried: dict[Path, Count] = field(default_factory=dict)

    @property
    def n_worlds(self) -> int:
        """Worlds of the block."""
        return len(self.stop)

    @property
    def alive(self) -> Mask:
        """Where talks go on."""
        return np.asarray(self.stop == Stop.OPEN)

    def end(self, where: Mask, stop: Stop, day: int) -> None:
        """End talks where they go on."""
        ends = where & self.alive
        self.stop[ends], self.ended[ends] = stop, day
        self.note_earnest(ends, day)
        if self.talk is not None:
            self.talk.end(ends[self.talk.world], stop)

    def note_earnest(self, ends: Mask, day: int) -> None:
        """Write down where all whose consent is needed are serious on the day on which talks end, (world,)."""
        compiled = self.setting.table.compiled
        if not self.changing.draws.serious or not np.any(ends):
            return
        serious = self.draws_on(day).serious
        for k in self.setting.table.order:
            party = compiled.scenario.parties[k].id
            if k in compiled.consent.required and party in serious:
                self.earnest[ends] &= serious[party][ends]

    def weigh(self, observation: str, log_likelihood: Array) -> None:
        """Multiply weights by the likelihood of what was seen, given as its logarithm."""
        place = [seen.id for seen in self.plan.observed].index(observation)
        self.log_weight[place] += log_likelihood

    def chance(self, root: Path, happening: Event | PartialAgreement, day: int) -> Array:
        """Say how likely it is that something happens where it may: the least of those that hold in a world."""
        chance = self.changing.value((*root, "chance"), day)
        if happening.unless_serious:
            serious = self.draws_on(day).serious
            for party, _ in happening.unless_serious:
                low = np.minimum(chance, self.changing.value((*root, "unless_serious", party), day))
                chance = np.where(serious[party], chance, low) if party in serious else chance
        return chance

    def times_in(self, times: Count, chance: Array, path: Path, day: int) -> Count:
        """Let each of so many things (world,) happen with a probability, by itself, whenever that day: how many do."""
        if day != self._today:
            self._today, self._tried = day, {}
        before = self._tried.get(path, 0)
        self._tried[path] = before + times
        return times_in(times, chance, self.steps, path, day, before)

    def draws_on(self, day: int) -> Draws:
        """Give all quantities and coins as they are on a day."""
        draws, changed = self.changing.draws, self.changing.changed(day)
        if changed:
            draws = with_quantities(self.plan.scenario, draws, changed)
        for issue, options in self.settled.items():
            for option in np.unique(options[options >= 0]).tolist():
                draws = settle_issue(draws, issue, option, options == option)
        return draws

    def look(self, day: int, paths: Iterable[Path]) -> None:
        """Have the listener, if there is one, look at what is about to change."""
        if self.listener is not None:
            self.listener.looks(self, day, paths)

    def tell(self, day: int, kind: str, name: str, times: Count, word: Word = _nothing) -> None:
        """Tell the listener, if there is one, of what happened in worlds that still talk."""
        if self.listener is not None:
            self.listener.happened(self, day, kind, name, times, word)


def begin_course(setting: Setting, place: int, block: int, n_worlds: int, listener: Listener | None = None) -> Course:
    """Begin the calendar in the first worlds of a block, by the plan at a place."""
    compiled, plan, prospects = setting.table.compiled, setting.plans[place], setting.prospects[place]
    draws = compiled.draws(block, n_worlds)
    n_meetings, n_seats = len(plan.meetings), len(plan.order)
    return Course(
        setting=setting,
        plan=plan,
        prospects=prospects,
        block=block,
        steps=Steps(compiled.seed, compiled.sampler, block, n_worlds),
        changing=Changing(draws, setting.targets, plan.effects),
        stop=np.full(n_worlds, Stop.OPEN, np.int8),
        ended=np.full(n_worlds, plan.last),
        deal=np.full(n_worlds, -1),
        crossed=np.zeros(n_worlds, np.bool_),
        endured=np.zeros(n_worlds),
        earnest=np.ones(n_worlds, np.bool_),
        gain=np.full((n_worlds, n_seats), np.nan),
        ends=np.full(n_worlds, prospects.ends[0]),
        put_off=np.zeros(n_worlds, np.intp),
        ever=np.zeros(n_worlds, np.bool_),
        covered=np.zeros(n_worlds, np.bool_),
        log_weight=np.zeros((len(plan.observed), n_worlds)),
        agreed_at=np.full(n_worlds, -1),
        held=np.zeros((n_worlds, n_meetings), np.bool_),
        went_on=np.zeros((n_worlds, n_meetings), np.bool_),
        mismatch=np.zeros((n_worlds, n_meetings), np.bool_),
        zone=np.zeros((n_worlds, n_meetings), np.bool_),
        serious=np.ones((n_worlds, n_meetings, n_seats), np.bool_),
        believed=np.ones((n_worlds, n_meetings, n_seats), np.float32),
        struck=np.zeros((n_worlds, len(plan.talks.events)), np.intp),
        concluded=np.full((n_worlds, len(plan.talks.partial_agreements)), -1),
        listener=listener,
    )
