"""Figures and lists in words: percentages with their intervals, counts, "a, b and c"."""

from __future__ import annotations

import math
from collections.abc import Sequence

from negsim.model.estimates import Estimate, Spread
from negsim.scenario.words import number_text

__all__ = [
    "bar",
    "bound",
    "count",
    "decimals_of_points",
    "evenly",
    "exact_percent",
    "figure_with_spread",
    "mean_with_interval",
    "number_of_years",
    "percent_with_interval",
    "points",
    "points_with_interval",
    "points_with_spread",
    "share_with_spread",
    "short_percent",
    "signed_points",
    "spread_alone",
    "two_sided_bar",
    "whole_with_spread",
    "years_with_spread",
]

_MOST_DECIMALS = 4

_TOO_LONG = 10**15
"""Counts from here on are told by their size."""


def count(n: int, noun: str, plural: str = "") -> str:
    """Say how many of something there are.

    >>> count(1, "world"), count(4096, "world"), count(2, "party", "parties")
    ('1 world', '4,096 worlds', '2 parties')
    >>> count(3 * 10**40, "outcome")
    'about 3.0 · 10^40 outcomes'
    """
    if n >= _TOO_LONG:
        power = len(str(n)) - 1
        return f"about {n / 10**power:.1f} · 10^{power} {plural or noun + 's'}"
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def exact_percent(share: float, decimals: int) -> str:
    """Write a share in percent, without claiming 0 or 100 where it is neither."""
    text = f"{share * 100:.{decimals}f}"
    smallest = f"{10.0**-decimals:.{decimals}f}"
    if share > 0 and float(text) == 0:
        return f"<{smallest}"
    if share < 1 and float(text) == 100:
        return f">{100 - float(smallest):.{decimals}f}"
    return text


def short_percent(estimate: Estimate) -> str:
    """Write a share for a table cell: whole percents, ``<1 %`` and ``>99 %`` at the ends.

    >>> short_percent(Estimate(0.312, 0.29, 0.33)), short_percent(Estimate(0.001, 0.0, 0.01))
    ('31 %', '<1 %')
    """
    return f"{exact_percent(estimate.estimate, 0)} %"


def percent_with_interval(estimate: Estimate) -> str:
    """Write a share with its 95 % interval: ``±`` where it is even, from–to where it leans.

    At 0 and 1, where only one bound says anything, that bound stands alone.

    >>> percent_with_interval(Estimate(0.31, 0.29, 0.33))
    '31 % (±2)'
    >>> percent_with_interval(Estimate(0.004, 0.001, 0.012))
    '0.4 % (0.1–1.2)'
    >>> percent_with_interval(Estimate(0.0, 0.0, 0.0009))
    '0 % (at most 0.09)'
    """
    if estimate.high - estimate.low < 1e-9:
        return f"{number_text(round(estimate.estimate * 100, _MOST_DECIMALS))} %"
    if estimate.estimate <= 0:
        return f"0 % (at most {bound(estimate.high, up=True)})"
    if estimate.estimate >= 1:
        return f"100 % (at least {bound(estimate.low, up=False)})"
    decimals = _decimals(estimate)
    unit = 10.0**-decimals / 100
    below, above = estimate.estimate - estimate.low, estimate.high - estimate.estimate
    middle = exact_percent(estimate.estimate, decimals)
    if abs(above - below) <= unit / 2:
        # Upwards, so that the words never promise a narrower interval than the figures do.
        half = math.ceil(round(max(below, above) / unit, 6)) * unit * 100
        return f"{middle} % (±{half:.{decimals}f})"
    low, high = exact_percent(estimate.low, decimals), exact_percent(estimate.high, decimals)
    return f"{middle} % ({low}–{high})"


def points(value: float) -> str:
    """Write points to one decimal.

    >>> points(3.25), points(-0.04), points(-12.0)
    ('3.2', '0.0', '-12.0')
    """
    return f"{round(value, 1) + 0.0:.1f}"


def signed_points(value: float) -> str:
    """Write points to one decimal, with a sign unless they round to 0.

    >>> signed_points(3.25), signed_points(-0.04), signed_points(-12.0)
    ('+3.2', '0.0', '-12.0')
    """
    text = points(value)
    return f"+{text}" if float(text) > 0 else text


