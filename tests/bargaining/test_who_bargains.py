"""Who bargains at all, and what is told of those who are outvoted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from negsim.bargaining import TACTICS, Step, bargain, trace_talks
from negsim.bargaining.table import can_bargain
from negsim.bargaining.tactics import find_tactic
from negsim.errors import UsageError
from negsim.scenario import loads
from negsim.scenario.bargaining import Tactic
from negsim.scenario.quantities import Constant
from negsim.scenario.types import Scenario

# Ann and Bob want the bridge, Cat never: of the two deals there are, theirs crosses her red line.
OUTVOTED = """\
negsim: 1
id: bridge
title: A bridge
issues: {bridge: {title: Bridge, options: [built, not_built]}}
agreement: {quorum: 2}
parties:
  ann: {title: Ann, demands: {bridge: built}, no_deal: 30}
  bob: {title: Bob, demands: {bridge: built}, no_deal: 40}
  cat:
    title: Cat
    demands: {bridge: not_built}
    no_deal: 20
    red_lines: {bridge: {require: bridge != built, firmness: hard}}
"""


def test_of_offers_made_at_once_only_those_that_are_answered_are_told() -> None:
    # Ann speaks first, Bob accepts what she asks for: what he and Cat offer in the same round is put to nobody.
    at_once = loads(OUTVOTED, overrides=["protocol={kind: monotonic_concession}"])
    trace = trace_talks(at_once)
    assert [(step.speaker, len(step.answers)) for step in trace.steps if isinstance(step, Step)] == [("ann", 2)]
    assert dict(trace.gains) == {"ann": 70, "bob": 60, "cat": -20}


def with_signatories(number: int) -> Scenario:
    """One who only carries a deal out, and so many who sign."""
    signing = "".join(f"  p{k}: {{title: P, demands: {{a: p}}, no_deal: 10}}\n" for k in range(number))
    return loads(
        "negsim: 1\nid: few\ntitle: Few\nissues: {a: {title: A, options: [p, q]}}\nparties:\n"
        f"{signing}  keeper: {{title: Keeper, role: guarantor, consents_to: a == q, demands: {{a: p}}, no_deal: 10}}\n"
    )


def test_who_has_nobody_to_bargain_with_is_told_so() -> None:
    alone = with_signatories(1)
    assert not can_bargain(alone)
    said = "bargaining takes two signatories or more, and in few only p0 has to sign"
    for refused in (bargain, trace_talks):
        with pytest.raises(UsageError, match=said):
            refused(alone)


def test_two_who_sign_are_enough() -> None:
    assert can_bargain(with_signatories(2))
    assert bargain(with_signatories(2), n_worlds=1).p_agreement.estimate == 1


def test_who_is_outvoted_gains_by_points_alone() -> None:
    found = bargain(loads(OUTVOTED), n_worlds=4)
    ann, bob, cat = found.parties
    assert found.p_agreement.estimate == 1
    assert ann.gain is not None
    assert bob.gain is not None
    assert (ann.gain.median, bob.gain.median) == (70, 60)  # 100 less no deal
    assert cat.gain is not None
    assert cat.gain.median == -20  # nothing less no deal
    assert (ann.share, bob.share, cat.share, found.nash) == (None, None, None, None)  # nothing suits all three
    assert {change.gain.estimate for change in found.changes} == {0}


class Offered:
    """An entry point of a package: where it leads, and what is there."""

    def __init__(self, value: str, held: object) -> None:
        self.value, self._held = value, held

    def load(self) -> object:
        return self._held


def offering(monkeypatch: pytest.MonkeyPatch, *offered: Offered) -> None:
    monkeypatch.setattr("negsim.bargaining.tactics.entry_points", lambda **_: offered)


def test_of_two_packages_with_a_tactic_of_one_name_the_first_by_its_place_is_played(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offering(monkeypatch, Offered("b:IT", TACTICS["holdout"]), Offered("a:IT", TACTICS["zeuthen"]))
    assert find_tactic("sly") is TACTICS["zeuthen"]


def test_what_a_package_offers_has_to_be_a_tactic(monkeypatch: pytest.MonkeyPatch) -> None:
    offering(monkeypatch, Offered("a:IT", "no tactic"))
    with pytest.raises(UsageError, match=r"the tactic sly of a:IT is no negsim\.bargaining\.Tactic"):
        find_tactic("sly")


def test_a_tactic_that_nobody_offers_is_told_by_the_nearest_name() -> None:
    with pytest.raises(UsageError, match=r"there is no tactic 'zeuten': did you mean 'zeuthen'\?"):
        find_tactic("zeuten")


@pytest.mark.parametrize("name", [name for name, tactic in TACTICS.items() if tactic.parameters])
def test_a_tactic_made_without_parameters_has_its_defaults(name: str) -> None:
    scenario = loads(
        "negsim: 1\nid: sale\ntitle: A sale\nissues: {price: {title: Price, scale: 0..100, step: 1}}\nparties:\n"
        "  ann: {title: Ann, demands: {price: 100}, no_deal: 0}\n  bob: {title: Bob, demands: {price: 0}, no_deal: 0}\n"
    )
    first, *rest = scenario.parties
    spelled = tuple((each.name, Constant(each.default)) for each in TACTICS[name].parameters)
    bare, full = (
        bargain(replace(scenario, parties=(replace(first, tactic=Tactic(name, given)), *rest)), n_worlds=4)
        for given in ((), spelled)
    )
    assert bare.p_agreement == full.p_agreement
    assert bare.parties == full.parties
