"""Faults in the zone."""

from __future__ import annotations

from tests.mutants.fault import Fault

__all__ = ["IN_ZONE"]

IN_ZONE = (
    Fault(
        "zone-kernel-strict",
        "negsim/zone/rows.py",
        "np.greater_equal(offer[world], need[part], out=out[part])",
        "np.greater(offer[world], need[part], out=out[part])",
        "tests/zone/test_brute_force.py::test_zone_acceptance_and_options_agree_with_the_reference_in_every_world",
        "A deal worth just the no-deal value is not accepted.",
    ),
    Fault(
        "zone-rows-strict",
        "negsim/zone/rows.py",
        "need <= sides.most[party][:, None]",
        "need < sides.most[party][:, None]",
        "tests/zone/test_brute_force.py::test_zone_acceptance_and_options_agree_with_the_reference_in_every_world",
        "A row that asks for just the most that a column offers is dropped.",
    ),
    Fault(
        "zone-rows-quorum-one-more",
        "negsim/zone/rows.py",
        "alive &= votes >= consent.quorum",
        "alive &= votes > consent.quorum",
        "tests/zone/test_brute_force.py::test_zone_acceptance_and_options_agree_with_the_reference_in_every_world",
        "Rows that just so many can accept as the quorum asks for are dropped.",
    ),
    Fault(
        "zone-consent-quorum-one-more",
        "negsim/zone/consent.py",
        "np.greater_equal(masks.votes, np.uint16(self.quorum), out=masks.zone)",
        "np.greater(masks.votes, np.uint16(self.quorum), out=masks.zone)",
        "tests/zone/test_brute_force.py::test_zone_acceptance_and_options_agree_with_the_reference_in_every_world",
        "A quorum needs one vote more.",
    ),
    Fault(
        "zone-consent-veto-dropped",
        "negsim/zone/consent.py",
        "Consent(tuple(sorted(vetoes + consulted)), signatories",
        "Consent(tuple(sorted(consulted)), signatories",
        "tests/zone/test_brute_force.py::test_zone_acceptance_and_options_agree_with_the_reference_in_every_world",
        "Under a quorum nobody has a veto.",
    ),
    Fault(
        "zone-consent-party-dropped",
        "negsim/zone/consent.py",
        "enumerate(self.required):\n            if",
        "enumerate(self.required[:1]):\n            if",
        "tests/zone/test_theorems.py::test_5_the_zone_is_what_every_needed_party_accepts",
        "One of those who have to accept is enough.",
    ),
    Fault(
        "zone-consent-ratifiers-dropped",
        "negsim/zone/consent.py",
        "(*signatories, *consulted, *at_home)",
        "(*signatories, *consulted)",
        "tests/zone/test_brute_force_stakes.py::test_no_deal_acceptance_and_zone_agree_with_the_reference_in_every_world",
        "Nobody at home has to accept.",
    ),
    Fault(
        "zone-violations-total-across-lines",
        "negsim/zone/violations.py",
        "whole = table.key < 1 << len(table.active)",
        "whole = table.key < 2 << len(table.active)",
        "tests/zone/test_violations.py::test_the_smallest_sets_and_their_points_are_those_of_all_outcomes_one_by_one",
        "What all lack together counts outcomes across a red line.",
    ),
    Fault(
        "zone-violations-most-lacked",
        "negsim/zone/violations.py",
        "float(np.min(table.lack[table.active.index(place)][rows]))",
        "float(np.max(table.lack[table.active.index(place)][rows]))",
        "tests/zone/test_violations.py::test_the_smallest_sets_and_their_points_are_those_of_all_outcomes_one_by_one",
        "A no-deal value has to fall by the most that any outcome leaves lacking.",
    ),
    Fault(
        "zone-constraints-supersets-kept",
        "negsim/zone/constraints.py",
        "if not any(other & one == other for other in kept)",
        "if not any(other == one for other in kept)",
        "tests/zone/test_violations.py::test_the_smallest_sets_and_their_points_are_those_of_all_outcomes_one_by_one",
        "Sets of constraints that hold smaller ones are reported too.",
    ),
    Fault(
        "zone-constraints-one-refusal-more",
        "negsim/zone/constraints.py",
        "short = consent.quorum - (len(consent.voters) - len(free))",
        "short = consent.quorum - (len(consent.voters) - len(free)) + 1",
        "tests/zone/test_violations.py::test_the_smallest_sets_and_their_points_are_those_of_all_outcomes_one_by_one",
        "One voter more than the quorum lacks has to be won.",
    ),
)
