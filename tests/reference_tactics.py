"""What each tactic asks for and would take, as plainly as it can be written: one world, one moment.

From the definitions in the model's page, section 6, and the sources named there; nothing here shares code with the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, log1p

from tests.reference_beliefs import Plain

UNIT = 100_000


@dataclass(frozen=True)
class Player:
    """One party in one world; gains in units, all else as in `negsim.bargaining.arena.Seat`."""

    gain: list[float]
    tactic: str
    parameter: dict[str, float]
    value: list[list[float]]
    no_deal: list[float]
    crosses: list[list[bool]]
    real: list[bool]
    firmness: list[float]
    serious: bool = True
    good_faith: float = 1.0
    walks_out_below: float = 0.0
    patience: float | None = None

    @property
    def top(self) -> float:
        return max(self.gain)

    @property
    def worst(self) -> float:
        return min((gain for gain in self.gain if gain > -inf), default=0.0)

    @property
    def floor(self) -> float:
        return max(self.worst, 0.0) if self.top >= 0 else inf

    @property
    def slack(self) -> float:
        return SLACK.get(self.tactic, 1e-8) * UNIT

    def units(self, level: float) -> float:
        if self.top < 0 or level == inf:
            return inf
        return self.floor + max(self.top - self.floor, 0.0) * level

    def level(self, gain: float) -> float:
        return (gain - self.floor) / (self.top - self.floor) if 0 <= self.floor < self.top else 1.0


SLACK = {"time": 0.01, "exponential": 0.01, "stalling": 0.01, "equilibrium": 1e-6}


@dataclass
class View:
    """What a party looks at when its tactic is asked: see `negsim.bargaining.tactics.Moment`."""

    me: int
    players: list[Player]
    beliefs: list[Plain]
    menu: list[int]
    allowed: list[bool]
    offers: list[int | None]
    level: float
    heard: list[float | None]
    news: bool
    round: int
    n_rounds: int
    session_start: int
    p_breakdown: float
    planned: list[Plain]

    @property
    def player(self) -> Player:
        return self.players[self.me]

    @property
    def time(self) -> float:
        return (self.round + 1) / (self.n_rounds + 1)


def time(view: View) -> float:
    p = view.player.parameter
    return p["start"] * (1 - view.time ** p["exponent"])


def exponential(view: View) -> float:
    p = view.player.parameter
    return 1 - exp((1 - view.time) ** (1 / p["exponent"]) * log1p(-p["start"]))


def _reply(view: View, before: float | None, move: Callable[[float, float, float], float]) -> float:
    held = min(view.level, view.player.parameter["start"])
    now = view.heard[-1] if view.heard else None
    if not view.news or before is None or now is None:
        return held
    return min(max(move(view.level, before, now), 0.0), 1.0)


def _before_last(view: View) -> float | None:
    return view.heard[-2] if len(view.heard) > 1 else None


def _in_proportion(level: float, before: float, now: float) -> float:
    return level * (1 - now) / (1 - before) if before < 1 else level


def relative(view: View) -> float:
    return _reply(view, _before_last(view), _in_proportion)


def absolute(view: View) -> float:
    return _reply(view, _before_last(view), lambda level, before, now: level - (now - before))


def averaged(view: View) -> float:
    window = round(view.player.parameter["window"])
    earlier = [heard for heard in view.heard[:-1][::-1][:window] if heard is not None]
    return _reply(view, sum(earlier) / len(earlier) if earlier else None, _in_proportion)


def risk(own: float, bid: float) -> float:
    """Zeuthen's: what giving in costs, as a share of what breaking up costs."""
    return max((own - bid) / own, 0.0) if own > 0 else 1.0