def points_with_spread(found: Spread) -> str:
    """Write the median of some points, and the ends of their middle 80 % where they differ.

    >>> points_with_spread(Spread(-4.0, 1.26, 5.0)), points_with_spread(Spread(0.02, 0.02, 0.02))
    ('1.3 points (-4.0 to 5.0)', 'under 0.1 points')
    """
    ends = points(found.p10), points(found.p90)
    middle = f"{'under 0.1' if 0 < found.median < 0.05 else points(found.median)} points"
    return middle if ends[0] == ends[1] else f"{middle} ({ends[0]} to {ends[1]})"


def share_with_spread(found: Spread) -> str:
    """Write the median of some shares in percent, and the ends of their middle 80 % where they differ.

    >>> share_with_spread(Spread(0.612, 0.7, 0.8)), share_with_spread(Spread(0.5, 0.5, 0.5))
    ('70 % (61 to 80)', '50 %')
    """
    low, middle, high = (exact_percent(share, 0) for share in (found.p10, found.median, found.p90))
    return f"{middle} %" if low == high else f"{middle} % ({low} to {high})"


def mean_with_interval(mean: Estimate) -> str:
    """Write a mean change in points with its sign and the ends of its 95 % interval.

    >>> mean_with_interval(Estimate(3.38, -2.9, 9.71)), mean_with_interval(Estimate(0.0, 0.0, 0.0))
    ('+3.4 (−2.9 to +9.7)', '0.0')
    """
    low, high = signed_points(mean.low), signed_points(mean.high)
    text = signed_points(mean.estimate) + ("" if low == high else f" ({low} to {high})")
    return text.replace("-", "−")


def spread_alone(found: Spread) -> str:
    """Write the median of some points without their unit, and the ends of their middle 80 % where they differ.

    >>> spread_alone(Spread(-4.0, 1.26, 5.0)), spread_alone(Spread(2.0, 2.0, 2.0))
    ('1.3 (-4.0 to 5.0)', '2.0')
    """
    low, high = points(found.p10), points(found.p90)
    return points(found.median) + ("" if low == high else f" ({low} to {high})")


def whole_with_spread(found: Spread) -> str:
    """Write the median of some whole numbers, and the ends of their middle 80 % where they differ.

    >>> whole_with_spread(Spread(12.0, 15.0, 19.0)), whole_with_spread(Spread(1.0, 1.0, 1.0))
    ('15 (12 to 19)', '1')
    """
    low, high = f"{found.p10:,.0f}", f"{found.p90:,.0f}"
    return f"{found.median:,.0f}" + ("" if low == high else f" ({low} to {high})")


def number_of_years(years: float) -> str:
    """Write a number of years to one decimal, with what there is no end of in words.

    >>> number_of_years(30.0), number_of_years(0.04), number_of_years(math.inf)
    ('30 years', 'under 0.1 years', 'no end')
    """
    if math.isinf(years):
        return "no end"
    if 0 < years < 0.05:
        return "under 0.1 years"
    text = number_text(round(years, 1))
    return f"{text} year{'' if text == '1' else 's'}"


def years_with_spread(found: Spread) -> str:
    """Write the median of some numbers of years, and the ends of their middle 80 % where they differ.

    >>> years_with_spread(Spread(2.5, 8.0, math.inf)), years_with_spread(Spread(math.inf, math.inf, math.inf))
    ('8 years (2.5 to no end)', 'no end')
    """
    low, middle, high = (number_of_years(years) for years in (found.p10, found.median, found.p90))
    if low == high:
        return middle
    ends = [end.removesuffix("s").removesuffix(" year") for end in (low, high)]
    return f"{middle} ({ends[0]} to {ends[1]})"


def figure_with_spread(found: Spread, unit: str) -> str:
    """Write the median of some figures to three digits, with their unit, and the ends of their middle 80 %.

    >>> figure_with_spread(Spread(1.0, 3.2471, 12.0), "bn EUR")
    '3.25 bn EUR (1 to 12)'
    """
    low, middle, high = (number_text(float(f"{value:.3g}")) for value in (found.p10, found.median, found.p90))
    return f"{middle} {unit}" if low == high else f"{middle} {unit} ({low} to {high})"


