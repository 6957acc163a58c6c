"""Holding a quantity at a value gives what reading the scenario again with `--set` gives, or the same error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from negsim.bargaining.table import can_bargain
from negsim.cli import main
from negsim.errors import NegsimError, format_path
from negsim.scenario import Scenario, load, loads
from negsim.scenario.inventory import list_quantities
from negsim.scenario.quantities import Normal, is_uncertain
from negsim.scenario.writer import write
from negsim.study.axes import set_text
from negsim.study.fixing import can_be, fixable, with_fixed
from negsim.study.outcomes import OUTCOMES
from negsim.study.parts import RAW
from negsim.study.work import ScenarioWork
from negsim.zone.compiled import compile_scenario
from tests.strategies import Document, documents
from tests.strategies_bargaining import bargained
from tests.strategies_stakes import stakes
from tests.strategies_talks import scheduled
from tests.study.running.cluster import ROOT

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
    work = work_on(json.dumps(document), of=("zone", "bargain"), n_worlds=4)
    assume(is_possible(work))
    scenario = work.scenario()
    if not can_bargain(scenario):
        work = replace(work, of=("zone",))
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
    if isinstance(slow, Scenario):
        # Nor does anything else depend on how they were put there.
        fast, again = work.compiled(cell), compile_scenario(slow, work.seed, work.sampler)
        for name in work.of:
            one, other = (OUTCOMES[name].ask(compiled, work.n_worlds) for compiled in (fast, again))
            assert (one.figures, one.packed) == (other.figures, other.packed)


# ------------------------------------------------------------------------------------------- the slow way

TIED = """\
negsim: 1
id: tied
title: Tied
issues:
  price: {title: Price, kind: numeric, scale: 0..10, step: 1}
  date: {title: Date, kind: numeric, scale: 0..3, step: 1}
parties:
  ann: {title: Ann, demands: {price: 0, date: 0}, priorities: {price: 0..2, date: 0..3}, no_deal: 20..60}
  bob:
    title: Bob
    demands: {price: 10, date: 3}
    no_deal: {lottery: {ends: {good: {probability: 0.2..0.6, worth: 40..80}, bad: {worth: 0..10}}}}
  cas: {title: Cas, demands: {price: 5}, no_deal: {normal: {mean: 20, sd: 5}}}
ties:
  together: {between: [parties.ann.no_deal, parties.cas.no_deal], rank_correlation: 0.5}
