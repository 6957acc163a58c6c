"""Loading: what a file means, whatever way it is read, and that nothing else ever comes out."""

from __future__ import annotations

import copy
import itertools
import pickle
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.errors import ScenarioError, UsageError
from negsim.scenario import IssueKind, Scenario, load, load_with_places, loads, write
from negsim.scenario.build.context import Context
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.inventory import list_quantities
from negsim.scenario.json_schema import json_schema
from negsim.scenario.quantities import Beta, Constant, Normal, Pert, Same, Triangular, Uniform
from negsim.scenario.reader import read_document
from tests.scenario.rich import RATIFIED, RICH

GENEVA = """
negsim: 1
id: geneva-2026
title: Geneva talks
sources:
  dispatch: {title: Talks, publisher: Paper, date: 2026-02-17, date_is: inferred}
issues:
  donetsk:
    title: The part of the Donetsk region that Ukraine holds
    kind: ordered
    options: [line_of_contact, demilitarised_zone, partial_withdrawal, full_withdrawal]
  zone_force:
    title: Who keeps the demilitarised zone
    when: donetsk == demilitarised_zone
    kind: categorical
    options: {nobody: Nobody, un: UN observers, neutral: Neutral states, european: European NATO, us: United States}
  guarantee_years: {title: Guarantee, kind: numeric, scale: 0..50, step: 5, unit: years}
  guarantor: {title: Guarantor, options: [none, us_treaty]}
parties:
  ukraine:
    title: Ukraine
    role: signatory
    demands: {donetsk: line_of_contact, guarantee_years: {at_least: 30}}
    priorities: {donetsk: 35..45, guarantee_years: {normal: {mean: 30, sd: 5}}, zone_force: 10}
    values:
      donetsk: {line_of_contact: 100, demilitarised_zone: 40..70, partial_withdrawal: 10..30, full_withdrawal: 0}
      zone_force: {irrelevant: 60, european: 100, un: 40, neutral: 30, nobody: 0, us: 100}
    red_lines:
      no_bare_withdrawal:
        require: donetsk == full_withdrawal implies guarantee_years >= 30
        firmness: 0.6..0.95
    no_deal: 20..50
  usa: {title: United States, role: mediator, consents_to: guarantor == us_treaty}
rules:
  guarantor_needs_term:
    require: guarantor != none implies guarantee_years > 0
provenance:
  parties.ukraine.demands: {source: dispatch}
  parties.ukraine.red_lines.no_bare_withdrawal: {assumed: "The report gives the worry, not this condition."}
"""


def test_the_example_of_the_format_loads() -> None:
    scenario = loads(GENEVA)
    donetsk, zone_force, years, guarantor = scenario.issues
    assert (donetsk.kind, zone_force.n_choices, years.levels[-1], guarantor.kind) == (
        IssueKind.ORDERED,
        6,
        Fraction(50),
        IssueKind.CATEGORICAL,
    )
    assert years.option_titles[6] == "30 years"
    assert [party.id for party in scenario.parties] == ["ukraine", "usa"]


def test_a_newcomer_needs_issues_demands_and_what_each_has_without_a_deal() -> None:
    scenario = loads(
        """
negsim: 1
id: sale
title: A sale
issues:
  price: {title: Price, scale: 0..10, step: 5}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: 30}
  seller: {title: Seller, demands: {price: 10}, red_lines: {x: {require: price > 0, firmness: hard}}, no_deal: 40..60}
"""
    )
    buyer, seller = scenario.parties
    assert (buyer.priorities, buyer.values, buyer.no_deal) == ((), (), Constant(30.0))
    assert (seller.no_deal, seller.red_lines[0].firmness) == (Uniform(40.0, 60.0), None)
    assert seller.red_lines[0].audience_cost == Constant(0.0)


