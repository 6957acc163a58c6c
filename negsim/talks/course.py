"""The state of K worlds while the calendar goes on, and what events do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.stops import Stop
from negsim.bargaining.talk import Talk, Turn
from negsim.errors import Path, UsageError
from negsim.model.draws import Draws, joined_draws, settle_issue, with_quantities
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.scenario.talks import Event, PartialAgreement
from negsim.talks.arrivals import Coins
from negsim.talks.plan import Plan
from negsim.talks.pressure import Prospects
from negsim.talks.quantities import Changing
from negsim.talks.setting import Setting
from negsim.talks.steps import Steps
from negsim.zone.counting import Run

if TYPE_CHECKING:
    from negsim.talks.standing import Standing

__all__ = ["Course", "Listener", "Word", "begin_course"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Count = NDArray[np.intp]


Word = Callable[[int], str]
"""What is to be said of something that happened, in a world, by its place."""


_MOST_A_DAY = 1_000
"""How often an event may happen on a day at most: what brings more than itself has no end."""


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
    (world, partial agreement) are the days on which those were, -1 where they were not. ``last`` are the quantities and
    worlds of the last session, ``room`` which lines were real when it was last asked where they leave any outcome, and
    where they do; ``heard`` the counsel that was given, ``coins`` those tossed so far, by their paths, and ``expected``
    the answers that are due by an event on a day on which it was counted: how often, (world,), each with what
    probability, (world,). ``ever`` tells where there was a zone at some session, ``covered`` where a deal that can come
    up was in one.
    """

    setting: Setting
    plan: Plan
    prospects: Prospects
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
    coins: dict[Path, Coins] = field(default_factory=dict)
    flood: dict[str, tuple[int, Count]] = field(default_factory=dict)
    expected: dict[tuple[str, int], list[tuple[Count, Array]]] = field(default_factory=dict)
    talk: Talk | None = None
    last: tuple[Draws, Worlds] | None = None
    room: tuple[list[Mask], Mask] | None = None
    listener: Listener | None = None

    @property
    def n_worlds(self) -> int:
        """Worlds of the block."""
        return len(self.stop)

    @property
    def alive(self) -> Mask:
        """Where talks go on."""
        return np.asarray(self.stop == Stop.OPEN)

    def toss(self, path: Path, times: Count, chance: Array) -> Count:
        """Let each of so many things happen with a probability, by the coins of a path: how many do, (world,)."""
        coins = self.coins.get(path)
        if coins is None:
            coins = self.coins[path] = Coins(path, self.steps)
        return coins.toss(times, chance)

    def refuse_a_flood(self, event: str, day: int, times: Count) -> None:
        """Count how often an event happens on a day.

        Raises
        ------
        UsageError
            If that is so often in some world that there can be no end to it.
        """
        so_far = self.flood.get(event)
        counted = times if so_far is None or so_far[0] != day else so_far[1] + times
        self.flood[event] = day, counted
        if np.max(counted) > _MOST_A_DAY:
            raise UsageError(
                f"on {self.plan.date_of(day)} the event {event} happens more than {_MOST_A_DAY:,} times in some world:"
                " lower its rate, or the chance of whatever brings it"
            )

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
        """Say how likely it is that something happens where it may: the least of some where parties are not serious."""
        chance = self.changing.value((*root, "chance"), day)
        if not happening.unless_serious:
            return chance
        serious, least = self.draws_on(day).serious, np.full(self.n_worlds, np.inf)
        for party, _ in happening.unless_serious:
            instead = self.changing.value((*root, "unless_serious", party), day)
            least = np.where(serious[party], least, np.minimum(least, instead))
        return np.where(np.isfinite(least), least, chance)

    def draws_on(self, day: int) -> Draws:
        """Give all quantities and coins as they are on a day."""
        draws, changed = self.changing.draws, self.changing.changed(day)
        if changed:
            followers = self.setting.targets.followers
            draws = with_quantities(self.plan.scenario, draws, changed, followers=followers)
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


def begin_course(setting: Setting, place: int, run: Run, listener: Listener | None = None) -> Course:
    """Begin the calendar in the first worlds of some blocks, by the plan at a place."""
    compiled, plan, prospects = setting.table.compiled, setting.plans[place], setting.prospects[place]
    draws = joined_draws([compiled.draws(*block) for block in run])
    n_worlds = draws.n_worlds
    n_meetings, n_seats = len(plan.meetings), len(plan.order)
    return Course(
        setting=setting,
        plan=plan,
        prospects=prospects,
        steps=Steps(compiled.seed, compiled.sampler, run),
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