def bound(share: float, *, up: bool) -> str:
    """Write the one bound that stands beside 0 or 100 %, rounded away from the estimate.

    >>> bound(0.00093, up=True), bound(0.99907, up=False)
    ('0.1', '99.9')
    """
    distance = (share if up else 1 - share) * 100
    step = 10.0 ** -_decimals_to_show(distance, _MOST_DECIMALS)
    rounded = math.ceil(round(distance / step, 6)) * step
    return number_text(round(rounded if up else 100 - rounded, _MOST_DECIMALS))


def _decimals(estimate: Estimate) -> int:
    """Choose decimals that the interval earns: one figure of its half-width, and one of any small share or bound."""
    edges = (estimate.estimate, estimate.low, 1 - estimate.estimate, 1 - estimate.high)
    for_edges = max(_decimals_to_show(edge * 100, 1) for edge in edges if edge > 0)
    return max(_decimals_to_show(estimate.half_width * 100, _MOST_DECIMALS), for_edges)


def _decimals_to_show(percent: float, most: int) -> int:
    """Count the decimals at which a positive percentage shows its first figure."""
    decimals = 0
    while decimals < most and percent < 0.95 * 10.0**-decimals:
        decimals += 1
    return decimals


def points_with_interval(difference: Estimate) -> str:
    """Write a difference of two shares in percentage points, with its sign and its 95 % interval.

    >>> points_with_interval(Estimate(0.12, 0.11, 0.13))
    '+12 (±1)'
    >>> points_with_interval(Estimate(-0.03, -0.06, -0.02))
    '−3 (−6 to −2)'
    """
    decimals = decimals_of_points(difference)
    unit = 10.0**-decimals / 100
    below, above = difference.estimate - difference.low, difference.high - difference.estimate
    middle = _signed(difference.estimate, decimals)
    if abs(above - below) <= unit / 2:
        half = math.ceil(round(max(below, above) / unit, 6)) * unit * 100
        return f"{middle} (±{half:.{decimals}f})"
    return f"{middle} ({_signed(difference.low, decimals)} to {_signed(difference.high, decimals)})"


def decimals_of_points(difference: Estimate) -> int:
    """Choose the decimals that show the first figure of a half-width, of the difference, and of bounds beyond 0."""
    decimals = _decimals_to_show(difference.half_width * 100, 2)
    edges = (difference.estimate, *((difference.low, difference.high) if difference.excludes_zero else ()))
    return max(decimals, *(_decimals_to_show(abs(edge) * 100, 2) for edge in edges if edge), 0)


def _signed(share: float, decimals: int) -> str:
    text = f"{abs(share) * 100:.{decimals}f}"
    if float(text) == 0:
        return text
    return f"{'+' if share > 0 else '−'}{text}"


_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(share: float, width: int, *, ascii_only: bool) -> str:
    """Draw a share as a bar of at most ``width`` characters; anything above 0 leaves a mark.

    >>> bar(0.5, 8, ascii_only=True)
    '####'
    """
    if ascii_only:
        return "#" * max(round(share * width), int(share > 0))
    eighths = max(round(share * width * 8), int(share > 0))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def two_sided_bar(share: float, width: int, *, ascii_only: bool) -> str:
    """Draw a signed share to the left or to the right of an axis, at most ``width`` characters to either side.

    >>> two_sided_bar(-0.5, 4, ascii_only=True), two_sided_bar(0.5, 4, ascii_only=True)
    ('  ##|', '    |##')
    """
    axis = "|" if ascii_only else "│"
    if share >= 0:
        return f"{' ' * width}{axis}{bar(share, width, ascii_only=ascii_only)}"
    if ascii_only:
        return f"{bar(-share, width, ascii_only=True).rjust(width)}{axis}"
    halves = max(round(-share * width * 2), 1)  # no signs are narrower and filled from the right
    drawn = "▐" * (halves % 2) + "█" * (halves // 2)
    return f"{drawn.rjust(width)}{axis}"


def evenly(places: Sequence[int], n: int) -> list[int]:
    """Take so many places at equal distances, the first and the last among them.

    >>> evenly(range(9), 3)
    [0, 4, 8]
    """
    if len(places) <= n:
        return list(places)
    return [places[round(step * (len(places) - 1) / max(n - 1, 1))] for step in range(n)]