DEMANDS = [
    ("delivery", "spring", "option", ("spring",), (1,)),
    ("delivery", "any", "any", (), (0, 1, 2)),
    ("delivery", "{at_least: spring}", "at_least", ("spring",), (1, 2)),
    ("delivery", "{at_most: spring}", "at_most", ("spring",), (0, 1)),
    ("delivery", "{between: spring..summer}", "between", ("spring", "summer"), (1, 2)),
    ("delivery", "{one_of: [summer, now]}", "one_of", ("summer", "now"), (0, 2)),
    ("payment", "transfer", "option", ("transfer",), (1,)),
    ("payment", "{one_of: [cash]}", "one_of", ("cash",), (0,)),
    ("price", "70", "option", ("70",), (7,)),
    ("price", "70.0", "option", ("70",), (7,)),
    ("price", '"70"', "option", ("70",), (7,)),
    ("price", "{at_least: 90}", "at_least", ("90",), (9, 10)),
    ("price", "{at_most: 10}", "at_most", ("10",), (0, 1)),
    ("price", "{between: 20..40}", "between", ("20", "40"), (2, 3, 4)),
    ("price", "{one_of: [40, 0]}", "one_of", ("40", "0"), (0, 4)),
]


@pytest.mark.parametrize(("issue", "written", "form", "stated", "met_by"), DEMANDS)
def test_every_form_of_demand_is_met_by_the_options_it_says(
    issue: str, written: str, form: str, stated: tuple[str, ...], met_by: tuple[int, ...]
) -> None:
    scenario = loads(EXAMPLE_BASE.replace("demands: {price: {at_least: 70}}", f"demands: {{{issue}: {written}}}"))
    (demand,) = scenario.parties[1].demands
    assert (demand.issue, demand.form, demand.stated, demand.met_by) == (issue, form, stated, met_by)


QUANTITIES = [
    ("30", Constant(30.0)),
    ("30.5", Constant(30.5)),
    ("30..50", Uniform(30.0, 50.0)),
    ("-5..5.5", Uniform(-5.0, 5.5)),
    ("{uniform: {low: 30, high: 50}}", Uniform(30.0, 50.0)),
    ("{normal: {mean: 30, sd: 5}}", Normal(30.0, 5.0)),
    ("{triangular: {low: 1, mode: 2, high: 4}}", Triangular(1.0, 2.0, 4.0)),
    ("{pert: {low: 1, mode: 2, high: 4}}", Pert(1.0, 2.0, 4.0)),
    ("{beta: {a: 2, b: 3}}", Beta(2.0, 3.0, 0.0, 1.0)),
    ("{beta: {a: 2, b: 3, low: 10, high: 90}}", Beta(2.0, 3.0, 10.0, 90.0)),
    ("{same: parties.buyer.no_deal}", Same(("parties", "buyer", "no_deal"))),
]


@pytest.mark.parametrize(("written", "quantity"), QUANTITIES)
def test_every_form_of_quantity_is_read(written: str, quantity: object) -> None:
    scenario = loads(EXAMPLE_BASE.replace("no_deal: 40}", f"no_deal: {written}}}"))
    assert scenario.parties[1].no_deal == quantity


def test_levels_are_exact_decimals() -> None:
    scenario = loads(RICH)
    share = scenario.issues[3]
    assert share.levels == tuple(Fraction(n, 4) for n in range(-2, 11))
    assert (share.options[0], share.options[1], share.options[-1]) == ("-0.5", "-0.25", "2.5")


def test_the_order_of_parties_demands_and_values_in_a_file_means_nothing() -> None:
    tree = yaml.safe_load(RICH)

    def turned(block: dict[str, object]) -> dict[str, object]:
        return dict(reversed(block.items()))

    mixed = copy.deepcopy(tree)
    mixed["parties"] = turned(mixed["parties"])
    for party in mixed["parties"].values():
        for key in ("demands", "priorities", "values"):
            if key in party:
                party[key] = turned(party[key])
        party["values"] = {issue: turned(values) for issue, values in party.get("values", {}).items()}
    assert list(mixed["parties"]) != list(tree["parties"])
    assert loads(yaml.safe_dump(mixed, sort_keys=False)) == loads(RICH)


