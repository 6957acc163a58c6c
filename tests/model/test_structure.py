"""Cells and free issues, on small scenarios whose outcomes can be listed by hand or by the reference."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from negsim.errors import ScenarioError
from negsim.model.cells import _signatures
from negsim.model.structure import MAX_OUTCOMES, Structure, compile_structure, marginals
from negsim.scenario import Scenario, loads
from tests import reference

ISSUES = """
  colour: {title: Colour, options: [red, green]}
  price: {title: Price, scale: 0..3, step: 1}
  place: {title: Place, kind: ordered, options: [near, middle, far]}
  extra: {title: Extra, when: colour == red, options: [yes_please, no_thanks]}
"""


def _scenario(more: str = "", party: str = "", issues: str = ISSUES) -> Scenario:
    return loads(f"""
negsim: 1
id: s
title: S
issues: {issues}
parties:
  ann:
    title: Ann
    {party}
{more}
""")


def _listed(structure: Structure) -> list[tuple[int, ...]]:
    outcomes = structure.outcomes(*np.divmod(np.arange(structure.n_outcomes), structure.n_free))
    return [tuple(row) for row in structure.choices_of(outcomes).tolist()]


def test_a_cell_issue_is_one_that_a_condition_names_or_that_has_one() -> None:
    structure = compile_structure(_scenario())
    assert [structure.issues[k].id for k in structure.cell_issues] == ["colour", "extra"]
    assert [structure.issues[k].id for k in structure.free_issues] == ["price", "place"]
    # Red with either extra, green without: irrelevant is the choice after the two options.
    assert structure.choice.tolist() == [[0, 0], [0, 1], [1, 2]]
    assert (structure.n_cells, structure.n_free, structure.n_outcomes) == (3, 12, 36)
    assert structure.free_shape == (4, 3)


@pytest.mark.parametrize(
    ("more", "party"),
    [
        ("rules: {r: {require: price >= 2}}", ""),
        ("", "red_lines: {l: {require: price >= 2, firmness: hard}}"),
        ("", "adjustments: {a: {when: price >= 2, amount: 1}}"),
        ("", "role: mediator\n    consents_to: price >= 2\n  bob: {title: Bob}"),
    ],
)
def test_any_kind_of_condition_makes_a_cell_issue(more: str, party: str) -> None:
    structure = compile_structure(_scenario(more, party))
    assert "price" in [structure.issues[k].id for k in structure.cell_issues]


def test_without_conditions_there_is_one_cell_and_every_issue_is_free() -> None:
    scenario = _scenario(issues="{a: {title: A, options: [p, q]}, b: {title: B, options: [u, v, w]}}")
    structure = compile_structure(scenario)
    assert (structure.n_cells, structure.n_free) == (1, 6)
    assert structure.cell_position.tolist() == [0]
    assert _listed(structure) == list(product(range(2), range(3)))
    assert structure.cell_marginals(np.ones((2, 1), np.bool_)) == []


def test_without_free_issues_every_outcome_is_a_cell() -> None:
    scenario = _scenario("rules: {r: {require: price >= 1 or place == near}}")
    structure = compile_structure(scenario)
    assert structure.free_issues == ()
    assert structure.n_outcomes == structure.n_cells
    expected = [tuple(outcome.values()) for outcome in reference.outcomes(scenario)]
    assert _listed(structure) == expected


def test_outcomes_stand_in_the_declared_order_of_cell_issues_then_free_issues() -> None:
    scenario = _scenario("rules: {r: {require: place != far implies colour == red}}")
    structure = compile_structure(scenario)
    order = [*structure.cell_issues, *structure.free_issues]
    listed = _listed(structure)
    assert listed == sorted(listed, key=lambda row: [row[k] for k in order])
    assert set(listed) == {tuple(outcome.values()) for outcome in reference.outcomes(scenario)}


def test_cells_are_found_again_in_the_full_grid() -> None:
    structure = compile_structure(_scenario())
    assert structure.cell_shape == (2, 3)
    assert structure.cell_position.tolist() == [0, 1, 5]


def test_the_choices_in_cells_that_were_hit_are_told_issue_by_issue() -> None:
    structure = compile_structure(_scenario())
    hits = np.array([[True, False, False], [False, True, True], [False, False, False]])
    colour, extra = structure.cell_marginals(hits)
    assert colour.tolist() == [[True, False], [True, True], [False, False]]
    assert extra.tolist() == [[True, False, False], [False, True, True], [False, False, False]]


@pytest.mark.parametrize("shape", [(), (4,), (2, 3), (2, 1, 3), (3, 2, 2, 2), (2, 1, 1, 3, 2)])
def test_marginals_are_what_reducing_each_axis_by_itself_gives(shape: tuple[int, ...]) -> None:
    hits = np.random.default_rng(0).random((50, *shape)) < 0.2
    expected = [
        np.any(hits, axis=tuple(axis for axis in range(1, hits.ndim) if axis != kept)) for kept in range(1, hits.ndim)
    ]
    found = marginals(shape, hits.reshape(50, -1))
    assert [one.tolist() for one in found] == [one.tolist() for one in expected]


def test_cells_share_a_signature_where_the_party_says_the_same_of_them() -> None:
    scenario = _scenario(
        party="""red_lines:
      b: {require: price <= 1, firmness: hard}
      a: {require: place == near, firmness: 0.5}
    adjustments: {bonus: {when: price == 3, amount: 5}}"""
    )
    structure = compile_structure(scenario)
    party = structure.parties[0]
    by_name = {issue.id: k for k, issue in enumerate(structure.issues)}
    column = {name: structure.cell_issues.index(by_name[name]) for name in ("price", "place")}
    price, place = structure.choice[:, column["price"]], structure.choice[:, column["place"]]
    lines = [line.id for line in scenario.parties[0].red_lines]
    expected = {"a": place != 0, "b": price > 1}
    for k, line in enumerate(lines):
        assert party.crossed[party.signature, k].tolist() == expected[line].tolist()
    assert party.adjusted[party.signature, 0].tolist() == (price == 3).tolist()
    # Near or not, and up to 1, 2, or 3.
    assert len(party.crossed) == len(party.adjusted) == 6


def test_a_party_without_conditions_has_one_signature() -> None:
    party = compile_structure(_scenario()).parties[0]
    assert party.crossed.shape == (1, 0)
    assert party.adjusted.shape == (1, 0)
    assert party.signature.tolist() == [0, 0, 0]


def test_signatories_are_needed_everywhere_others_where_they_consent() -> None:
    scenario = _scenario(
        party="""
  bob: {title: Bob, role: guarantor, consents_to: colour == green}
  cas: {title: Cas, role: mediator}"""
    )
    needed = [party.needed.tolist() for party in compile_structure(scenario).parties]
    assert needed == [[True] * 3, [False, False, True], [False] * 3]


def test_rules_that_leave_no_outcome_are_an_error() -> None:
    with pytest.raises(ScenarioError) as caught:
        compile_structure(_scenario("rules: {a: {require: price >= 2}, b: {require: price < 2}}"))
    assert [problem.code for problem in caught.value.problems] == ["NS410"]


def _wide(n_issues: int, rule: str = "") -> Scenario:
    """2^10 options an issue; a rule makes its issues cell issues."""
    issues = "".join(f"\n  i{k}: {{title: I, scale: 1..1024, step: 1}}" for k in range(n_issues))
    return _scenario(f"rules: {{r: {{require: {rule}}}}}" if rule else "", issues=issues)


def test_as_many_cells_as_can_be_looked_at_pass_and_one_more_is_an_error() -> None:
    def named(last: int) -> Scenario:
        issues = f"{{a: {{title: A, scale: 1..512, step: 1}}, b: {{title: B, scale: 1..{last}, step: 1}}}}"
        return _scenario("rules: {r: {require: a + b == 2}}", issues=issues)

    assert compile_structure(named(32768)).n_outcomes == 1
    assert MAX_OUTCOMES == 512 * 32768
    with pytest.raises(ScenarioError, match=r"16,777,728 ways; at most 16,777,216"):
        compile_structure(named(32769))


def test_free_issues_may_combine_to_any_number_of_outcomes() -> None:
    assert compile_structure(_wide(30)).n_outcomes == 1024**30


def test_what_the_rules_would_leave_out_is_counted_before_them() -> None:
    with pytest.raises(ScenarioError, match=r"1,073,741,824 ways"):
        compile_structure(_wide(3, "i0 == 1 and i1 == 1 and i2 == 1"))


def test_free_issues_count_only_with_the_cells_that_are_left() -> None:
    # 2^20 combinations of cell issues come down to 2^10; with the 2^10 options of the free one that is few enough.
    assert compile_structure(_wide(3, "i0 + i1 == 1025")).n_outcomes == 1024 * 1024


def test_more_issues_than_arrays_have_axes_are_an_error() -> None:
    issues = "".join(f"\n  i{k}: {{title: I, options: [only]}}" for k in range(61))
    with pytest.raises(ScenarioError, match=r"NS411.*61 issues; at most 60"):
        compile_structure(_scenario(issues=issues))


@pytest.mark.parametrize("issue", range(4))
def test_a_step_is_possible_if_two_outcomes_differ_in_it_alone(issue: int) -> None:
    structure = compile_structure(_scenario("rules: {r: {require: price >= 2 iff colour == red}}"))
    outcomes = set(_listed(structure))
    n_choices = structure.issues[issue].n_choices
    others = [{o[:issue] + o[issue + 1 :] for o in outcomes if o[issue] == choice} for choice in range(n_choices)]
    expected = [[bool(first & second) for second in others] for first in others]
    assert structure.steps(issue, range(n_choices)).tolist() == expected
    assert structure.steps(issue, (1, 0)).tolist() == [row[1::-1] for row in expected[1::-1]]


def test_cells_that_would_fill_the_memory_are_an_error() -> None:
    # 2^22 combinations are few enough to enumerate, but not to keep for 22 issues and a party: 8 bytes for each.
    issues = "".join(f"\n  i{k}: {{title: I, options: [no_way, sure]}}" for k in range(22))
    rules = "".join(f"\n  r{k}: {{require: i{k} == sure or i{k} == no_way}}" for k in range(22))
    with pytest.raises(ScenarioError, match=r"NS411.*4,194,304 ways"):
        compile_structure(_scenario(f"rules: {rules}", issues=issues))


@pytest.mark.parametrize("n_conditions", [0, 1, 7, 62, 63, 90])
def test_cells_of_which_conditions_say_the_same_share_a_signature(n_conditions: int) -> None:
    rng = np.random.default_rng(n_conditions)
    rows = rng.random((12, n_conditions)) < 0.5
    table = rows[rng.integers(0, 12, 300)]
    signature, said = _signatures(list(table.T), 300)
    listed = [tuple(row) for row in said.tolist()]
    assert listed == sorted({tuple(row) for row in table.tolist()})
    assert [listed[k] for k in signature] == [tuple(row) for row in table.tolist()]
