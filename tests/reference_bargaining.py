"""Bargaining once more, as plainly as it can be written: one world, lists and loops.

Nothing here shares code with the engine. Menus are found deal by deal, tactics stand in tests/reference_tactics.py and
beliefs in tests/reference_beliefs.py. It is what worlds that bargain as arrays are compared with, offer by offer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf, prod

from tests.reference_beliefs import Plain
from tests.reference_tactics import Player, View, stance


@dataclass(frozen=True)
class Game:
    """One world; see `negsim.bargaining.arena.Arena`. ``drafts[k]`` are the two numbers of the k-th draft."""

    players: list[Player]
    kind: str
    rounds: int
    sessions: int
    offers: str
    learns: bool
    required: list[int]
    quorum: int
    breaks_down: float = inf
    p_breakdown: float = 0.0
    open: list[bool] | None = None
    drafts: list[tuple[float, float]] = field(default_factory=list)
    choices: list[tuple[int, ...]] = field(default_factory=list)
    tempers: list[float] = field(default_factory=list)

    @property
    def n_rounds(self) -> int:
        return self.rounds * self.sessions


Event = tuple[int, int, int, tuple[tuple[int, bool], ...], bool]
"""The round of an offer, who offers (-1: a mediator), the deal, who was asked and said yes, and whether it suits those not there."""


@dataclass(frozen=True)
class History:
    events: list[Event]
    stop: str
    deal: int
    round: int
    crossed: bool
    beliefs: list[tuple[list[float], list[float], float]]


def history(game: Game) -> History:
    """What happens in a world."""
    talks = _Talks(game)
    talks.run()
    believed = [(one.weight, one.real, one.serious) for one in talks.beliefs]
    return History(talks.events, talks.stop, talks.deal, talks.ended, talks.crossed, believed)


def frontier(gain: list[float], theirs: list[float], allowed: list[bool]) -> list[int]:
    """The deals of which no other is worth more to a party and no less to the others, or as much and more; by gain."""
    may = [d for d in range(len(gain)) if allowed[d] and gain[d] >= 0]

    def betters(e: int, d: int) -> bool:
        if (gain[e], theirs[e]) == (gain[d], theirs[d]):
            return e < d  # of deals alike the first
        return gain[e] >= gain[d] and theirs[e] >= theirs[d]

    return sorted((d for d in may if not any(betters(e, d) for e in may)), key=lambda d: gain[d])


def may_propose(gain: list[float], lines: list[list[bool]], real: list[float]) -> list[bool]:
    """Which deals to propose: those within a set of crossed lines with P(any real) (G + L) < G, or that cross none."""
    crossed = [{n for n, line in enumerate(lines) if line[d]} for d in range(len(gain))]
    safe = max([gain[d] for d, some in enumerate(crossed) if not some], default=0.0)
    loss = max(safe, 0.0)
    sets = []
    for some in crossed:
        win = max(max(gain[d] for d, other in enumerate(crossed) if other <= some) - loss, 0.0)
        if (1 - prod(1 - real[n] for n in sorted(some))) * (win + loss) < win:
            sets.append(some)
    return [not some or any(some <= each for each in sets) for some in crossed]


class _Talks:
    def __init__(self, game: Game) -> None:
        self.game, self.players, self.n = game, game.players, len(game.players)
        self.events: list[Event] = []
        self.stop, self.deal, self.ended, self.crossed = "", -1, game.n_rounds - 1, False
        self.beliefs = [
            Plain(p.value, p.no_deal, p.crosses, [1 / len(p.value)] * len(p.value), list(p.firmness), p.good_faith)
            for p in self.players
        ]
        self.level = [1.0] * self.n
        self.offer: list[int | None] = [None] * self.n
        self.heard: list[list[float | None]] = [[] for _ in self.players]
        self.coming: list[list[float | None]] = [[] for _ in self.players]
        self.allowed: list[list[bool]] = [[] for _ in self.players]
        self.tempers = game.tempers or [1.0] * self.n
        self.round = 0
        self.text = -1
        self.standing: tuple[int, int, int, set[int], set[int]] | None = None
        self.asked: list[float] | None = None

    def run(self) -> None:
        game = self.game
        play: Callable[[], None] = getattr(self, "_" + game.kind)
        for session in range(game.sessions):
            self.start = session * game.rounds
            self.menus = [self._menu(k) for k in range(self.n)]
            for k in range(game.rounds):
                self.round = self.start + k
                play()
                # After the last round there is nothing left to break down.
                if not self.stop and game.breaks_down <= self.round < game.n_rounds - 1:
                    self._end("BREAKDOWN")
                if self.stop:
                    return
            if game.learns:
                for belief in self.beliefs:
                    belief.learn()
            if session < game.sessions - 1 and self._somebody_leaves():
                self._end("WALK_OUT")
                return
        self._end("DEADLINE")

    def _end(self, stop: str) -> None:
        self.stop, self.ended = stop, self.round

    def _somebody_leaves(self) -> bool:
        return any(
            self.beliefs[j].serious < self.players[k].walks_out_below
            for k in self.game.required
            for j in self.game.required
            if j != k
        )

    def _menu(self, k: int) -> list[int]:
        me, others = self.players[k], [j for j in range(self.n) if j != k]
        n_deals = len(me.gain)
        lines = [line for j in others for line in self.players[j].crosses]
        real = [p for j in others for p in self.beliefs[j].real]
        allowed = may_propose(me.gain, lines, real)
        if not any(ok and gain >= 0 for ok, gain in zip(allowed, me.gain, strict=True)):
            allowed = [True] * n_deals
        self.allowed[k] = allowed
        if self.game.offers == "own_rank":
            return sorted((d for d in range(n_deals) if allowed[d] and me.gain[d] >= 0), key=lambda d: me.gain[d])
        theirs = [sum(self.beliefs[j].worth(d) for j in others) / len(others) for d in range(n_deals)]
        return frontier(me.gain, theirs, allowed)

    # What parties do

    def _stance(self, k: int, *, speaks: bool = True, final: bool = False) -> tuple[float, float]:
        coming = [level for level in self.coming[k] if level is not None]
        heard, news = self.heard[k], bool(self.coming[k])
        if news:
            heard = [*heard, sum(coming) / len(coming) if coming else None]
        if speaks:
            self.heard[k], self.coming[k] = heard, []
        view = View(
            k, self.players, self.beliefs, self.menus[k], self.allowed[k], self.offer, self.level[k], heard, news,
            self.round, self.game.n_rounds, self.start, self.game.p_breakdown, self.beliefs,
        )  # fmt: skip
        ask, take = stance(view, final=final)
        if (temper := self.tempers[k]) != 1:
            ask, take = ask**temper, take**temper
        return ask, take

    def _propose(self, k: int, ask: float) -> int | None:
        me, menu = self.players[k], self.menus[k]
        self.level[k] = ask ** (1 / self.tempers[k])
        least = max(me.units(ask) - me.slack, me.floor)
        deal = next((d for d in menu if me.gain[d] >= least), menu[-1] if menu else None)
        if deal is not None:
            self.offer[k] = deal
            if self.game.learns:
                self.beliefs[k].offers(deal, self._time)
        for j, other in enumerate(self.players):
            if j != k:
                level = None if deal is None else min(other.level(max(other.gain[deal], other.worst)), 1.0)
                self.coming[j].append(level)
        return deal

    def _answer(self, k: int, deal: int, take: float) -> bool:
        me = self.players[k]
        accepted = me.gain[deal] >= max(me.units(take) - me.slack, 0.0)
        if self.game.learns:
            (self.beliefs[k].accepts if accepted else self.beliefs[k].refuses)(deal, self._time)
        return accepted

    @property
    def _time(self) -> float:
        return (self.round + 1) / (self.game.n_rounds + 1)

    def _suits(self, deal: int) -> bool:
        return self.game.open is None or self.game.open[deal]

    def _enough(self, yes: set[int]) -> bool:
        return set(self.game.required) <= yes and len(yes) >= self.game.quorum

    def _close(self, made: int, speaker: int, deal: int, answers: dict[int, bool], yes: set[int], no: set[int]) -> None:
        """Write down an offer, with the round it was made in, and its answers, and agree if they are enough."""
        self.events.append((made, speaker, deal, tuple(sorted(answers.items())), self._suits(deal)))
        if self.stop:
            return
        self.crossed = any(
            real and line[deal]
            for k in no
            for real, line in zip(self.players[k].real, self.players[k].crosses, strict=True)
        )
        if self._enough(yes) and self._suits(deal):
            if self._enough({k for k in yes if k != speaker or self.players[k].serious}):
                self.deal = deal
                self._end("AGREED")
            else:
                self._end("BAD_FAITH")

    # Protocols

    def _alternating_offers(self, *, final: bool = False) -> None:
        speaker = self.round % self.n
        deal = self._propose(speaker, self._stance(speaker)[0])
        answers = {}
        for k in range(self.n):
            if k != speaker:
                take = self._stance(k, speaks=False, final=final)[1]
                if deal is not None:
                    answers[k] = self._answer(k, deal, take)
        if deal is not None:
            self._all_answered(speaker, deal, answers)

    def _all_answered(self, speaker: int, deal: int, answers: dict[int, bool]) -> None:
        yes = {k for k, accepted in answers.items() if accepted}
        self._close(self.round, speaker, deal, answers, yes | ({speaker} - {-1}), set(answers) - yes)

    def _take_it_or_leave_it(self) -> None:
        self._alternating_offers(final=self.round == self.game.n_rounds - 1)

    def _stacked_alternating_offers(self) -> None:
        for k in range(self.n):
            ask, take = self._stance(k)
            if self.standing is not None and self.standing[1] != k:
                deal, speaker, made, yes, no = self.standing
                accepted = self._answer(k, deal, take)
                (yes if accepted else no).add(k)
                self._close(made, speaker, deal, {k: accepted}, yes, no)
                if self.stop:
                    return
            if self.standing is None or not self._may_succeed(*self.standing):
                new = self._propose(k, ask)
                self.standing = None if new is None else (new, k, self.round, {k}, set())
            else:
                for j in range(self.n):
                    if j != k:
                        self.coming[j].append(None)

    def _may_succeed(self, deal: int, speaker: int, made: int, yes: set[int], no: set[int]) -> bool:
        return self._enough(set(range(self.n)) - no) and self._suits(deal)

    def _monotonic_concession(self) -> None:
        stances = [self._stance(k) for k in range(self.n)]
        before = self.asked or [inf] * self.n
        asks = [min(ask, old) for (ask, _), old in zip(stances, before, strict=True)]
        deals = [self._propose(k, ask) for k, ask in enumerate(asks)]
        for speaker, deal in enumerate(deals):
            if deal is None:
                continue
            answers = {}
            for k, player in enumerate(self.players):
                own, take = self.offer[k], stances[k][1]
                least = take if take == inf or own is None else player.level(player.gain[own])
                if k != speaker and not self.stop:
                    answers[k] = self._answer(k, deal, least)
            self._all_answered(speaker, deal, answers)
        if self.asked is not None and not self.stop and asks == before:
            self._end("STANDSTILL")
        self.asked = asks

    def _single_text(self) -> None:
        game = self.game
        if self.text < 0:
            self.text = int(game.drafts[game.n_rounds][0] * len(game.choices))
        if self.round == game.n_rounds - 1:
            takes = [self._stance(k, final=True)[1] for k in range(self.n)]
            self._all_answered(-1, self.text, {k: self._answer(k, self.text, take) for k, take in enumerate(takes)})
            return
        new = self._redraft()
        passes = {}
        for k, me in enumerate(self.players):
            least = max(me.units(self._stance(k)[1]) - me.slack, 0.0)
            passes[k] = me.gain[new] >= least or (me.serious and me.gain[new] >= me.gain[self.text])
            if game.learns and not passes[k]:
                self.beliefs[k].refuses(new, self._time)
        self.events.append((self.round, -1, new, tuple(passes.items()), self._suits(new)))
        if self._enough({k for k, ok in passes.items() if ok}) and (self._suits(new) or not self._suits(self.text)):
            self.text = new

    def _redraft(self) -> int:
        choices = self.game.choices
        first, second = self.game.drafts[self.round]
        issue = int(first * len(choices[0]))

        def rest(deal: int) -> tuple[int, ...]:
            return choices[deal][:issue] + choices[deal][issue + 1 :]

        others = [d for d in range(len(choices)) if d != self.text] or [self.text]
        alike = [d for d in others if rest(d) == rest(self.text)] or others
        return alike[int(second * len(alike))]