def test_what_is_written_reads_as_the_same_scenario() -> None:
    for text in (RICH, RATIFIED, GENEVA, EXAMPLE_BASE):
        scenario = loads(text)
        assert loads(write(scenario)) == scenario
        assert write(loads(write(scenario))) == write(scenario)


@pytest.mark.parametrize("text", [RICH, RATIFIED])
def test_a_scenario_survives_pickling(text: str) -> None:
    scenario = loads(text)
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_a_scenario_error_survives_pickling() -> None:
    with pytest.raises(ScenarioError) as caught:
        loads("negsim: 1\nid: 3")
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


@pytest.mark.parametrize("text", [RICH, RATIFIED])
def test_the_quantities_met_while_building_are_those_of_the_inventory(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Context] = []
    keep = Context.__init__

    def remember(self: Context, *args: object, **kwargs: object) -> None:
        keep(self, *args, **kwargs)  # type: ignore[arg-type]
        seen.append(self)

    monkeypatch.setattr(Context, "__init__", remember)
    scenario = loads(text)
    built = sorted(seen[-1].quantities.values(), key=lambda named: ".".join(named.path))
    assert built == list(list_quantities(scenario))


def test_a_file_gives_what_its_text_gives(tmp_path: Path) -> None:
    file = tmp_path / "boat.scenario.yaml"
    file.write_text(EXAMPLE_BASE, encoding="utf-8")
    assert load(file) == load(str(file)) == loads(EXAMPLE_BASE) == load_with_places(file).scenario


def test_a_base_is_changed_only_where_the_file_says(tmp_path: Path) -> None:
    (tmp_path / "boat.scenario.yaml").write_text(EXAMPLE_BASE, encoding="utf-8")
    file = tmp_path / "dear.scenario.yaml"
    file.write_text("negsim: 1\nbase: boat.scenario.yaml\nid: dear\nparties: {seller: {no_deal: 60}}", encoding="utf-8")
    expected = EXAMPLE_BASE.replace("id: boat", "id: dear").replace("no_deal: 40", "no_deal: 60")
    assert load(file) == loads(expected)


