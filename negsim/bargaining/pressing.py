"""How far to press where a demand may be refused, in closed form: one offer in the shadow of war, red lines, risk.

Formulas alone, on numbers. In the models of war a pie of 1 is shared or fought over: A wins it with probability p, and
war costs A and B what it costs them, in the same shares of the pie. A demands, B accepts or fights, and accepts what it
is indifferent to.
"""

from __future__ import annotations

from math import inf

from negsim.bargaining.arguments import require_at_least, require_between
from negsim.errors import UsageError

__all__ = ["press_threshold", "two_types", "ultimatum", "zeuthen_risk"]


def ultimatum(p: float, cost: float, low: float, high: float) -> tuple[float, float]:
    """Give the best demand, take it or leave it, of who does not know what war costs the other, and the risk of war.

    A demands p + z. B, whose cost is uniform from ``low`` to ``high``, accepts if it is at least z. A's expected gain
    over war, z P(cost >= z) - c P(cost < z) up to a constant, is largest at z = clip((high - c) / 2, low, 1 - p).

    Parameters
    ----------
    p : float
        Probability that A wins a war, 0 to 1.
    cost : float
        What war costs A (c), as a share of the pie, at least 0.
    low, high : float
        Bounds of what war costs B, as shares of the pie; 0 <= low <= high.

    Returns
    -------
    demand : float
        Share of the pie that A demands, at most 1. Where even ``low`` is above 1 - p, A demands all and gets it.
    p_war : float
        Probability of war, max(0, (z - low) / (high - low)): the same for every p, unless 1 - p bounds z. It is 0 for
        every p if c >= high - 2 low, and so if ``low`` and ``high`` are the same.

    Raises
    ------
    UsageError
        If an argument is out of range.

    References
    ----------
    Fearon (1995), International Organization 49, 379-414, on private information about costs, for any distribution;
    the uniform case is solved here. Gains are linear in the share: with other utilities the risk depends on p.

    Examples
    --------
    >>> [round(x, 6) for x in ultimatum(0.5, 0.1, 0, 0.4)]
    [0.65, 0.375]
    """
    require_between("p", p, 0, 1)
    require_at_least("cost", cost)
    require_at_least("low", low)
    require_at_least("high", high, low)
    beyond = min(max((high - cost) / 2, low), 1 - p)
    # Never divides by 0: nothing is above `low` if `high` is not.
    p_war = (beyond - low) / (high - low) if beyond > low else 0.0
    return p + beyond, p_war


def press_threshold(gain: float, loss: float) -> float:
    """Give the probability that a red line is real below which it pays to press on it: G / (G + L).

    Parameters
    ----------
    gain : float
        What pressing gains if the line is a bluff (G), at least 0.
    loss : float
        What it loses if the line is real (L), at least 0, in the same unit; one of the two is above 0.

    Returns
    -------
    float
        Threshold, 0 to 1. At the threshold itself pressing and not pressing are worth the same.

    Raises
    ------
    UsageError
        If an argument is out of range, or both are 0.

    References
    ----------
    Expected utility: (1 - P) G > P L.

    Examples
    --------
    >>> press_threshold(3, 1)
    0.75
    """
    require_at_least("gain", gain)
    require_at_least("loss", loss)
    if gain + loss == 0:
        raise UsageError(f"gain or loss is above 0, not {gain} and {loss}: nothing hangs on pressing")
    return gain / (gain + loss)


def two_types(low_cost: float, high_cost: float, cost: float) -> float:
    """Give the probability of a tough opponent below which it pays to press: (h - l) / (h + c).

    War costs a tough B ``low_cost`` (l) and a soft one ``high_cost`` (h). A demands p + l, which both accept, or
    presses with p + h, which a tough B answers with war: h - l is gained, or l + c lost (`press_threshold`).

    Parameters
    ----------
    low_cost, high_cost : float
        What war costs either type of B, as shares of the pie; 0 <= low_cost <= high_cost. Both demands are taken to be
        at most 1.
    cost : float
        What war costs A (c), as a share of the pie, at least 0, and above 0 if ``high_cost`` is 0.

    Returns
    -------
    float
        Threshold, 0 to 1. At the threshold itself both demands are worth the same.

    Raises
    ------
    UsageError
        If an argument is out of range.

    References
    ----------
    The model of Fearon (1995), International Organization 49, 379-414, with two types instead of a continuum.

    Examples
    --------
    >>> round(two_types(0.1, 0.4, 0.1), 6)
    0.6
    """
    require_at_least("low_cost", low_cost)
    require_at_least("high_cost", high_cost, low_cost)
    require_at_least("cost", cost)
    if high_cost + cost == 0:
        raise UsageError(f"high_cost or cost is above 0, not {high_cost} and {cost}: nothing hangs on pressing")
    return press_threshold(high_cost - low_cost, low_cost + cost)


def zeuthen_risk(own: float, others: float, disagreement: float) -> float:
    """Give the risk of no deal that a party bears rather than concede: (u(own) - u(other's)) / (u(own) - d).

    Who has the lower risk concedes. That is whose offer has the smaller product of both parties' gains over no deal, so
    concessions lead to the Nash solution.

    Parameters
    ----------
    own, others : float
        The party's utility of its own offer and of the other's, points.
    disagreement : float
        Its utility of no deal (d), points, below ``own``.

    Returns
    -------
    float
        0 to 1 where the other's offer lies between no deal and the party's own; negative where it is better than its
        own, so that there is nothing left to dispute, and above 1 where it is worse than no deal.

    Raises
    ------
    UsageError
        If an argument is not finite, or the party's own offer is no better than no deal.

    References
    ----------
    Zeuthen (1930), Problems of Monopoly and Economic Warfare, chapter 4; Harsanyi (1956), Econometrica 24, 144-157, who
    shows that concessions lead to Nash's solution.

    Examples
    --------
    >>> zeuthen_risk(80, 50, 20)
    0.5
    """
    for name, value in (("own", own), ("others", others), ("disagreement", disagreement)):
        if not -inf < value < inf:
            raise UsageError(f"{name} is finite, not {value}")
    if own <= disagreement:
        raise UsageError(f"own is above disagreement, not {own} against {disagreement}: no deal would be no worse")
    return (own - others) / (own - disagreement)