def zeuthen(view: View) -> float:
    me, mine = view.player, view.offers[view.me]
    if mine is None:
        mine = view.menu[-1] if view.menu else None
    others = [k for k in range(len(view.players)) if k != view.me]
    bids = [max(me.gain[deal], 0.0) for k in others if (deal := view.offers[k]) is not None]
    if not bids or mine is None:
        return view.level
    bid = max(bids)

    def theirs(k: int, deal: int) -> float:
        offer = view.offers[k]
        if offer is None:
            return 1.0
        return risk(max(view.beliefs[k].gain(offer), 0.0), max(view.beliefs[k].gain(deal), 0.0))

    least = min(others, key=lambda k: theirs(k, mine))
    if risk(me.gain[mine], bid) > theirs(least, mine) + 1e-9:  # equal but for rounding: both give way
        return view.level
    enough = [
        me.gain[deal]
        for deal in view.menu
        if me.gain[deal] < me.gain[mine] and risk(me.gain[deal], bid) > theirs(least, deal)
    ]
    # The least concession of those that will do; where none does, what the other offers already.
    return min(me.level(max([*enough, bid])), view.level)


def best_bet(view: View) -> float:
    if not view.menu:
        return 1.0
    best, worth = 0.0, -inf
    for deal in view.menu:
        p = 1.0
        for k, (other, belief) in enumerate(zip(view.players, view.planned, strict=True)):
            if k != view.me:
                value = belief.worth(deal) + 1e-9
                p *= sum(no_deal <= value for no_deal in other.no_deal) / len(other.no_deal)
                for n, crosses in enumerate(other.crosses):
                    p *= 1 - belief.real[n] if crosses[deal] else 1.0
        if view.player.gain[deal] * p >= worth:
            best, worth = view.player.gain[deal], view.player.gain[deal] * p
    return view.player.level(best)


def equilibrium(view: View) -> tuple[float, float]:
    """By backward induction from the deadline to this round: what to ask for, and what waiting is worth."""
    me, own = view.me, view.player
    n, n_deals = len(view.players), len(own.gain)
    mine = own.parameter["discount"]
    discount = [
        (mine if k == me or player.patience is None else player.patience) * (1 - view.p_breakdown)
        for k, player in enumerate(view.players)
    ]

    def gets(k: int, deal: int) -> float:
        return own.gain[deal] / UNIT if k == me else view.planned[k].gain(deal)

    def proposed(k: int, waiting: list[float]) -> list[float]:
        """What all get where a seat proposes the best for itself that the others would rather have than wait."""
        best: int | None = None
        for deal in range(n_deals):
            enough = all(gets(j, deal) >= waiting[j] - 1e-9 for j in range(n) if j != k)
            if (
                view.allowed[deal]
                and own.gain[deal] > -inf
                and enough
                and (best is None or gets(k, deal) > gets(k, best))
            ):
                best = deal
        if best is None or gets(k, best) < waiting[k] - 1e-9:
            return waiting
        return [gets(j, best) for j in range(n)]

    later, waiting = [0.0] * n, [0.0] * n
    for round_ in range(view.n_rounds - 1, view.round - 1, -1):
        waiting = [d * gain for d, gain in zip(discount, later, strict=True)]
        later = proposed(round_ % n, waiting)
    return own.level(proposed(me, waiting)[me] * UNIT), own.level(waiting[me] * UNIT)


def stance(view: View, *, final: bool) -> tuple[float, float]:
    """What a party asks for and what it would take, as levels; who is not serious takes nothing."""
    name, parameter = view.player.tactic, view.player.parameter
    if name == "equilibrium":
        ask, take = equilibrium(view)
    elif name == "stalling":
        ask, take = 1 - view.time ** parameter["exponent"], inf
    elif name == "holdout":
        ask = take = parameter["level"]
    elif name == "take_it_or_leave_it":
        ask, take = best_bet(view), 0.0
    else:
        ask = MOVING[name](view)
        take = 0.0 if final else ask
    return min(max(ask, 0.0), 1.0), max(take, 0.0) if view.player.serious else inf


MOVING: dict[str, Callable[[View], float]] = {
    "time": time,
    "exponential": exponential,
    "relative_tit_for_tat": relative,
    "absolute_tit_for_tat": absolute,
    "averaged_tit_for_tat": averaged,
    "zeuthen": zeuthen,
}
