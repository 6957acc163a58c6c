"""What is heard at the table: offers, answers, and the reasons that are given for refusals.

A party says no with the red line that it has stated, whether that is real or not; otherwise that this is below what it
needs, and on which issue it wants movement most. That issue is chosen by its own points, as it would be by somebody who
wants a deal; how many points are in question is not said, nor whether the deal is better for it than none.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from negsim.bargaining.protocols.single_text import MEDIATOR
from negsim.bargaining.talk import Talk, Turn
from negsim.model.values import UNITS_PER_POINT
from negsim.teaching.playing.match import Match, Options, Setup
from negsim.teaching.playing.told import Reply, Said
from negsim.zone.acceptance import accepts_outcomes

__all__ = ["Witness", "worth_by_issue"]


def worth_by_issue(match: Match, setup: Setup, actor: int) -> tuple[tuple[float, ...], ...]:
    """Give the points that each choice of each issue is worth to an actor: ``[issue][choice]``."""
    structure, worlds = match.compiled.structure, setup.worlds
    held = dict(zip(structure.free_issues, worlds.free_value[actor], strict=True))
    held |= dict(zip(structure.cell_issues, worlds.cell_value[actor], strict=True))
    return tuple(
        tuple((held[k][0].astype(np.float64) / UNITS_PER_POINT).tolist()) for k in range(len(structure.issues))
    )


class Witness:
    """Writes down what a person at the table hears."""

    def __init__(self, match: Match, setup: Setup) -> None:
        self.said: list[Said] = []
        self._match, self._setup = match, setup
        self._last: dict[int, int] = {}
        self._turns: dict[int, int] = {}

    def hear(self, turn: Turn) -> None:
        """Write down an offer and the answers to it, or one more answer."""
        deal = int(turn.deal[0])
        speaker, when = (int(np.broadcast_to(one, 1)[0]) for one in (turn.speaker, turn.round))
        self._turns[when] = self._turns.get(when, 0) + 1
        if deal < 0 or not np.any(turn.asked):
            return
        options = self._match.spelled(self._setup, deal)
        before = self._last.get(speaker, -1)
        known = self._match.spelled(self._setup, before) if before >= 0 else ()
        self._last[speaker] = deal
        self.said.append(
            Said(
                session=self._match.session_of(when) + 1,
                round=when + 1,
                speaker="" if speaker == MEDIATOR else self._setup.arena.seats[speaker].name,
                options=options,
                moved=tuple(pair for pair in options if pair not in known),
                replies=(*self._at_the_table(turn, deal, options), *self._elsewhere(turn, deal)),
            )
        )

    def offers(self) -> tuple[tuple[str, Options], ...]:
        """Give the last offer of each seat that was told of."""
        seats = self._setup.arena.seats
        return tuple(
            (seats[k].name, self._match.spelled(self._setup, deal)) for k, deal in self._last.items() if k != MEDIATOR
        )

    def speaker_of(self, talk: Talk) -> str:
        """Say whose offer is being answered; empty where it is a mediator's."""
        arena = self._setup.arena
        match arena.rules.kind:
            case "single_text":
                return ""
            case "stacked_alternating_offers":
                speaker = int(talk.memory["speaker"][0])
            case "monotonic_concession":
                # All have offered, and their offers are put one after the other.
                speaker = self._turns.get(talk.round, 0)
            case _:
                speaker = talk.round % len(arena.seats)
        return arena.seats[speaker].name

    def _at_the_table(self, turn: Turn, deal: int, options: Options) -> Iterator[Reply]:
        for k in np.flatnonzero(turn.asked[:, 0]).tolist():
            seat = self._setup.arena.seats[k]
            if turn.accepted[k, 0] or k == self._match.place:
                yield Reply(seat.name, bool(turn.accepted[k, 0]))
                continue
            lines = self._lines(self._match.order[k], deal)
            yield Reply(seat.name, accepted=False, lines=lines, wants="" if lines else self._wants(k, deal))

    def _elsewhere(self, turn: Turn, deal: int) -> Iterator[Reply]:
        """Say who refuses without sitting at the table."""
        if turn.suits[0]:
            return
        match, deals = self._match, self._setup.table.deals.pick([deal])
        for k in match.compiled.consent.required:
            if k in match.order or k >= len(match.scenario.parties):
                continue
            needed = match.compiled.structure.parties[k].needed[deals.cell[0]]
            if needed and not accepts_outcomes(self._setup.truth, k, deals)[0, 0]:
                yield Reply(match.scenario.parties[k].id, accepted=False, lines=self._lines(k, deal), away=True)

    def _lines(self, actor: int, deal: int) -> tuple[str, ...]:
        """Name the stated red lines of an actor that a deal crosses."""
        cells = self._match.compiled.structure.parties[actor]
        crossed = cells.crossed[cells.signature[self._setup.table.deals.cell[deal]]]
        lines = self._match.scenario.parties[actor].red_lines
        return tuple(line.id for line, hit in zip(lines, crossed.tolist(), strict=True) if hit)

    def _wants(self, k: int, deal: int) -> str:
        """Choose the issue that costs a party most beside its own last offer, or beside its best options."""
        worth = worth_by_issue(self._match, self._setup, self._match.order[k])
        choices = self._setup.table.choices
        own = choices[self._last[k]] if k in self._last else [int(np.argmax(one)) for one in worth]
        lacks = [one[there] - one[here] for one, here, there in zip(worth, choices[deal], own, strict=True)]
        most = int(np.argmax(lacks))
        return self._match.scenario.issues[most].id if lacks[most] > 0 else ""
