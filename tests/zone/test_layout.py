from __future__ import annotations

import pytest
from hypothesis import given, settings

from negsim.model.structure import compile_structure
from negsim.scenario import Scenario, loads
from negsim.zone import kernel, rows
from negsim.zone.consent import consent_of
from negsim.zone.layout import MAX_COLUMNS, MIN_COLUMNS, Layout, lay_out
from tests.strategies import Document, documents, scenario_of
from tests.worlds import bench


def _free(n_issues: int, n_options: int, rules: str = "", cell: int = 0) -> Scenario:
    options = ", ".join(f"o{k}" for k in range(n_options))
    issues = ", ".join(f"f{k}: {{title: F, options: [{options}]}}" for k in range(n_issues))
    more = ", ".join(f"c{k}: {{title: C, scale: 0..9, step: 1}}" for k in range(cell))
    both = ", ".join(part for part in (issues, more) if part)
    return loads(
        f"{{negsim: 1, id: s, title: S, issues: {{{both}}}, "
        f"parties: {{a: {{title: A, demands: {{{'f0: o0' if n_issues else 'c0: 0'}}}, no_deal: 0}}}}{rules}}}"
    )


def _layout(scenario: Scenario) -> Layout:
    return lay_out(compile_structure(scenario))


def test_free_issues_are_columns_as_long_as_they_fit() -> None:
    layout = _layout(_free(6, 5))  # 15,625: five issues are 3,125 columns, four 625
    assert layout.shape == (25, 625)
    assert layout.shape[1] <= MAX_COLUMNS
    assert not layout.flipped


def test_one_issue_is_never_split() -> None:
    assert _layout(loads(LONG)).shape == (1, 5001)


LONG = """
negsim: 1
id: s
title: S
issues: {price: {title: P, scale: 0..5000, step: 1}}
parties: {a: {title: A, demands: {price: 0}, no_deal: 0}}
"""


def test_cells_are_columns_where_free_issues_would_make_short_ones() -> None:
    scenario = _free(1, 3, ", rules: {r: {require: c0 + c1 >= c2}}", cell=3)
    layout = _layout(scenario)
    assert layout.flipped
    assert layout.shape == (3, layout.structure.n_cells)
    assert MIN_COLUMNS < layout.structure.n_cells < 1000


def test_without_free_issues_every_cell_is_an_outcome() -> None:
    layout = _layout(_free(0, 0, ", rules: {r: {require: c0 >= c1}}", cell=2))
    assert layout.structure.n_cells == 55  # 10 + 9 + ... + 1
    assert layout.shape == (1, 55)


@settings(max_examples=50)
@given(documents())
def test_how_worlds_are_cut_into_batches_changes_nothing(document: Document) -> None:
    document.pop("rules", None)
    compiled = bench(scenario_of(document), n_worlds=9)
    whole, tally = compiled.zone()
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((kernel, "_MASK"), (kernel, "_HITS"), (kernel, "_FLUSH"), (rows, "_SIDES")):
            patch.setattr(module, name, 1)
        cut, cut_tally = compiled.zone()
        exists = kernel.has_zone(compiled.worlds, lay_out(compiled.structure), consent_of(compiled.scenario))
    assert cut.size.tolist() == whole.size.tolist()
    assert cut.present.tolist() == whole.present.tolist()
    assert cut_tally.tolist() == tally.tolist()
    assert exists.tolist() == (whole.size > 0).tolist()
