"""Whether a party may gain from a harder line of its own.

That it never does sounds safe, and is no law. A line that a party is known not to cross takes away what the other
would rather have, and leaves what it must do with: commitment (Schelling 1960). A better alternative does the same
more gently: the Nash solution never gives less to whose disagreement point rises while a deal remains (Thomson 1987).
What it costs is the zone: neither ever opens one, and either may close it, and then there is nothing but no deal.

Each signatory's bluffable lines are made real in every world, one after the other; then its no-deal value is taken to
be 5 points higher than it is. What it has from the Nash solution is compared, at what no deal is really worth.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from negsim.checks.questions.answer import Answer, answered, not_applying
from negsim.checks.questions.asking import TINY, Asking
from negsim.errors import format_path
from negsim.model.draws import with_quantities
from negsim.zone.existence import zone_exists

__all__ = ["ID", "ask"]

ID = "own_harder_line"

_POINTS = 5.0


def ask(asking: Asking) -> Iterator[Answer]:
    """Ask of each signatory: each of its lines that may be bluffs, then its no-deal value."""
    if asking.why_no_solution:
        yield not_applying(ID, "parties", asking.why_no_solution)
        return
    scenario, n = asking.compiled.scenario, asking.n_worlds
    for place, party in enumerate(asking.signatories):
        for line in party.red_lines:
            if line.firmness is not None:
                path = (*party.path, "red_lines", line.id, "firmness")
                # Certain, and nothing else: what is the `same` as this firmness stays where it is.
                draws = with_quantities(scenario, asking.draws, {path: np.ones(n)}, followers={})
                yield _answer(asking, place, f"{format_path(path)}=1", asking.payoffs_of(asking.worlds_of(draws)))
        if party.no_deal is not None:
            yield _answer(
                asking, place, f"{format_path((*party.path, 'no_deal'))}+{_POINTS:g}", _claimed(asking, place)
            )


def _claimed(asking: Asking, place: int) -> NDArray[np.float64]:
    """Give payoffs where one claims to have more without a deal; where there is none, it has what it really has."""
    k = asking.compiled.signatories[place]
    points = [-_POINTS * (k == other) for other in range(len(asking.compiled.scenario.actors))]
    claiming = asking.worlds.pressed(points)
    payoffs = asking.payoffs_of(claiming)
    payoffs[~zone_exists(asking.compiled, claiming), place] -= _POINTS
    return payoffs


def _answer(asking: Asking, place: int, subject: str, after: NDArray[np.float64]) -> Answer:
    before, mine = asking.payoffs[:, place], after[:, place]
    gains, loses = mine > before + TINY, mine < before - TINY
    world = int(np.argmax(mine - before))
    party = asking.signatories[place].id
    example = (
        f"{asking.name_world(world)}: {party} has {before[world]:.2f} points, and {mine[world]:.2f} with {subject}"
    )
    n = asking.n_worlds
    detail = (
        f"{party} has more in {np.count_nonzero(gains):,} and less in {np.count_nonzero(loses):,} of {n:,} worlds,"
        f" {np.mean(mine - before):+.2f} points on average"
    )
    return answered(ID, subject, n, int(np.count_nonzero(gains)), example, detail)
