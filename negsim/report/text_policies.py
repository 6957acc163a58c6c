"""Policies side by side, as text."""

from __future__ import annotations

from negsim.model.estimates import Estimate
from negsim.report.page import Column, Page
from negsim.report.words import count, exact_percent, percent_with_interval, points_with_interval, short_percent
from negsim.scenario.words import number_text
from negsim.study.policies import PolicyComparison, PolicyFound

__all__ = ["write_policies"]


def write_policies(page: Page, found: PolicyComparison, result: str) -> None:
    """Put the comparison on a page."""
    page.heading("Policies")
    first = found.policies[0]
    over = f", on average over {count(found.n_rows, 'combination')} of what is varied, each counting alike"
    page.paragraph(
        f"{result} under each policy{over if found.n_rows > 1 else ''}, and the difference from {first.name} in"
        " percentage points: world by world, in the same worlds. Its interval is that of the worlds."
    )
    page.blank()
    page.table(
        [Column("Policy"), Column("Mean", figures=True), Column("Difference", figures=True), Column("", bars=True)],
        [(one.name, _percent(one.mean), _difference(one), page.bar(one.mean, 20)) for one in found.policies],
    )
    if found.n_rows > 1:
        _write_robustness(page, found)
    if found.n_left_out:
        one = found.n_left_out == 1
        page.paragraph(
            f"{count(found.n_left_out, 'combination')} that {'is' if one else 'are'} not done under every policy"
            f" {'counts' if one else 'count'} for none."
        )


def _write_robustness(page: Page, found: PolicyComparison) -> None:
    page.blank()
    asked, low = f"{number_text(found.threshold * 100)} %", number_text(found.low * 100)
    page.paragraph(
        f"How robust: percentile {low} over combinations and the lowest; in how many of them it is at least {asked};"
        " and the regret, by how many percentage points a policy stays behind the best one of each combination."
    )
    page.blank()
    page.table(
        [
            Column("Policy"),
            Column(f"Percentile {low}", figures=True),
            Column("Lowest", figures=True),
            Column(f"At least {asked}", figures=True),
            Column("Mean regret", figures=True),
            Column("Largest", figures=True),
        ],
        [
            (
                one.name,
                _percent(one.percentile),
                _percent(one.worst),
                _share(one.satisfied),
                f"{one.mean_regret * 100:.1f}",
                f"{one.max_regret * 100:.1f}",
            )
            for one in found.policies
        ],
    )


def _percent(share: float) -> str:
    return f"{exact_percent(share, 1) if 0 < share < 1 else exact_percent(share, 0)} %"


def _share(found: Estimate) -> str:
    """Write a share, with its interval if it has one."""
    return short_percent(found) if found.low == found.high else percent_with_interval(found)


def _difference(one: PolicyFound) -> str:
    return "–" if one.difference is None else points_with_interval(one.difference)
