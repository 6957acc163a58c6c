"""Which outcome: the Pareto frontier and the solutions of cooperative bargaining theory, on arrays of gains.

Every solution lies on the frontier of the individually rational outcomes and depends on nothing else, so the frontier
can be found first and all solutions on it.
"""

from negsim.solutions.egalitarian import egalitarian
from negsim.solutions.frontier import efficient_points, pareto_optimal
from negsim.solutions.kalai_smorodinsky import kalai_smorodinsky
from negsim.solutions.leximin import leximin
from negsim.solutions.nash import nash
from negsim.solutions.rational import rational_outcomes
from negsim.solutions.table import SOLUTIONS, Solution, Solve
from negsim.solutions.utilitarian import utilitarian

__all__ = [
    "SOLUTIONS",
    "Solution",
    "Solve",
    "efficient_points",
    "egalitarian",
    "kalai_smorodinsky",
    "leximin",
    "nash",
    "pareto_optimal",
    "rational_outcomes",
    "utilitarian",
]
