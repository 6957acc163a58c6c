"""What a rule looks at: a loaded scenario, and what several rules need to know of it, worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from negsim.checks.supports import Support, support_of
from negsim.errors import Path, Place
from negsim.records import dataclass
from negsim.scenario import LoadedScenario
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.inventory import NamedQuantity, find_ends, list_quantities
from negsim.scenario.quantities import Same
from negsim.scenario.types import Demand, Issue, Party

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from negsim.model.cells import PartyCells
    from negsim.model.draws import Draws
    from negsim.model.structure import Structure

__all__ = ["Finding", "Subject"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: where, and what. ``on_key`` points at the key and not at the value below it.

    ``place`` is for what has no path of its own, such as a part of a text.
    """

    path: Path
    message: str
    help: str = ""
    on_key: bool = False
    place: Place | None = None


class Subject:
    """A scenario under examination. Whatever is expensive is worked out when a rule first asks for it.

    Everything here is over cells, never over outcomes, of which there may be a thousand times as many.
    """

    def __init__(self, loaded: LoadedScenario) -> None:
        self.scenario = loaded.scenario
        self.document = loaded.document
        self.states: dict[Path, Support] = {}
        """Of outcomes that no deal is as good as, what they are worth to those under whose path they stand."""
        self._value_bounds: dict[tuple[str, str], NDArray[np.float64]] = {}

    @cached_property
    def structure(self) -> Structure:
        """The cells; raises ScenarioError if there are none or too many."""
        from negsim.model.structure import compile_structure

        return compile_structure(self.scenario)

    @cached_property
    def cells(self) -> Mapping[str, PartyCells]:
        """What the conditions of each party and ratifier say in each cell."""
        ids = (actor.id for actor in self.scenario.actors)
        return dict(zip(ids, self.structure.parties, strict=True))

    @cached_property
    def used(self) -> Mapping[str, NDArray[np.bool_]]:
        """Which choices of each issue some outcome has: bool array (choice,)."""
        import numpy as np

        structure = self.structure
        used = {issue.id: np.ones(issue.n_choices, np.bool_) for issue in self.scenario.issues}
        for column, k in enumerate(structure.cell_issues):
            issue = structure.issues[k]
            used[issue.id] = np.bincount(structure.choice[:, column], minlength=issue.n_choices) > 0
        return used

    @cached_property
    def quantities(self) -> Mapping[Path, NamedQuantity]:
        """Every quantity by its path."""
        return {named.path: named for named in list_quantities(self.scenario)}

    @cached_property
    def ends(self) -> Mapping[Path, NamedQuantity]:
        """The quantity with a value of its own that each quantity stands for: where its ``same`` leads, or itself."""
        return find_ends(self.quantities.values())

    @cached_property
    def supports(self) -> Mapping[Path, Support]:
        """Between which ends every quantity lies; what is the same as another lies where that does."""
        own = {
            path: support_of(named.quantity, named.domain)
            for path, named in self.quantities.items()
            if not isinstance(named.quantity, Same)
        }
        return {path: own[end.path] for path, end in self.ends.items()}

    def is_stated(self, path: Path) -> bool:
        """Tell whether something stands in the file itself; what a ratifier has of its party does not."""
        return path in self.document.marks

    def weight(self, party: Party, issue_id: str) -> Support:
        """Say between which ends the weight of an issue to a party lies, in the party's own scale."""
        if party.priorities:
            return self.supports.get((*party.path, "priorities", issue_id), Support(0.0, 0.0))
        from negsim.model.values import weighted_issues

        return Support(1.0, 1.0) if issue_id in weighted_issues(party) else Support(0.0, 0.0)

    def value_bounds(self, party: Party, issue: Issue) -> NDArray[np.float64]:
        """Bound what each choice is worth to a party: (end, choice), the lower ends and then the upper.

        Inferring and interpolating keep order, so two worlds with all quantities at their ends bound every other.
        """
        if (party.id, issue.id) not in self._value_bounds:
            from negsim.model.values import option_values

            self._value_bounds[party.id, issue.id] = option_values(party, issue, self._ends)
        return self._value_bounds[party.id, issue.id]

    @cached_property
    def _ends(self) -> Draws:
        import numpy as np

        from negsim.model.draws import Draws

        ends = {path: np.array([support.low, support.high]) for path, support in self.supports.items()}
        return Draws(ends, {}, 2)

    def holds(self, condition: Condition) -> NDArray[np.bool_]:
        """Say in which cells a condition holds."""
        from negsim.model.conditions import truth

        return truth(condition, self.scenario.issues)[tuple(self.choices(name) for name in condition.issues)]

    def choices(self, issue_id: str) -> NDArray[np.intp]:
        """Give the choice of a cell issue in each cell."""
        structure = self.structure
        position = next(k for k, issue in enumerate(structure.issues) if issue.id == issue_id)
        return structure.choice[:, structure.cell_issues.index(position)]

    def cell_demands(self, party: Party) -> Iterator[tuple[Demand, Issue]]:
        """List a party's demands on cell issues; those on free issues can be met whatever the cell."""
        cell_issues = {self.structure.issues[k].id: self.structure.issues[k] for k in self.structure.cell_issues}
        for demand in party.demands:
            if demand.form != "any" and demand.issue in cell_issues:
                yield demand, cell_issues[demand.issue]

    def meets_demands(self, party: Party) -> NDArray[np.bool_]:
        """Say which cells meet all demands of a party. A demand on an issue that is irrelevant asks for nothing."""
        import numpy as np

        meets = np.ones(self.structure.n_cells, np.bool_)
        for demand, issue in self.cell_demands(party):
            met = np.arange(issue.n_choices) >= len(issue.options)
            met[list(demand.met_by)] = True
            meets &= met[self.choices(issue.id)]
        return meets
