"""A match: one seat of a game is played by a person, all others by the tactics that bargaining gives them.

What is worth what is settled in the game. What the others think of a party is what the scenario leaves open of it: its
demands and red lines as stated, whether a line is real as likely as its firmness says. Of a game that is its own
scenario nothing is open; there each line is thought as likely real as lines of that game are on the whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.deals import ALL_DEALS, deals_on_the_table
from negsim.bargaining.prospects import Prospect, prospects
from negsim.bargaining.seating import draw_worlds, seat_everybody
from negsim.bargaining.table import Table, breakdown_of, require_two
from negsim.errors import UsageError
from negsim.model.draws import Draws
from negsim.model.outcomes import Outcomes, spell
from negsim.model.sampling import BLOCK
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.scenario.bargaining import Protocol
from negsim.scenario.types import Party, Role, Scenario
from negsim.scenario.words import did_you_mean, joined
from negsim.scenario.writer import write
from negsim.teaching.game import Game
from negsim.teaching.playing.sittings import Sitting, plain_sittings, sittings_of
from negsim.zone.compiled import Compiled, compile_scenario

__all__ = ["Match", "Options", "Setup", "make_match", "who_can_be_played"]

Options = tuple[tuple[str, str], ...]
Choices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Setup:
    """The table of a match, and who sits there, in one world; ``worlds`` are what all deals are worth in it."""

    table: Table
    arena: Arena
    worlds: Worlds
    truth: Worlds


@dataclass(frozen=True, slots=True)
class Match:
    """A game with a seat that a person plays.

    ``place`` is the seat, in the order of speaking. ``common`` (deal, issue) are the deals that anybody may propose;
    the person may offer any other outcome too. ``pilot`` are the worlds by which the others think of a party.
    ``sittings`` are the sessions there can be.
    """

    game: Game
    compiled: Compiled
    thought: Compiled
    pilot: tuple[Draws, Worlds]
    order: tuple[int, ...]
    place: int
    seed: int
    common: Choices
    sittings: tuple[Sitting, ...]

    @property
    def scenario(self) -> Scenario:
        """The scenario of the game, in which all is settled."""
        return self.game.scenario

    @property
    def party(self) -> Party:
        """Whom the person plays."""
        return self.scenario.parties[self.order[self.place]]

    @property
    def others(self) -> tuple[Party, ...]:
        """The other signatories, in the order of speaking."""
        return tuple(self.scenario.parties[k] for k in self.order if k != self.order[self.place])

    @property
    def protocol(self) -> Protocol:
        """How they talk."""
        return self.scenario.protocol or Protocol()

    @property
    def n_rounds(self) -> int:
        """Rounds up to the deadline."""
        return sum(sitting.n_rounds for sitting in self.sittings)

    @property
    def has_calendar(self) -> bool:
        """Whether sessions are held on days, with what happens in between."""
        return self.sittings[0].day is not None

    @property
    def begins(self) -> tuple[int, ...]:
        """The first round, from 0, of each session."""
        return tuple(sum(one.n_rounds for one in self.sittings[:k]) for k in range(len(self.sittings)))

    def session_of(self, number: int) -> int:
        """Give the session, from 0, of a round, from 0."""
        return bisect_right(self.begins, number) - 1

    @property
    def is_needed(self) -> bool:
        """Whether there is no agreement without the person."""
        agreement = self.scenario.agreement
        return agreement.quorum is None or self.party.id in agreement.vetoes or agreement.quorum >= len(self.order)

    def fingerprint(self) -> str:
        """Give what tells this match from any other: a hash of the game and of what is thought of it."""
        text = "\n".join((write(self.scenario), write(self.thought.scenario)))
        return sha256(text.encode("utf-8")).hexdigest()

    def choice_of(self, options: Options) -> Choices:
        """Give the choice of each issue in an outcome: (issue,).

        Raises
        ------
        UsageError
            If the options are no possible deal.
        """
        held, issues = dict(options), self.scenario.issues
        if held.keys() != {one.id for one in issues} or any(held[one.id] not in one.choices for one in issues):
            raise UsageError(f"is no deal of {self.scenario.id}: {held}")
        choice = np.array([one.choices.index(held[one.id]) for one in issues], np.intp)
        structure = self.compiled.structure
        outcome = structure.outcomes_of(choice[None])
        if outcome.cell[0] >= structure.n_cells or np.any(structure.choices_of(outcome)[0] != choice):
            raise UsageError(f"is no possible deal of {self.scenario.id}: {held}")
        return choice

    def set_table(self, offered: Sequence[Options] = (), sitting: int = 0) -> Setup:
        """Set the table of a session, for talks in which the person has offered some deals so far."""
        own = dict.fromkeys(tuple(self.choice_of(options).tolist()) for options in offered)
        extra = [row for row in own if not np.any(np.all(self.common == row, axis=1))]
        choices = np.concatenate([self.common, np.array(extra, np.intp).reshape(len(extra), self.common.shape[1])])
        return self._seated(self._table(choices[self._in_order(choices)]), sitting)

    def _in_order(self, choices: Choices) -> Choices:
        """Sort deals as outcomes are numbered, which is how all of them are expected to stand."""
        outcomes = self.compiled.structure.outcomes_of(choices)
        return np.lexsort((*outcomes.free.T[::-1], outcomes.cell))

    def set_tables(self, offered: Sequence[Options] = ()) -> tuple[Setup, ...]:
        """Set the tables of all sessions; of those in which no deal is worth the same, one."""
        first = self.set_table(offered)
        found: dict[tuple[tuple[str, int], ...], Setup] = {}
        for place, sitting in enumerate(self.sittings):
            moved = tuple(pair for pair in sitting.moved if pair[1])
            if moved not in found:
                found[moved] = self._seated(first.table, place) if moved else first
        return tuple(found[tuple(pair for pair in sitting.moved if pair[1])] for sitting in self.sittings)

    def _seated(self, table: Table, sitting: int) -> Setup:
        drawn = draw_worlds(table, 0, 1)
        moved = dict(self.sittings[sitting].moved)
        if any(moved.values()):
            pressed = [-float(moved.get(actor.id, 0)) for actor in self.scenario.actors]
            drawn = replace(drawn, wishes=drawn.wishes.pressed(pressed), truth=drawn.truth.pressed(pressed))
        arena = _in_earnest(seat_everybody(table, drawn).only(0), self.place)
        if self.has_calendar:
            times = tuple((k + 1) / (self.n_rounds + 1) for k in range(self.n_rounds))
            arena = replace(arena, rules=replace(arena.rules, times=times))
        if len(table.choices) > len(self.common):
            known = {tuple(row) for row in self.common.tolist()}
            arena = replace(arena, listed=np.array([tuple(row) in known for row in table.choices.tolist()]))
        return Setup(table, arena, drawn.wishes, drawn.truth)

    def _table(self, choices: Choices) -> Table:
        deals = self.compiled.structure.outcomes_of(choices)
        there = self.thought.structure.outcomes_of(choices)
        draws, worlds = self.pilot
        said = prospects(self.thought, self.order, there, choices, draws, worlds)
        if self.thought is self.compiled:
            said = _none_the_wiser(said)
        broken = float(np.mean(breakdown_of(draws)))
        return Table(self.compiled, self.protocol, self.order, deals, choices, said, broken)

    def spelled(self, setup: Setup, deal: int) -> Options:
        """Spell a deal of the table out."""
        return spell(self.scenario, setup.table.choices[deal])

    def points_of(self, setup: Setup, actor: int, deals: Outcomes) -> NDArray[np.float64]:
        """Give what some deals are worth to an actor, on the table or not, by points alone: (deal,)."""
        gain = setup.worlds.gain(actor, deals)[0]
        return np.asarray((gain + float(setup.worlds.no_deal[actor][0])) / UNITS_PER_POINT)


def _in_earnest(arena: Arena, place: int) -> Arena:
    """Let whoever plays decide alone how serious to be, and when to leave."""
    seats = list(arena.seats)
    seat = seats[place]
    seats[place] = replace(
        seat, serious=np.ones_like(seat.serious), walks_out_below=np.zeros_like(seat.walks_out_below)
    )
    return replace(arena, seats=tuple(seats))


def _none_the_wiser(said: tuple[Prospect, ...]) -> tuple[Prospect, ...]:
    """Let nobody tell a bluff from a real line of which the file itself says which it is."""
    firmness = np.concatenate([one.firmness for one in said])
    if not len(firmness):
        return said
    mean = float(np.mean(firmness))
    return tuple(replace(one, firmness=np.full(len(one.firmness), mean)) for one in said)


def who_can_be_played(scenario: Scenario) -> tuple[Party, ...]:
    """List the parties that have a seat at the table."""
    return tuple(party for party in scenario.parties if party.role is Role.SIGNATORY)


def make_match(game: Game, party: str, *, seed: int = 0, scenario: Scenario | None = None) -> Match:
    """Set up a match.

    Parameters
    ----------
    game : Game
    party : str
        The id of the party that a person plays, or its title.
    seed : int
        Of what is left to chance at the table: breakdowns, and the drafts of a mediator.
    scenario : Scenario, optional
        What the game was made of, which says what the others think of a party; the game itself if left out.

    Raises
    ------
    UsageError, ScenarioError
        If no such party sits at the table; if fewer than two do; if there is no outcome.
    """
    settled = game.scenario
    require_two(settled)
    chosen = _find(settled, party)
    compiled = compile_scenario(settled, seed, "lhs")
    is_own = scenario is None or write(scenario) == write(settled)
    thought = compiled if is_own or scenario is None else compile_scenario(scenario, seed, "lhs")
    ids = [one.id for one in settled.parties]
    order = tuple(ids.index(name) for name in _speaking(settled))
    return Match(
        game=game,
        compiled=compiled,
        thought=thought,
        pilot=thought.draw(0, BLOCK),
        order=order,
        place=order.index(ids.index(chosen.id)),
        seed=seed,
        common=_common(compiled, thought),
        sittings=(() if is_own or scenario is None else sittings_of(scenario, seed))
        or plain_sittings(settled.protocol or Protocol()),
    )


def _speaking(scenario: Scenario) -> tuple[str, ...]:
    protocol = scenario.protocol or Protocol()
    return protocol.order or tuple(party.id for party in who_can_be_played(scenario))


def _common(compiled: Compiled, thought: Compiled) -> Choices:
    """Choose the deals that anybody may propose: all, or of many those of the scenario and the best of the game."""
    deals = deals_on_the_table(compiled)
    choices = compiled.structure.choices_of(deals)
    if compiled.structure.n_outcomes <= ALL_DEALS or thought is compiled:
        return choices
    further = thought.structure.choices_of(deals_on_the_table(thought))
    return np.unique(np.concatenate([choices, further]), axis=0)


def _find(scenario: Scenario, name: str) -> Party:
    """Find whom to play.

    Raises
    ------
    UsageError
        If nobody of that name sits at the table.
    """
    can = who_can_be_played(scenario)
    said = name.strip().casefold()
    for party in can:
        if said in (party.id.casefold(), party.title.casefold()):
            return party
    titles = joined([f"{party.id} ({party.title})" if party.title != party.id else party.id for party in can], "or")
    for party in scenario.parties:
        if said in (party.id.casefold(), party.title.casefold()):
            raise UsageError(
                f"{party.title} is a {party.role}, asked for its consent but not at the table; to be played: {titles}"
            )
    hint = did_you_mean(name, [*(party.title for party in can), *(party.id for party in can)])
    raise UsageError(f"--as {name}: there is no party of this name to play; {hint}; to be played: {titles}")
