"""The table of rules. A rule is a module: its docstring is the manual page, ``check`` yields what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from negsim.checks.rules import (
    after_the_end,
    always_true,
    both_pessimistic,
    breach_without_effect,
    counted_twice,
    cut_by_hash,
    demand_crosses_line,
    demand_out_of_reach,
    equal_values,
    firmness_anything,
    firmness_certain,
    good_faith_certain,
    idle_envoy,
    idle_event,
    idle_issue,
    idle_ratifier,
    idle_walk_out,
    idle_what_if,
    line_stricter_than_demand,
    line_without_effect,
    lines_leave_nothing,
    losing_is_better,
    never_starts,
    never_true,
    no_deal_below_worst,
    no_deal_out_of_reach,
    nobody_to_talk,
    party_without_say,
    quorum_of_all,
    same_as_constant,
    scale_of_one,
    stray_ending,
    support_everywhere,
    tie_of_zero,
    uncited_source,
    undemanded_is_better,
    unseen_session,
    unsourced,
    unused_option,
    without_weight,
)
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.records import dataclass

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it is called, how much it matters, its manual page (markdown), and how it is applied.

    ``over_outcomes`` says that it looks at the outcome space and makes no sense without one.
    """

    code: str
    title: str
    severity: Severity
    manual: str
    over_outcomes: bool
    check: Callable[[Subject], Iterator[Finding]]


class _Module(Protocol):
    __doc__: str | None
    ID: str
    SEVERITY: Severity
    OVER_OUTCOMES: bool

    @property
    def check(self) -> Callable[[Subject], Iterator[Finding]]: ...


def _rule(module: _Module) -> Rule:
    title, _, manual = (module.__doc__ or "").partition("\n")
    return Rule(module.ID, title.removesuffix("."), module.SEVERITY, manual.strip(), module.OVER_OUTCOMES, module.check)


RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        _rule(demand_crosses_line),
        _rule(line_stricter_than_demand),
        _rule(demand_out_of_reach),
        _rule(always_true),
        _rule(never_true),
        _rule(unused_option),
        _rule(no_deal_out_of_reach),
        _rule(no_deal_below_worst),
        _rule(lines_leave_nothing),
        _rule(unsourced),
        _rule(uncited_source),
        _rule(cut_by_hash),
        _rule(stray_ending),
        _rule(without_weight),
        _rule(equal_values),
        _rule(undemanded_is_better),
        _rule(scale_of_one),
        _rule(idle_issue),
        _rule(line_without_effect),
        _rule(party_without_say),
        _rule(quorum_of_all),
        _rule(firmness_certain),
        _rule(firmness_anything),
        _rule(tie_of_zero),
        _rule(same_as_constant),
        _rule(support_everywhere),
        _rule(counted_twice),
        _rule(breach_without_effect),
        _rule(idle_ratifier),
        _rule(losing_is_better),
        _rule(both_pessimistic),
        _rule(good_faith_certain),
        _rule(idle_walk_out),
        _rule(unseen_session),
        _rule(idle_envoy),
        _rule(idle_event),
        _rule(after_the_end),
        _rule(never_starts),
        _rule(idle_what_if),
        _rule(nobody_to_talk),
    )
}
"""Every rule by its code."""
