"""The table of theorems that any scenario can be tried on. A theorem is a module: its docstring is the manual page.

What is expected of a scenario is a claim on the scenario. These are claims on negsim: a scenario that breaks one has
found a bug. What may go either way stands in `negsim.checks.questions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from negsim.checks.judging.variants import Variants
from negsim.checks.theorems import (
    agreement_needs_zone,
    asked_at_home_never_opens,
    dropping_a_line_never_closes,
    dropping_a_rule_never_closes,
    firmer_never_opens,
    individually_rational,
    nash_is_efficient,
    no_deal_up_never_opens,
    no_firm_line_crossed,
    order_of_blocks,
    relabelling,
    scale,
    two_ways_agree,
    written_reads_the_same,
    zone_is_what_all_accept,
)
from negsim.checks.theorems.checked import Checked, Verdict
from negsim.checks.theorems.evidence import Evidence
from negsim.records import dataclass

__all__ = ["THEOREMS", "Checked", "Evidence", "Theorem", "Verdict", "check_theorems"]


@dataclass(frozen=True, slots=True)
class Theorem:
    """A theorem: what it is called, what it says, its manual page (markdown), and how it is tried on a scenario."""

    id: str
    title: str
    manual: str
    check: Callable[[Evidence], Checked]


class _Module(Protocol):
    __doc__: str | None
    ID: str

    @property
    def check(self) -> Callable[[Evidence], Checked]: ...


def _theorem(module: _Module) -> Theorem:
    title, _, manual = (module.__doc__ or "").partition("\n")
    return Theorem(module.ID, title.removesuffix("."), manual.strip(), module.check)


THEOREMS: Mapping[str, Theorem] = {
    theorem.id: theorem
    for theorem in (
        _theorem(no_firm_line_crossed),
        _theorem(individually_rational),
        _theorem(zone_is_what_all_accept),
        _theorem(agreement_needs_zone),
        _theorem(no_deal_up_never_opens),
        _theorem(dropping_a_line_never_closes),
        _theorem(dropping_a_rule_never_closes),
        _theorem(firmer_never_opens),
        _theorem(asked_at_home_never_opens),
        _theorem(nash_is_efficient),
        _theorem(scale),
        _theorem(relabelling),
        _theorem(order_of_blocks),
        _theorem(two_ways_agree),
        _theorem(written_reads_the_same),
    )
}
"""Every theorem by its id."""


def check_theorems(variants: Variants, names: Sequence[str] = ()) -> Iterator[Checked]:
    """Try theorems on a scenario, all of them on the same 256 worlds at most: drawn ones, corners and the centre.

    Parameters
    ----------
    variants : Variants
    names : sequence of str
        Keys of `THEOREMS`; all if empty.

    Yields
    ------
    Checked
        One for each.

    Raises
    ------
    KeyError
        If there is no such theorem.
    ScenarioError
        If the scenario has no outcome, or too many to look at.

    Examples
    --------
    >>> from negsim.scenario.load import interpret
    >>> from negsim.scenario.reader import read_document
    >>> sale = '''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 10}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: 30..60}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: 40}
    ... '''
    >>> loaded = interpret(read_document(sale, "sale.yaml"))
    >>> found = check_theorems(Variants(loaded), ["individually_rational", "scale"])
    >>> [(one.theorem, str(one.verdict)) for one in found]
    [('individually_rational', 'holds'), ('scale', 'does not apply')]
    """
    evidence = Evidence(variants)
    for theorem in [THEOREMS[name] for name in names] or THEOREMS.values():
        yield theorem.check(evidence)
