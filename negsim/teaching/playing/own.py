"""What a person knows of a deal in a match: its worth to the own party, the own lines it crosses, and stated ones."""

from __future__ import annotations

from collections.abc import Mapping

from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.teaching.playing.match import Match, Options, Setup
from negsim.teaching.playing.witness import worth_by_issue
from negsim.teaching.points import where

__all__ = ["Own", "View", "own_view"]


@dataclass(frozen=True, slots=True)
class View:
    """One deal as the person sees it.

    ``points`` are the own ones, ``gain`` those over no deal. ``real`` and ``bluffs`` are own red lines that it crosses,
    ``stated`` those of others, as ``(party, line)``; ``met`` are own stated demands that it meets, by issue.
    """

    options: Options
    points: float
    gain: float
    real: tuple[str, ...]
    bluffs: tuple[str, ...]
    stated: tuple[tuple[str, str], ...]

    @property
    def is_acceptable(self) -> bool:
        """Whether the own party would rather have it than no deal."""
        return self.gain >= 0 and not self.real


@dataclass(frozen=True, slots=True)
class Own:
    """What a person knows of the own party: ``worth[issue][choice]`` in points, and what no deal is worth to it."""

    match: Match
    setup: Setup
    worth: Mapping[str, tuple[float, ...]]
    no_deal: float

    def view(self, options: Options) -> View:
        """Look at a deal."""
        scenario, party = self.match.scenario, self.match.party
        choice = self.match.choice_of(options)
        deal = dict(zip((issue.id for issue in scenario.issues), choice.tolist(), strict=True))
        outcome = self.match.compiled.structure.outcomes_of(choice[None])
        points = float(self.match.points_of(self.setup, self.match.order[self.match.place], outcome)[0])
        crossed = {
            (one.id, line.id): line
            for one in scenario.actors
            for line in one.red_lines
            if deal not in where(line.require, scenario.issues)
        }
        own = [line for (actor, _), line in crossed.items() if actor == party.id]
        return View(
            options=options,
            points=points,
            gain=points - self.no_deal,
            real=tuple(line.id for line in own if line.firmness is None),
            bluffs=tuple(line.id for line in own if line.firmness is not None),
            stated=tuple(pair for pair in crossed if pair[0] != party.id),
        )


def own_view(match: Match, sitting: int = 0) -> Own:
    """Gather what a person knows of the own party, at a session counted from 0."""
    setup = match.set_table(sitting=sitting)
    actor = match.order[match.place]
    worth = worth_by_issue(match, setup, actor)
    return Own(
        match=match,
        setup=setup,
        worth={issue.id: points for issue, points in zip(match.scenario.issues, worth, strict=True)},
        no_deal=float(setup.worlds.no_deal[actor][0]) / UNITS_PER_POINT,
    )
