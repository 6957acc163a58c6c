"""Small problems whose values add up over issues, and every combination of their options one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.solutions import plain

Sum = tuple[float, ...]
Combination = tuple[int, ...]


@dataclass(frozen=True)
class AdditiveProblem:
    """What the options of each issue are worth to each party: whole numbers (party, option)."""

    n_parties: int
    values: tuple[NDArray[np.float64], ...]

    @property
    def sums(self) -> dict[Combination, Sum]:
        """What every combination of options is worth to each party."""
        return {
            options: tuple(
                float(sum(value[party, option] for value, option in zip(self.values, options, strict=True)))
                for party in range(self.n_parties)
            )
            for options in product(*(range(value.shape[1]) for value in self.values))
        }

    @property
    def efficient_sums(self) -> set[Sum]:
        """The sums that no other is as high as for everybody."""
        return efficient(set(self.sums.values()))


def efficient(sums: set[Sum]) -> set[Sum]:
    return {one for one in sums if not any(plain.dominates(other, one) for other in sums)}


@st.composite
def additive_problems(draw: st.DrawFn, *, most_issues: int = 5) -> AdditiveProblem:
    """1 to 4 parties, up to 5 issues of up to 3 options; equal options, and issues nobody cares about, are common."""
    n_parties = draw(st.integers(1, 4))
    option = st.tuples(*[st.integers(-1, 3)] * n_parties)
    values = []
    for _ in range(draw(st.integers(0, most_issues))):
        options = draw(st.lists(option, min_size=1, max_size=3))
        if draw(st.integers(0, 3)) == 0:
            options = [options[0]] * len(options)
        values.append(np.array(options, np.float64).T)
    return AdditiveProblem(n_parties, tuple(values))
