"""What a sensitivity analysis found, in words: shares of variance, differences, what carries most."""

from __future__ import annotations

from collections.abc import Mapping

from negsim.model.estimates import Estimate
from negsim.report.study_names import result_title
from negsim.report.words import exact_percent, percent_with_interval, points_with_interval
from negsim.scenario.words import joined, number_text
from negsim.study.sensitivity.result import Findings, Influence, Sensitivity

__all__ = [
    "capital",
    "carriers",
    "change_words",
    "headline",
    "input_words",
    "level",
    "path_title",
    "result_words",
    "row_words",
    "share_of_variance",
    "value_words",
]

_CARRIES = 0.1
"""A total index from which on an input is named in the headline."""

_MOST_NAMED = 4


def headline(result: Sensitivity, found: Findings, names: Mapping[str, str]) -> str:
    """Say which few inputs carry most of the variance, or that none does.

    Where policies are compared, say under which.
    """
    what = result_words(result)
    under = f"Under the policy {found.policy}: " if found.policy else ""
    if not found.varies:
        same = f"{what} is the same in every {_cell(result)} tried: there is nothing to explain."
        return f"{under}{same}" if under else capital(same)
    carrying = carriers(found)
    if not carrying and not any(one.first or one.total for one in found.influences):
        few = f"There are too few cells to tell what {what} hangs on"
        return f"{under}{few[0].lower() if under else few[0]}{few[1:]}."
    if not carrying:
        return f"{under}{'n' if under else 'N'}o single input has much of a part in {what}."
    said = joined([input_words(one, names) for one in carrying], "and on")
    return f"{under}{what if under else capital(what)} hangs most on {said}."


def carriers(found: Findings) -> tuple[Influence, ...]:
    """Pick up to four inputs with the largest parts: a tenth of the variance, or half the largest mean step.

    A mean step whose interval reaches 0 names nobody.
    """
    if not found.influences:
        return ()
    least = found.influences[0].size / 2 if found.influences[0].steps else _CARRIES
    return tuple(
        one
        for one in found.influences
        if one.size >= least and one.size > 0 and (one.steps is None or one.steps.mu_star.low > 0)
    )[:_MOST_NAMED]


def result_words(result: Sensitivity) -> str:
    """Name the result of a study, or say whether there is a deal."""
    return "whether there is room for a deal" if result.kind == "scenario" else result_title(result.of)


def _cell(result: Sensitivity) -> str:
    return "world" if result.kind == "scenario" else "cell"


def input_words(one: Influence, names: Mapping[str, str]) -> str:
    """Name an input; several that are tied together as such."""
    if len(one.paths) == 1:
        return names[one.paths[0]]
    return f"{joined([names[path] for path in one.paths])} (tied, so taken together)"


def row_words(one: Influence, names: Mapping[str, str]) -> str:
    """Name an input at the beginning of a line; a path stays as it is written."""
    return input_words(one, names) if names[one.paths[0]] == one.paths[0] else capital(input_words(one, names))


def path_title(path: str, names: Mapping[str, str]) -> str:
    """Name what a path stands for at the beginning of a line; where it has no other name, as it is written."""
    return path if names[path] == path else capital(names[path])


def share_of_variance(found: Estimate | None) -> str:
    """Write a share of the variance with its interval, within 0 and 100 %; a dash where there is none.

    >>> share_of_variance(Estimate(0.65, 0.56, 0.74)), share_of_variance(Estimate(-0.01, -0.02, 0.01))
    ('65 % (±9)', '0 % (at most 1)')
    >>> share_of_variance(Estimate(0.63166, 0.63166, 0.63166)), share_of_variance(None)
    ('63 %', '–')
    """
    if found is None:
        return "–"
    low, middle, high = (min(max(one, 0.0), 1.0) for one in (found.low, found.estimate, found.high))
    if found.low == found.high:  # exact, so that decimals would say nothing of an error
        return f"{exact_percent(middle, 0)} %"
    return percent_with_interval(Estimate(middle, low, high))


def level(value: float) -> str:
    """Write a value of an input to three figures.

    >>> level(0.86000001), level(1234.5)
    ('0.86', '1230')
    """
    text = number_text(float(f"{value:.3g}"))
    return f"−{text[1:]}" if text.startswith("-") else text


def value_words(found: Estimate, *, share: bool) -> str:
    """Write a result without its interval: a probability in percent, anything else to three figures.

    >>> value_words(Estimate(0.312, 0.3, 0.32), share=True), value_words(Estimate(7.123, 7.0, 7.2), share=False)
    ('31 %', '7.12')
    """
    return f"{found.estimate * 100:.0f} %" if share else level(found.estimate)


def change_words(found: Estimate, *, share: bool, signed: bool = True) -> str:
    """Write a difference of results with its interval: in percentage points, anything else as it is.

    Without its sign where it is a size.

    >>> change_words(Estimate(-0.35, -0.38, -0.32), share=True), change_words(Estimate(1.5, 1.0, 2.0), share=False)
    ('−35 (±3)', '+1.5 (+1 to +2)')
    """
    if share and found.low == found.high:
        text = f"{found.estimate * 100:+.0f}".replace("-", "−")
    elif share:
        text = points_with_interval(found)
    else:
        low, middle, high = (f"{'+' if one > 0 else ''}{level(one)}" for one in (found.low, found.estimate, found.high))
        text = middle if low == high else f"{middle} ({low} to {high})"
    return text if signed else text.replace("+", "")


def capital(text: str) -> str:
    """Begin a sentence.

    >>> capital("the firmness")
    'The firmness'
    """
    return text[:1].upper() + text[1:]