"""
ANN, CAS = "parties.ann.no_deal", "parties.cas.no_deal"
PRICE, DATE = "parties.ann.priorities.price", "parties.ann.priorities.date"
CHANCE, GOOD = "parties.bob.no_deal.lottery.ends.good.probability", "parties.bob.no_deal.lottery.ends.good.worth"


def test_what_is_tied_to_something_cannot_be_held() -> None:
    known = {format_path(path) for path in fixable(work_on(TIED).scenario())}
    assert known == {PRICE, DATE, CHANCE, GOOD, "parties.bob.no_deal.lottery.ends.bad.worth"}


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ({PRICE: 1.5, GOOD: 50.0}, ""),
        ({PRICE: 0.0}, ""),
        ({PRICE: 0.0, DATE: 0.0}, "nothing weighs"),
        ({ANN: 30.0}, "tied"),
        ({PRICE: 5.0}, ""),
        ({PRICE: -1.0}, "outside"),
        ({CHANCE: 0.9}, ""),
        ({CHANCE: 1.5, GOOD: 45.0}, "outside"),
        ({GOOD: "40..50"}, ""),
        ({GOOD: "forty"}, "forty"),
        ({"parties.bob.no_deal.lottery.ends.ugly.worth": 1.0}, "ugly"),
    ],
)
def test_what_cannot_be_held_is_read_again_with_the_same_outcome(cell: dict[str, Any], problem: str) -> None:
    work = work_on(TIED)
    slow = read_again(work, cell)
    assert held(work, cell) == slow
    assert isinstance(slow, str) == bool(problem)


def test_what_a_policy_replaces_is_set_before_it() -> None:
    """One policy puts a number in the place of the lottery, another narrows a range past what the cell says."""
    policies = (("certain", ("parties.bob.no_deal=30",)), ("narrow", (f"{DATE}=1..1.5",)))
    work = work_on(TIED, policies=policies)
    certain = work.compiled({GOOD: 50.0, PRICE: 1.0, "policy": "certain"}).scenario
    assert certain == work.scenario([f"{PRICE}=1", "parties.bob.no_deal=30"])
    narrow = work.compiled({DATE: 2.0, GOOD: 50.0, "policy": "narrow"}).scenario
    assert narrow == work.scenario([f"{GOOD}=50", f"{DATE}=1..1.5"])


def test_a_text_in_a_cell_changes_what_others_can_be() -> None:
    work = work_on(TIED)
    cell: dict[str, Any] = {
        "parties.bob.no_deal": "{lottery: {ends: {good: {worth: 60..70}, bad: {probability: 0.5, worth: 5}}}}"
    }
    scenario = work.compiled({**cell, PRICE: 1.0}).scenario
    assert scenario == read_again(work, {**cell, PRICE: 1.0})


# ------------------------------------------------------------------------------------------------- figures


def asked(command: str, file: Path, work: ScenarioWork, cell: Mapping[str, Any], *options: str) -> dict[str, Any]:
    changes = [f"--set={path}={set_text(value)}" for path, value in cell.items()]
    result = CliRunner().invoke(
        main, [command, str(file), *changes, f"--worlds={work.n_worlds}", "--format=json", *options]
    )
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def as_columns(name: str, found: Mapping[str, float]) -> dict[str, float]:
    return {name: found["estimate"], f"{name}.low": found["low"], f"{name}.high": found["high"]}


@pytest.mark.parametrize(
    ("file", "cell"),
    [
        ("house-sale", {"parties.buyer.no_deal.same_as.price": 310.0}),
        (
            "geneva-2026",
            {
                "durability.breakers.russia.hazard": 0.2,
                "parties.ukraine.priorities.prisoners": 3.0,
                "parties.russia.discount_rate": 0.3,
            },
        ),
    ],
)
def test_figures_are_those_of_the_command_for_one_analysis(file: str, cell: dict[str, float]) -> None:
    path = ROOT / "scenarios" / f"{file}.scenario.yaml"
    talks = file == "geneva-2026"
    of = ("zone", "bargain", *(["talks"] if talks else []))
    work = work_on(text_of(path), of=of, n_worlds=64)
    found = work(cell)
    assert set(found) == {*work.figures, *work.packed}
    assert found.items() >= as_columns("p_zone", asked("zone", path, work, cell)["p_zone"]).items()
    assert found.items() >= as_columns("p_agreement", asked("bargain", path, work, cell)["p_agreement"]).items()
    if talks:
        assert found.items() >= as_columns("talks.p_agreement", asked("talks", path, work, cell)["p_agreement"]).items()


def test_worlds_are_kept_where_they_are_asked_for() -> None:
    work = work_on(text_of(ROOT / "scenarios" / "house-sale.scenario.yaml"), of=("zone", "bargain"), keeps_worlds=True)
    found = work({})
    table = parquet.read_table(BytesIO(found[RAW]))
    assert table.column_names == ["world", "zone", "end", "round"]
    assert table["world"].to_pylist() == list(range(64))
    assert sum(table["zone"].to_pylist()) / 64 == found["p_zone"]
    assert RAW not in work_on(work.text)({})


def test_a_value_that_a_normal_could_have_is_any_of_its_domain() -> None:
    (one,) = [one for one in list_quantities(work_on(TIED).scenario()) if format_path(one.path) == CAS]
    assert can_be(one, -100.0)
    assert can_be(one, 200.0)
    assert not can_be(one, 200.5)


def test_a_distribution_that_stands_in_two_places_is_held_in_neither() -> None:
    scenario = loads(TIED)
    ann = scenario.parties[0]
    shared = tuple(replace(priority, quantity=ann.priorities[0].quantity) for priority in ann.priorities)
    changed = replace(scenario, parties=(replace(ann, priorities=shared), *scenario.parties[1:]))
    gone = set(fixable(scenario)) - set(fixable(changed))
    assert {format_path(path) for path in gone} == {PRICE, DATE}


SAME_PRIORITY = """\
negsim: 1
id: same
title: What a priority is the same as
issues:
  price: {title: Price, scale: 0..10, step: 1}
  pay: {title: Payment, options: [cash, transfer]}
parties:
  buyer: {title: Buyer, demands: {price: 0}, priorities: {price: {same: parties.seller.values.pay.cash}}, no_deal: 40}
  seller: {title: Seller, demands: {price: 10}, values: {pay: {cash: 0..50, transfer: 5}}, no_deal: 30}
"""


def test_what_a_priority_is_the_same_as_is_read_again_and_refused_alike() -> None:
    path = "parties.seller.values.pay.cash"
    work = ScenarioWork(SAME_PRIORITY, ("zone",), 16, 0, "lhs")
    assert tuple(path.split(".")) not in fixable(work.scenario())
    with pytest.raises(NegsimError, match="NS414"):
        work.scenario([f"{path}=0"])
    with pytest.raises(NegsimError, match="NS414"):
        work.compiled({path: 0.0})
