"""Whether more options may hurt somebody.

That another option hurts nobody sounds natural and is no law: what the other side then would rather have is chosen, and
who was content with what there was has less. No solution that is blind to the scales of utility can keep from doing
that (Kıbrıs and Tapkı 2010). The zone itself never shrinks for an option more; nor does the best product of gains. But
talks may miss a deal among more of them.

Each option of a free issue with more than two is taken away, the values of the others staying as they are. The answer
is yes in a world in which some signatory then has more from the Nash solution, or talks agree and did not before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from negsim.bargaining.stops import Stop
from negsim.bargaining.table import Table
from negsim.checks.questions.answer import Answer, answered, not_applying
from negsim.checks.questions.asking import TINY, Asking
from negsim.model.worlds import NEVER, Worlds

__all__ = ["ID", "ask"]

ID = "more_options"

_LEAST = 3
_MOST_ASKED = 16
"""Options that are taken away: all of them, or so many spread evenly."""


def ask(asking: Asking) -> Iterator[Answer]:
    """Ask of each option of each free issue."""
    if asking.why_no_solution:
        yield not_applying(ID, "issues", asking.why_no_solution)
        return
    structure = asking.compiled.structure
    options = [
        (place, option)
        for place, n_options in enumerate(structure.free_shape)
        for option in range(n_options if n_options >= _LEAST else 0)
    ]
    if not options:
        yield not_applying(ID, "issues", "no issue with three options or more is free of conditions")
    chosen = np.linspace(0, len(options) - 1, _MOST_ASKED).astype(np.intp) if len(options) > _MOST_ASKED else None
    for place, option in options if chosen is None else [options[k] for k in np.unique(chosen).tolist()]:
        yield _answer(asking, place, option)


def _answer(asking: Asking, place: int, option: int) -> Answer:
    issue = asking.compiled.structure.issues[asking.compiled.structure.free_issues[place]]
    subject = f"issues.{issue.id}.options.{issue.options[option]}"
    rise = asking.payoffs_of(_without(asking.worlds, place, option)) - asking.payoffs
    more = np.any(rise > TINY, axis=1)
    agreed = asking.ends.stop == Stop.AGREED
    after = asking.ends_at(_table_without(asking.table, asking.compiled.structure.free_issues[place], option))
    won = ~agreed & (after.stop == Stop.AGREED)
    yes = more | won
    detail = (
        f"without it somebody has more in {np.count_nonzero(more):,} of {asking.n_worlds:,} worlds; talks agree in"
        f" {np.count_nonzero(agreed):,} with it and {np.count_nonzero(after.stop == Stop.AGREED):,} without"
    )
    if np.any(more):
        world, who = np.unravel_index(np.argmax(rise), rise.shape)
        party, before = asking.signatories[int(who)].id, asking.payoffs[world, who]
        shown = f"{party} has {before:.2f} points, and {before + rise[world, who]:.2f} without it"
    else:
        world, shown = np.argmax(won), "talks agree without it alone"
    example = f"{asking.name_world(int(world))}: {shown}"
    return answered(ID, subject, asking.n_worlds, int(np.count_nonzero(yes)), example, detail)


def _without(worlds: Worlds, place: int, option: int) -> Worlds:
    """Let nobody ever accept an option of a free issue."""
    free_value = []
    for values in worlds.free_value:
        spoilt = values[place].copy()
        spoilt[:, option] = -NEVER
        free_value.append((*values[:place], spoilt, *values[place + 1 :]))
    return replace(worlds, free_value=tuple(free_value))


def _table_without(table: Table, issue: int, option: int) -> Table:
    """Take the deals with an option off the table, and all that is thought of them."""
    left = table.choices[:, issue] != option
    thought = tuple(
        replace(one, value=one.value[:, left], crosses=np.ascontiguousarray(one.crosses[:, left]))
        for one in table.prospects
    )
    return replace(table, deals=table.deals.pick(left), choices=table.choices[left], prospects=thought)
