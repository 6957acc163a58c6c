"""How two parties share a pie of 1, in closed form: alternating offers, and the Nash solution that they tend to.

Formulas alone, on numbers, for teaching and to hold a simulation against. In all of them but the last, parties take
turns to propose, every share is that of the first proposer, and the other accepts what it is indifferent to.
"""

from __future__ import annotations

from negsim.bargaining.arguments import require_at_least, require_between, require_fraction, require_positive
from negsim.errors import UsageError
from negsim.model.war import proposer_share

__all__ = ["breakdown", "nash_split", "outside_option", "rubinstein", "rubinstein_limit", "stahl"]


def rubinstein(discount: float, discount_of_other: float) -> float:
    """Give the first proposer's share where offers may go on for ever: (1 - d2) / (1 - d1 d2).

    Parameters
    ----------
    discount, discount_of_other : float
        Discount factors for each round, d1 of the first proposer and d2 of the other, above 0 and below 1.

    Returns
    -------
    float
        Share of the pie. The other gets d2 (1 - d1) / (1 - d1 d2), at once.

    Raises
    ------
    UsageError
        If a discount factor is out of range.

    References
    ----------
    Rubinstein (1982), Econometrica 50, 97-109, the case of fixed discounting factors.

    Examples
    --------
    >>> round(rubinstein(0.9, 0.8), 6)
    0.714286
    """
    require_fraction("discount", discount)
    require_fraction("discount_of_other", discount_of_other)
    return (1 - discount_of_other) / (1 - discount * discount_of_other)


def rubinstein_limit(rate: float, rate_of_other: float) -> float:
    """Give the share that Rubinstein's tends to as offers follow ever faster upon each other: r2 / (r1 + r2).

    Parameters
    ----------
    rate, rate_of_other : float
        Discount rates r1 and r2, both for one unit of time, above 0; after a time D the factors are exp(-r D).

    Returns
    -------
    float
        Share of the pie; who is first no longer matters.

    Raises
    ------
    UsageError
        If a rate is out of range.

    References
    ----------
    Binmore, Rubinstein & Wolinsky (1986), RAND Journal of Economics 17, 176-188: it is the Nash solution with powers
    in inverse proportion to the rates.

    Examples
    --------
    >>> round(rubinstein_limit(0.1, 0.3), 6)
    0.75
    """
    require_positive("rate", rate)
    require_positive("rate_of_other", rate_of_other)
    return rate_of_other / (rate + rate_of_other)


def stahl(discount: float, n_periods: int) -> float:
    """Give the first proposer's share where talks end after some periods, one offer in each: (1 - (-d)^T) / (1 + d).

    Parameters
    ----------
    discount : float
        Discount factor of both parties for each period (d), above 0 and below 1.
    n_periods : int
        Periods (T), at least 1; in the last, who proposes takes all. With an odd number that is the first proposer.

    Returns
    -------
    float
        Share of the pie.

    Raises
    ------
    UsageError
        If the discount factor is out of range, or the periods are not a whole number from 1.

    References
    ----------
    Ståhl (1972), Bargaining Theory, Stockholm School of Economics. The form is the sum of 1 - d + d^2 - ..., T terms
    long, that backward induction gives.

    Examples
    --------
    >>> [round(stahl(0.9, n_periods), 6) for n_periods in (1, 2, 3, 10, 11)]
    [1.0, 0.1, 0.91, 0.342801, 0.691479]
    """
    require_fraction("discount", discount)
    require_at_least("n_periods", n_periods, 1)
    if n_periods % 1:
        raise UsageError(f"n_periods is a whole number, not {n_periods}")
    return (1 - (-discount) ** n_periods) / (1 + discount)


def breakdown(p_going_on: float, disagreement: tuple[float, float]) -> float:
    """Give the first proposer's share where each refusal may end the talks: d1 + (1 - d1 - d2) / (1 + p).

    Parties do not discount. As p tends to 1, so that talks hardly ever break down, the share tends to that of the Nash
    solution with the disagreement point d.

    Parameters
    ----------
    p_going_on : float
        Probability that talks go on after a refusal (p), above 0 and below 1.
    disagreement : tuple of float
        What the first proposer (d1) and the other (d2) get if talks break down: shares of the pie, at least 0, that
        add up to at most 1.

    Returns
    -------
    float
        Share of the pie.

    Raises
    ------
    UsageError
        If an argument is out of range.

    References
    ----------
    Binmore, Rubinstein & Wolinsky (1986), RAND Journal of Economics 17, 176-188, the model with a risk of breakdown,
    here with utility linear in the share.

    Examples
    --------
    >>> round(breakdown(0.9, (0.3, 0.1)), 6)
    0.615789
    """
    require_fraction("p_going_on", p_going_on)
    own, others = disagreement
    require_at_least("disagreement[0]", own)
    require_at_least("disagreement[1]", others)
    if own + others > 1:
        raise UsageError(f"disagreement adds up to at most 1, not {own} + {others}: there would be nothing to share")
    return own + (1 - own - others) / (1 + p_going_on)


def outside_option(discount: float, option: float) -> float:
    """Give the first proposer's share where the other may leave instead of a counter-offer: 1 - max(d / (1 + d), b).

    Unlike what parties get if talks break down (`breakdown`), an option below what talks give anyway changes nothing.

    Parameters
    ----------
    discount : float
        Discount factor of both parties for each round (d), above 0 and below 1.
    option : float
        What the other gets by leaving (b), as a share of the pie, 0 to 1; the first proposer has no such option.

    Returns
    -------
    float
        Share of the pie.

    Raises
    ------
    UsageError
        If an argument is out of range.

    References
    ----------
    Binmore, Shaked & Sutton (1989), Quarterly Journal of Economics 104, 753-770.

    Examples
    --------
    >>> [round(outside_option(0.9, option), 6) for option in (0, 0.45, 0.5, 0.6)]
    [0.526316, 0.526316, 0.5, 0.4]
    """
    require_fraction("discount", discount)
    require_between("option", option, 0, 1)
    return proposer_share(discount, option)


def nash_split(power: tuple[float, float], exponents: tuple[float, float]) -> float:
    """Give the first party's share in the Nash solution for utilities x^a and (1 - x)^b: v a / (v a + w b).

    Parameters
    ----------
    power : tuple of float
        Bargaining power of each party (v, w), above 0; only their ratio matters.
    exponents : tuple of float
        Exponents of each party's utility (a, b), above 0 and at most 1; the smaller, the more a party fears risk.

    Returns
    -------
    float
        Share of the pie.

    Raises
    ------
    UsageError
        If an argument is out of range.

    References
    ----------
    Nash (1950), Econometrica 18, 155-162; powers as in Roth (1979), Axiomatic Models of Bargaining, theorem 3. At the
    maximum of v a log x + w b log(1 - x), v a / x = w b / (1 - x).

    Examples
    --------
    >>> round(nash_split((1, 1), (1, 0.5)), 6), nash_split((2, 1), (1, 0.5))
    (0.666667, 0.8)
    """
    for i in range(2):
        require_positive(f"power[{i}]", power[i])
        require_positive(f"exponents[{i}]", exponents[i])
        require_between(f"exponents[{i}]", exponents[i], 0, 1)
    first, second = (v * a for v, a in zip(power, exponents, strict=True))
    return first / (first + second)
