"""What the results and the designs of studies are called."""

from __future__ import annotations

__all__ = ["DESIGNS", "RESULTS", "result_title"]

RESULTS = {
    "p_zone": "P(zone)",
    "p_agreement": "P(agreement), by bargaining",
    "talks.p_agreement": "P(agreement), by the calendar",
}
"""The probabilities that cells are compared by."""

DESIGNS = {
    "grid": "every combination of the values",
    "list": "the combinations listed",
    "sobol": "scrambled Sobol' points",
    "lhs": "a Latin hypercube",
    "morris": "Morris trajectories",
    "saltelli": "Saltelli's points for Sobol' indices",
}


def result_title(name: str) -> str:
    """Name a result: in words if it is a headline, else as it is written.

    >>> result_title("p_zone"), result_title("rounds")
    ('P(zone)', 'rounds')
    """
    return RESULTS.get(name, name)
