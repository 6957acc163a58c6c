"""Outcomes that a scenario allows, by the options of each issue."""

from __future__ import annotations

from hypothesis import strategies as st

from negsim.errors import ScenarioError
from negsim.model.outcomes import spell
from negsim.model.structure import Structure, compile_structure
from negsim.scenario.types import Scenario

__all__ = ["has_outcomes", "outcomes"]


def outcomes(scenario: Scenario) -> st.SearchStrategy[dict[str, str]]:
    """Draw outcomes that satisfy the rules, with ``irrelevant`` for issues that do not arise.

    Shrinks to the first options in declared order.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    strategy of dict of str to str
        Issue to option, by their ids, in declared order.

    Raises
    ------
    ScenarioError
        If the scenario has no outcomes (NS410), or conditions name too many to enumerate (NS411).

    Examples
    --------
    >>> from hypothesis import find
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues:
    ...   price: {title: Price, scale: 0..100, step: 10}
    ...   berth: {title: Berth, when: price > 50, options: [seller, buyer]}
    ... rules: {never_free: {require: price > 0}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: 30}
    ... ''')
    >>> find(outcomes(sale), lambda outcome: True)
    {'price': '10', 'berth': 'irrelevant'}
    """
    return _spelled(scenario, compile_structure(scenario))


@st.composite
def _spelled(draw: st.DrawFn, scenario: Scenario, structure: Structure) -> dict[str, str]:
    cell = draw(st.integers(0, structure.n_cells - 1))
    choice = dict(zip(structure.cell_issues, structure.choice[cell].tolist(), strict=True))
    for issue, n_options in zip(structure.free_issues, structure.free_shape, strict=True):
        choice[issue] = draw(st.integers(0, n_options - 1))
    return dict(spell(scenario, [choice[k] for k in range(len(scenario.issues))]))


def has_outcomes(scenario: Scenario) -> bool:
    """Tell whether the rules leave any outcome."""
    try:
        compile_structure(scenario)
    except ScenarioError as error:
        return all(problem.code != "NS410" for problem in error.problems)
    return True
