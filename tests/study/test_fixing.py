"""Holding a quantity at a value gives what reading the scenario again with `--set` gives, or the same error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from negsim.cli import main
from negsim.errors import NegsimError, format_path
from negsim.scenario import Scenario, load, loads
from negsim.scenario.inventory import list_quantities
from negsim.scenario.quantities import Normal, is_uncertain
from negsim.scenario.writer import write
from negsim.study.axes import set_text
from negsim.study.driver import RAW
from negsim.study.fixing import can_be, fixable, with_fixed
from negsim.study.work import ScenarioWork
from negsim.zone.compiled import compile_scenario
from tests.strategies import Document, documents
from tests.strategies_bargaining import bargained
from tests.strategies_stakes import stakes
from tests.strategies_talks import scheduled
from tests.study.cluster import ROOT

FILES = sorted((ROOT / "scenarios").glob("*.scenario.yaml"))


@cache
def text_of(file: Path) -> str:
    """A scenario as a study keeps it."""
    return write(load(str(file)))


def work_on(text: str, *, of: tuple[str, ...] = ("zone",), n_worlds: int = 64, **options: Any) -> ScenarioWork:
    return ScenarioWork(text, of, n_worlds, seed=0, sampler="lhs", **options)


def within(scenario: Scenario, path: str, unit: float) -> float:
    """A value that the quantity at a path could have anyway."""
    one = {format_path(path): one for path, one in fixable(scenario).items()}[path]
    quantity: Any = one.quantity
    low, high = (one.domain.low, one.domain.high) if isinstance(quantity, Normal) else (quantity.low, quantity.high)
    return low + (high - low) * unit


def read_again(work: ScenarioWork, cell: Mapping[str, Any]) -> Scenario | str:
    """The slow way: each value written into the file."""
    try:
        return work.scenario([f"{path}={set_text(value)}" for path, value in cell.items()])
    except NegsimError as error:
        return str(error)


def held(work: ScenarioWork, cell: Mapping[str, Any]) -> Scenario | str:
    try:
        return work.compiled(cell).scenario
    except NegsimError as error:
        return str(error)


def is_possible(work: ScenarioWork) -> bool:
    """Tell whether rules leave any outcome, which no figure has a say in."""
    try:
        compile_scenario(work.scenario(), work.seed, work.sampler)
    except NegsimError:
        return False
    return True


# ------------------------------------------------------------------------------------ the fast way is the slow


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_quantity_of_a_committed_scenario_can_be_held_at_an_end(file: Path) -> None:
    work = work_on(text_of(file))
    scenario = work.scenario()
    known = fixable(scenario)
    assert known
    for k, (path, one) in enumerate(known.items()):
        value = within(scenario, format_path(path), k % 2)
        if can_be(one, value):
            assert with_fixed(scenario, {path: value}, known) == read_again(work, {format_path(path): value}), path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@settings(max_examples=20)
@given(data=st.data())
def test_any_quantities_of_a_committed_scenario_can_be_held_together(file: Path, data: st.DataObject) -> None:
    work = work_on(text_of(file))
    scenario = work.scenario()
    paths = data.draw(st.lists(st.sampled_from([*map(format_path, fixable(scenario))]), unique=True, min_size=1))
    cell = {path: within(scenario, path, data.draw(st.floats(0, 1))) for path in paths}
    assert held(work, cell) == read_again(work, cell)


def any_document() -> st.SearchStrategy[Document]:
    return st.one_of(documents(), stakes(), bargained(documents(min_parties=2)), scheduled(bargained(stakes())))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(document=any_document(), data=st.data())
def test_any_quantities_of_any_scenario_can_be_held_together(document: Document, data: st.DataObject) -> None:
    """All of them, too, at their ends, and at values that they could not have."""
    work = work_on(json.dumps(document))
    assume(is_possible(work))
    scenario = work.scenario()
    uncertain = [format_path(one.path) for one in list_quantities(scenario) if is_uncertain(one.quantity)]
    assume(uncertain)
    known = {format_path(path) for path in fixable(scenario)}
    every = data.draw(st.booleans())
    paths = uncertain if every else data.draw(st.lists(st.sampled_from(uncertain), unique=True, min_size=1))
    units = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))
    cell = {path: within(scenario, path, data.draw(units)) if path in known else 0.5 for path in paths}
    if data.draw(st.integers(0, 3)) == 0:
        cell[data.draw(st.sampled_from(paths))] = data.draw(st.sampled_from([-1.0, 0.0, 1e7]))
    slow = read_again(work, cell)
    assert held(work, cell) == slow


# ------------------------------------------------------------------------------------------- the slow way

TIED = """\
negsim: 1
id: tied
title: Tied
issues:
  price: {title: Price, kind: numeric, scale: 0..10, step: 1}
  date: {title: Date, kind: numeric, scale: 0..3, step: 1}
parties:
  ann: {title: Ann, demands: {price: 0, date: 0}, priorities: {price: 0..2, date: 1}, no_deal: 20..60}
  bob:
    title: Bob
    demands: {price: 10, date: 3}
    no_deal: {lottery: {good: {chance: 0.2..0.6, value: 40..80}, bad: {rest: true, value: 0..10}}}
  cas: {title: Cas, demands: {price: 5}, no_deal: {normal: {mean: 20, sd: 5}}}
ties:
  together: {between: [parties.ann.no_deal, parties.cas.no_deal], correlation: 0.5}
"""