def test_a_fault_of_the_base_is_shown_in_the_base(tmp_path: Path) -> None:
    (tmp_path / "boat.scenario.yaml").write_text(EXAMPLE_BASE.replace("step: 10", "step: 30"), encoding="utf-8")
    file = tmp_path / "dear.scenario.yaml"
    file.write_text("negsim: 1\nbase: boat.scenario.yaml\nparties: {seller: {no_deal: 600}}", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(file)
    places = [(p.code, Path(p.place.file).name, p.place.line) for p in caught.value.problems if p.place is not None]
    assert places == [("NS212", "dear.scenario.yaml", 3), ("NS412", "boat.scenario.yaml", 5)]


def test_an_override_counts_for_this_time(tmp_path: Path) -> None:
    overrides = ["parties.seller.no_deal=50..60", "parties.buyer.demands.price={at_most: 20}"]
    expected = EXAMPLE_BASE.replace("no_deal: 40", "no_deal: 50..60").replace("{at_most: 50}", "{at_most: 20}")
    assert loads(EXAMPLE_BASE, overrides=overrides) == loads(expected)


def test_a_fault_of_an_override_is_shown_in_the_override() -> None:
    with pytest.raises(ScenarioError) as caught:
        loads(EXAMPLE_BASE, overrides=["parties.seller.no_deal=600"])
    ((code, place),) = [(problem.code, problem.place) for problem in caught.value.problems]
    assert place is not None
    assert (code, place.file, place.text[place.column - 1 :]) == ("NS212", "--set", "600")
    with pytest.raises(UsageError):
        loads(EXAMPLE_BASE, overrides=["parties.seller.no_deal"])


MISSING = [
    ("boot.scenario.yaml", "boat.scenario.yaml"),
    ("boat", "boat.scenario.yaml"),
    ("boat.yaml", "boat.scenario.yaml"),
]


@pytest.mark.parametrize(("asked", "meant"), MISSING)
def test_a_missing_file_is_answered_with_the_nearest_name(asked: str, meant: str, tmp_path: Path) -> None:
    (tmp_path / "boat.scenario.yaml").write_text(EXAMPLE_BASE, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / asked)
    (problem,) = caught.value.problems
    assert (problem.code, problem.help) == ("NS117", f"did you mean {tmp_path / meant}?")


@pytest.mark.parametrize("name", ["", "\0", ".", "no/such/folder/x.yaml", "\ud800"])
def test_what_is_no_file_is_one_problem(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        load(name)
    assert [problem.code for problem in caught.value.problems] == ["NS117"]


def test_a_whole_message_shows_the_line_with_a_caret() -> None:
    with pytest.raises(ScenarioError) as caught:
        loads(EXAMPLE_BASE + "rules:\n  fair: {require: payment == cahs}\n", file="boat.scenario.yaml")
    assert str(caught.value) == (
        "boat.scenario.yaml:13:30: error[NS301]: payment has no option 'cahs'\n"
        "    13 |   fair: {require: payment == cahs}\n"
        "       |                              ^^^^ did you mean 'cash'?"
    )


def _paths(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items: Iterable[tuple[Any, object]] = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path, *itertools.chain.from_iterable(_paths(item, (*path, key)) for key, item in items)]


SCHEMA = jsonschema.Draft7Validator(json_schema())
TREES = [yaml.safe_load(text) for text in (RICH, RATIFIED)]
for _tree in TREES:
    _tree["sources"]["paper"]["date"] = "2026-02-17"
ALL_PATHS = [[path for path in _paths(tree) if path] for tree in TREES]
ODD = st.one_of(
    st.sampled_from(
        [None, True, 0, -1, 1e15, 10**30, "", "any", "30..50", "50..30", "irrelevant", [], {}, [[]], {"": {}}]
    ),
    st.sampled_from(
        [{"same": "parties.club.no_deal"}, {"normal": {"mean": 1}}, {"at_least": []}, "site", "site == north"]
    ),
    st.text(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(),
)


@st.composite
def mutated(draw: st.DrawFn) -> object:
    """A rich scenario with a few parts replaced, removed, renamed or copied elsewhere."""
    number = draw(st.sampled_from([0, 1]))
    tree, all_paths = copy.deepcopy(TREES[number]), ALL_PATHS[number]
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(all_paths))
        holder = tree
        for key in path[:-1]:
            holder = holder[key] if isinstance(holder, dict) and key in holder else None
        if not isinstance(holder, dict) or path[-1] not in holder:
            continue
        action = draw(st.sampled_from(["replace", "remove", "rename", "copy"]))
        if action == "replace":
            holder[path[-1]] = draw(ODD)
        elif action == "remove":
            del holder[path[-1]]
        elif action == "rename":
            holder[draw(st.text(max_size=6))] = holder.pop(path[-1])
        else:
            other = TREES[number]
            for key in draw(st.sampled_from(all_paths)):
                other = other[key]
            holder[path[-1]] = copy.deepcopy(other)
    return tree


@given(mutated())
@settings(max_examples=100, deadline=None)
def test_any_mutated_document_gives_a_scenario_or_a_problem_with_a_place(tree: object) -> None:
    text = yaml.safe_dump(tree, sort_keys=False, allow_unicode=True)
    outcome = _outcome(text)
    if isinstance(outcome, ScenarioError):
        assert outcome.problems
        assert all(problem.place is not None for problem in outcome.problems)
        assert "error[NS" in str(outcome)
    else:
        assert loads(write(outcome)) == outcome
        # What the schema rejects the loader rejects too: so it accepts what the loader accepted.
        assert list(SCHEMA.iter_errors(read_document(text, "mutated").tree)) == []


def _outcome(text: str) -> Scenario | ScenarioError:
    try:
        return loads(text)
    except ScenarioError as error:
        return error
