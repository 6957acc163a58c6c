"""What comes of a session: one world at a table by itself.

A part of the second model of calendars, tests/reference_talks.py; what is offered and answered is left to the engine.
"""

from __future__ import annotations

from copy import deepcopy
from math import floor, inf, log1p, prod

import numpy as np

from negsim.bargaining.arena import Arena, Rules, Seat
from negsim.bargaining.beliefs import Belief
from negsim.bargaining.deals import gains_of
from negsim.bargaining.judging import holds_at_home
from negsim.bargaining.play import play_session
from negsim.bargaining.seating import drafts, open_deals, seat_party
from negsim.bargaining.stops import Stop
from negsim.bargaining.talk import Talk
from negsim.errors import Path
from negsim.model.assumptions import Assumptions
from negsim.model.draws import Draws
from negsim.model.rebuilding import take_in_earnest
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario.talks import (
    PartialAgreement,
)
from negsim.zone.existence import zone_exists
from tests import reference
from tests.reference_events import Events
from tests.reference_stakes import World
from tests.reference_timetable import Held, Sitting, log_of

POINT = 100_000
IN_EARNEST = Assumptions(good_faith="drawn")


class Sittings(Events):
    """A world in which sessions are held."""

    def _hold(self, place: int, sitting: Sitting) -> None:
        concluded = [one for one in self.talks.observed if one.partial and one.at == sitting.session.id]
        for seen in [*([sitting.seen] if sitting.seen else []), *concluded]:
            self._weigh(seen, 0.0 if self.alive else -inf)
        if not self.alive:
            return
        self._look_around()
        paths = [("talks", "sessions", sitting.session.id, "mismatch")]
        paths += [("talks", "envoys", envoy.id, "sidesteps") for envoy in sitting.speakers.values()]
        p_apart = 1 - prod(1 - self.changes.value(path, self.day) for path in paths)
        apart = self._u("talks", "sessions", sitting.session.id, "mismatch", str(sitting.number)) < p_apart
        if concluded and not sitting.n_rounds:
            apart = False
            self._weigh(concluded[0], log_of(1 - p_apart))
        serious = [self.changes.is_serious(party, self.day) for party in self.order]
        held = self.lived.held[place] = Held(apart, self._has_zone(), serious)
        self.ever |= held.zone
        if sitting.n_rounds:
            self._talk(place, sitting, held, p_apart)
        held.went_on = self.alive
        prior = [prospect.good_faith for prospect in self.table.prospects]
        held.believed = prior if self.talk is None else [float(one.serious[0]) for one in self.talk.beliefs]
        for partial in self.talks.partial_agreements:
            on_agenda = not sitting.session.agenda or partial.issue in sitting.session.agenda
            if on_agenda and (not partial.sessions or sitting.session.id in partial.sessions):
                self._conclude(partial, sitting, possible=self.alive and not held.mismatch)
        self._follow(sitting.session.id, 1)

    def _look_around(self) -> Draws:
        """How things stand on this day."""
        draws = self.changes.draws(self.day)
        structure = self.table.compiled.structure
        self.wishes: Worlds = build_worlds(self.scenario, structure, draws)
        self.truth = take_in_earnest(self.scenario, self.wishes, draws.serious)
        return draws

    def _has_zone(self) -> bool:
        if self.changes.settled:
            return bool(zone_exists(self.table.compiled, self.truth)[0])
        serious = {party.id: self.changes.is_serious(party.id, self.day) for party in self.scenario.parties}
        numbers, coins, assumed = self.changes.all_numbers(self.day), self.changes.real(self.day), IN_EARNEST
        plain = World(self.scenario, numbers, coins, serious, assumed)
        return any(plain.in_zone(outcome) for outcome in reference.outcomes(self.scenario))

    def _talk(self, place: int, sitting: Sitting, held: Held, p_apart: float) -> None:
        arena, is_first = self._arena(place, sitting), self.talk is None
        talk = self.talk = self.talk or Talk(arena, keeps_ended=True)
        if self._hear_counsel(sitting, arena) or not is_first:
            talk.reseat(arena)
        as_it_was = deepcopy(talk)
        if held.mismatch and sitting.seen is None:
            return
        talk.round = self._rounds_before(place)
        play_session(talk, sitting.n_rounds)
        if arena.rules.learns:
            talk.learn()
        talk.let_leave()
        if sitting.seen is not None:
            if talk.is_over:
                self._weigh(sitting.seen, log_of(p_apart))
                held.mismatch = True
            elif not held.mismatch:
                self._weigh(sitting.seen, sitting.n_rounds * log_of(1 - self._breakdown()))
            if held.mismatch:
                self.talk = as_it_was
                return
        else:
            self.patience = max(self.patience + sitting.n_rounds * log_of(1 - self._breakdown()), -1.0)
        self._close(place, talk, arena)

    def _breakdown(self) -> float:
        path = ("protocol", "breakdown")
        return self.changes.value(path, self.day) if path in self.changes.named else 0.0

    def _close(self, place: int, talk: Talk, arena: Arena) -> None:
        self.crossed = bool(talk.crossed[0])
        if not talk.is_over:
            return
        stop, deal = Stop(int(talk.stop[0])).name, int(talk.deal[0])
        if stop == "AGREED":
            self.lived.deal = deal
            if not holds_at_home(self.table, self.truth, talk.deal)[0]:
                stop = "REJECTED_AT_HOME"
        if stop == "AGREED":
            self.lived.gain = [float(seat.gain[0, deal]) / POINT for seat in arena.seats]
            self.lived.agreed_at = place
        self._end(stop)

    def _goes_on(self, place: int) -> bool:
        """Whether it is open that another round follows."""
        here = self.sittings[place]
        return any(0 < self._p_on(one.day, here.day) < 1 for one in self.sittings[place + 1 :] if one.n_rounds)

    def _arena(self, place: int, sitting: Sitting) -> Arena:
        table, world = self.table, self.world
        compiled, protocol = table.compiled, table.protocol
        numbers, p = drafts(compiled, self.block, np.arange(world + 1)), self._breakdown()
        first = self._rounds_before(place)
        breaks_down = inf if not p or sitting.seen else first + floor(self.patience / -log1p(-p)) if p < 1 else first
        return Arena(
            row=np.zeros(1, np.intp),
            seats=tuple(self._seat(k, sitting) for k in range(len(self.order))),
            rules=Rules(
                kind=protocol.kind,
                rounds=sitting.n_rounds,
                offers=protocol.offers,
                learns=protocol.beliefs == "learned",
                times=self._times(place),
                goes_on=self._goes_on(place),
            ),
            required=tuple(self._required()),
            quorum=compiled.consent.quorum if compiled.consent.voters else len(self._required()),
            breaks_down=np.array([float(breaks_down)]),
            p_breakdown=table.p_breakdown,
            open=open_deals(table, self.truth, {}),
            drafts=lambda k: numbers(k)[:, world:],
            choices=table.choices,
        )

    def _seat(self, k: int, sitting: Sitting) -> Seat:
        gain, envoy = gains_of(self.wishes, self.table.order[k], self.table.deals), sitting.speakers.get(self.order[k])
        tactic = None if envoy is None else envoy.tactic
        root: Path = () if envoy is None else ("talks", "envoys", envoy.id)
        return seat_party(self.table, k, gain, self.changes.draws(self.day), self.wishes, tactic, root)

    def _hear_counsel(self, sitting: Sitting, arena: Arena) -> bool:
        due = [
            one
            for one in self.talks.counsel
            if one.id not in self.heard
            and (one.session == sitting.session.id if one.date is None else self._day(one.date) <= self.day)
        ]
        for counsel in due:
            self.heard.add(counsel.id)
            self._counsel(counsel.id, arena)
        return bool(due)

    def _counsel(self, name: str, arena: Arena) -> None:
        """Believed where bias times what pressing on a bluff gains is more than what a war costs, as it may be real."""
        assert self.talk is not None
        counsel = next(one for one in self.talks.counsel if one.id == name)
        speaks, hears = self.order.index(counsel.line[1]), self.order.index(counsel.hears)
        number = [line.id for line in self.table.parties[speaks].red_lines].index(counsel.line[3])
        gain = [float(one) / POINT for one in arena.seats[hears].gain[0]]
        safe = pressed = 0.0
        for deal, worth in enumerate(gain):
            crossed = {
                (k, n)
                for k, seat in enumerate(arena.seats)
                if k != hears
                for n, line in enumerate(seat.crosses)
                if line[deal]
            }
            if crossed <= {(speaks, number)}:
                pressed = max(pressed, worth)
            if not crossed:
                safe = max(safe, worth)
        bias, cost = (self.changes.value(("talks", "counsel", name, one), self.day) for one in ("bias", "war_cost"))
        belief = self.talk.beliefs[speaks]
        if bias * (pressed - safe) > cost * belief.real[0, number]:
            real = belief.real.copy()
            real[0, number] = self.changes.real(self.day)[counsel.line[1], counsel.line[3]]
            told = [*self.talk.beliefs]
            told[speaks] = Belief(belief.weight, real, belief.serious)
            self.talk.believe(told)

    def _conclude(self, partial: PartialAgreement, sitting: Sitting, *, possible: bool) -> None:
        root: Path = ("talks", "partial_agreements", partial.id)
        possible &= partial.id not in self.lived.concluded
        chance = self._chance(root, partial) if possible and self._pays(partial, root) else 0.0
        agreed = self._u(*root, "agreed", sitting.session.id, str(sitting.number)) < chance
        seen = next((one for one in self.talks.observed if one.partial == partial.id), None)
        if seen is not None and self.day <= self.now:
            agreed = seen.at == sitting.session.id and possible
            self._weigh(seen, log_of(chance if seen.at == sitting.session.id else 1 - chance))
        if agreed:
            self.lived.concluded[partial.id] = self.day
            issue = next(one for one in self.scenario.issues if one.id == partial.issue)
            self.changes.settled[issue.id] = issue.options.index(partial.to)
            self.changes.strike(root, partial.effects, self.day, 1)
            self._follow(partial.id, 1)

    def _pays(self, partial: PartialAgreement, root: Path) -> bool:
        """Whether each gains by it as much as it wants in return."""
        issue = next(one for one in self.scenario.issues if one.id == partial.issue)
        to, held = issue.options.index(partial.to), issue.options.index(partial.instead_of)
        numbers = self.changes.all_numbers(self.day)
        asked = {party for party, _ in partial.in_return}
        for party in self.scenario.parties:
            if party.id not in self.order:
                continue
            gain = 0
            if issue.id not in self.changes.settled:
                worth = [reference._worth(party, issue, k, numbers, reference.AS_STATED) for k in (to, held)]
                gain = worth[0] - worth[1]
            wanted = self.changes.value((*root, "in_return", party.id), self.day) if party.id in asked else 0.0
            if gain / POINT < wanted:
                return False
        return True
