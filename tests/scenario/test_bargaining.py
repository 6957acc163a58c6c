"""What a protocol and a tactic mean once they are read, that edits and bases reach them, and that others may have more."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.errors import ScenarioError, UsageError, format_path
from negsim.scenario import Protocol, Scenario, Tactic, loads, plugins, write
from negsim.scenario.bargaining import TACTIC_PARAMETERS
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.differences import Differences, find_differences
from negsim.scenario.inventory import list_quantities
from negsim.scenario.json_schema import json_schema
from negsim.scenario.quantities import NOTHING, Constant, Same, Uniform
from negsim.scenario.reader import read_document
from negsim.scenario.writer import to_plain
from tests.scenario.test_stakes import change_of
from tests.strategies import Document, documents, scenario_of
from tests.strategies_bargaining import bargained
from tests.strategies_stakes import stakes

PROTOCOL = "protocol: {kind: single_text, rounds: 5, sessions: 2, order: [seller, buyer], breakdown: 0..0.05}\n"


def boat(seller: str = "", buyer: str = "", rest: str = "", *overrides: str) -> Scenario:
    """Give the seller and the buyer of the boat ways to bargain."""
    text = EXAMPLE_BASE.replace("{title: Seller", f"{{{seller}title: Seller").replace(
        "{title: Buyer", f"{{{buyer}title: Buyer"
    )
    return loads(text + rest, overrides=overrides)


def tactic_of(scenario: Scenario, party_id: str = "seller") -> Tactic | None:
    return next(party.tactic for party in scenario.parties if party.id == party_id)


def quantities(scenario: Scenario) -> dict[str, object]:
    return {format_path(named.path): named.quantity for named in list_quantities(scenario)}


def test_a_tactic_has_every_parameter_as_given_or_by_default_in_declared_order() -> None:
    scenario = boat("tactic: {time: {start: 0.5..0.9}}, ", "tactic: stalling, ")
    assert tactic_of(scenario) == Tactic("time", (("exponent", Constant(1.0)), ("start", Uniform(0.5, 0.9))))
    assert tactic_of(scenario, "buyer") == Tactic("stalling", (("exponent", Constant(10.0)),))


def test_a_tactic_without_parameters_may_have_an_empty_mapping() -> None:
    assert tactic_of(boat("tactic: {zeuthen: {}}, ")) == tactic_of(boat("tactic: zeuthen, ")) == Tactic("zeuthen")


def test_a_protocol_is_read_with_all_its_parts_and_what_is_left_out_has_its_default() -> None:
    protocol = boat("", "", PROTOCOL).protocol
    assert protocol == Protocol("single_text", 5, 2, ("seller", "buyer"), breakdown=Uniform(0.0, 0.05))
    assert boat("", "", "protocol: {}\n").protocol == Protocol()
    usual = Protocol()
    assert (usual.kind, usual.rounds, usual.sessions, usual.order) == ("alternating_offers", 20, 1, ())
    assert (usual.offers, usual.beliefs, usual.breakdown) == ("frontier", "learned", NOTHING)
    assert boat().protocol is None


# The parameters of each tactic: default, and the ends of the domain.
TABLE = {
    "time": {"exponent": (1, 0.01, 100), "start": (1, 0, 1)},
    "exponential": {"exponent": (1, 0.01, 100), "start": (0.9, 0, 0.9999)},
    "relative_tit_for_tat": {"start": (1, 0, 1)},
    "absolute_tit_for_tat": {"start": (1, 0, 1)},
    "averaged_tit_for_tat": {"start": (1, 0, 1), "window": (3, 1, 100)},
    "zeuthen": {},
    "take_it_or_leave_it": {},
    "holdout": {"level": (1, 0, 1)},
    "stalling": {"exponent": (10, 0.01, 100)},
    "equilibrium": {"discount": (0.9, 0, 1)},
}


def test_each_tactic_has_its_parameters_with_defaults_and_domains() -> None:
    found = {
        name: {item.name: (item.default, item.domain.low, item.domain.high) for item in parameters}
        for name, parameters in TACTIC_PARAMETERS.items()
    }
    assert found == TABLE
    assert list(found) == list(TABLE)


def test_the_reference_page_gives_the_same_table() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/scenario-format.md").read_text(encoding="utf-8")
    section = page.partition("\n### Tactic\n")[2].partition("\n##")[0]
    found: dict[str, dict[str, tuple[float, ...]]] = {}
    for row in re.findall(r"^\| (?!tactic|---)(.*) \|$", section, re.MULTILINE):
        tactic, _, parameter, domain, default = (cell.strip() for cell in row.split("|"))
        held = found.setdefault(tactic.strip("`") or list(found)[-1], {})
        if parameter:
            low, high = re.findall(r"[0-9.]+", domain)
            held[parameter.split("`")[1]] = (float(default), float(low), float(high))
    assert found == TABLE


@pytest.mark.parametrize(("name", "parameters"), TABLE.items())
def test_the_ends_of_a_domain_are_in_it_and_what_lies_beyond_is_not(
    name: str, parameters: dict[str, tuple[float, float, float]]
) -> None:
    for parameter, (_, low, high) in parameters.items():
        scenario = boat(f"tactic: {{{name}: {{{parameter}: {low}..{high}}}}}, ")
        assert quantities(scenario)[f"parties.seller.tactic.{name}.{parameter}"] == Uniform(low, high)
        for outside in (low - 0.001, high + 0.001):
            with pytest.raises(ScenarioError) as caught:
                boat(f"tactic: {{{name}: {{{parameter}: {outside}}}}}, ")
            assert [problem.code for problem in caught.value.problems] == ["NS212"]


def test_every_number_of_bargaining_is_a_quantity_defaults_among_them() -> None:
    found = quantities(boat("tactic: {time: {exponent: 1..6}}, walks_out_below: 0.1, ", "tactic: zeuthen, ", PROTOCOL))
    assert {path: found[path] for path in found.keys() - quantities(boat()).keys()} == {
        "parties.seller.tactic.time.exponent": Uniform(1.0, 6.0),
        "parties.seller.tactic.time.start": Constant(1.0),
        "parties.seller.walks_out_below": Constant(0.1),
        "protocol.breakdown": Uniform(0.0, 0.05),
    }


def test_a_default_may_be_set_even_where_the_tactic_stands_as_its_name_alone() -> None:
    for seller in ("tactic: time, ", "tactic: {time: {}}, ", ""):
        scenario = boat(seller, "", "", "parties.seller.tactic.time.exponent=3", "protocol.sessions=3")
        assert tactic_of(scenario) == Tactic("time", (("exponent", Constant(3.0)), ("start", Constant(1.0))))
        assert scenario.protocol == Protocol(sessions=3)
    with pytest.raises(UsageError, match="single value"):
        boat("tactic: time, ", "", "", "parties.seller.tactic.stalling.exponent=3")


def test_parameters_may_be_tied_be_the_same_and_have_a_provenance() -> None:
    path = "parties.buyer.tactic.time.exponent"
    scenario = boat(
        f"tactic: {{stalling: {{exponent: {{same: {path}}}}}}}, ",
        "tactic: {time: {exponent: 1..6}}, walks_out_below: 0..0.1, ",
        f"ties: {{t: {{between: [{path}, parties.buyer.walks_out_below], rank_correlation: 0.5}}}}\n"
        "provenance: {parties.seller.tactic.stalling.exponent: {assumed: x}, parties.buyer.tactic.time.start: {assumed: x}}\n",
    )
    assert tactic_of(scenario) == Tactic("stalling", (("exponent", Same(tuple(path.split(".")))),))
    assert format_path(scenario.ties[0].between[0]) == path
    assert [format_path(entry.prefix)[-8:] for entry in scenario.provenance] == ["exponent", "me.start"]


def test_what_has_its_default_is_not_written() -> None:
    scenario = boat(
        "tactic: {time: {exponent: 1, start: 1}}, ", "tactic: {holdout: {level: 0.9}}, ", "protocol: {rounds: 20}"
    )
    tree = to_plain(scenario)
    parties = tree["parties"]
    assert (parties["seller"]["tactic"], parties["buyer"]["tactic"]) == ("time", {"holdout": {"level": 0.9}})  # type: ignore[index, call-overload]
    assert tree["protocol"] == {}
    assert loads(write(scenario)) == scenario


@given(bargained(documents(max_issues=1) | stakes(max_issues=1)))
def test_any_way_to_bargain_is_read_back_as_it_was_written(document: Document) -> None:
    scenario = scenario_of(document)
    assert loads(write(scenario)) == scenario
    assert find_differences(scenario, loads(write(scenario))) == Differences((), (), (), 0)


BOATS = bargained(st.builds(lambda: read_document(EXAMPLE_BASE, "boat").tree))


@given(BOATS, BOATS)
def test_ways_to_bargain_differ_somewhere_unless_they_are_equal(one: Document, other: Document) -> None:
    before, after = scenario_of(one), scenario_of(other)
    differences = find_differences(before, after)
    assert (differences.any_figure or differences.n_texts > 0) == (before != after)


def test_a_tactic_of_a_base_is_replaced_whole_and_a_protocol_key_by_key(tmp_path: Path) -> None:
    base = EXAMPLE_BASE.replace(
        "{title: Seller",
        "{tactic: {time: {exponent: 3, start: 0.9}}, walks_out_below: {uniform: {low: 0, high: 1}}, title: Seller",
    ) + PROTOCOL.replace("0..0.05", "{uniform: {low: 0, high: 1}}")
    again = "{triangular: {low: 0, mode: 0.2, high: 1}}"
    change = (
        f"parties: {{seller: {{tactic: {{stalling: {{exponent: 4}}}}, walks_out_below: {again}}}}}\n"
        f"protocol: {{rounds: 7, order: [buyer, seller], breakdown: {again}}}\n"
    )
    scenario = change_of(tmp_path, base, change)
    assert tactic_of(scenario) == Tactic("stalling", (("exponent", Constant(4.0)),))
    assert scenario == loads(
        base.replace("{time: {exponent: 3, start: 0.9}}", "{stalling: {exponent: 4}}")
        .replace("{uniform: {low: 0, high: 1}}", again)
        .replace("rounds: 5", "rounds: 7")
        .replace("order: [seller, buyer]", "order: [buyer, seller]")
    )
    without = change_of(tmp_path, base, "parties: {seller: {tactic: null, walks_out_below: null}}\nprotocol: null\n")
    assert without == loads(EXAMPLE_BASE)
    same = change_of(tmp_path, base, "parties: {seller: {tactic: {time: {exponent: 4}}}}")
    assert tactic_of(same) == Tactic("time", (("exponent", Constant(4.0)), ("start", Constant(1.0))))


SCHEMA = jsonschema.Draft7Validator(json_schema())


def underlined(change: str) -> bool:
    return not SCHEMA.is_valid(read_document(f"negsim: 1\nbase: x.yaml\n{change}", "x").tree)


@pytest.mark.parametrize(
    "change",
    [
        "parties: {seller: {tactic: time}}",
        "parties: {seller: {tactic: {time: {exponent: 1..6, start: {same: parties.buyer.tactic.time.start}}}}}",
        "parties: {seller: {tactic: {zeuthen: {}}, walks_out_below: 0.1}}",
        "parties: {seller: {tactic: {tactic_of_others: {any_parameter: 3..4}}}}",
        "parties: {seller: {tactic: null}}",
        PROTOCOL,
        "protocol: {rounds: 10000, sessions: 1000, offers: own_rank, beliefs: fixed, about: x}",
    ],
)
def test_an_editor_underlines_nothing_in_what_is_right(change: str) -> None:
    assert not underlined(change)


@pytest.mark.parametrize(
    "change",
    [
        "parties: {seller: {tactic: 3}}",
        "parties: {seller: {tactic: [time]}}",
        "parties: {seller: {tactic: {}}}",
        "parties: {seller: {tactic: Time}}",
        "parties: {seller: {tactic: {time: {}, holdout: {}}}}",
        "parties: {seller: {tactic: {time: {speed: 3}}}}",
        "parties: {seller: {tactic: {zeuthen: {start: 1}}}}",
        "parties: {seller: {tactic: {time: {exponent: fast}}}}",
        "parties: {seller: {walks_out_below: never}}",
        "parties: {seller: {ratifiers: {wife: {title: Wife, tactic: holdout}}}}",
        "protocol: {kind: single}",
        "protocol: {rounds: 0}",
        "protocol: {rounds: 10001}",
        "protocol: {sessions: 1.5}",
        "protocol: {order: seller}",
        "protocol: {offers: own}",
        "protocol: {beliefs: none}",
        "protocol: {round: 5}",
    ],
)
def test_an_editor_underlines_what_is_wrong(change: str) -> None:
    assert underlined(change)


Offer = Callable[[str, str], None]


@pytest.fixture
def offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    """Install a package that offers tactics: entry points, and the text of its module."""

    def install(entries: str, module: str) -> None:
        info = tmp_path / "sly_tactics-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sly-tactics\nVersion: 1\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[negsim.tactics]\n{entries}\n", encoding="utf-8")
        (tmp_path / "sly_tactics.py").write_text(module, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        importlib.invalidate_caches()

    plugins._others.cache_clear()
    monkeypatch.delitem(sys.modules, "sly_tactics", raising=False)
    yield install
    plugins._others.cache_clear()
    sys.modules.pop("sly_tactics", None)


SLY = """
from negsim.scenario import Parameter
from negsim.scenario.quantities import Domain

class Sly:
    parameters = (
        Parameter("cunning", Domain(0.0, 10.0, "grains"), 4.0, "How sly."),
        Parameter("patience", Domain(1.0, 2.0, "rounds"), 1.5, "How long."),
    )
"""


def test_a_tactic_of_others_is_read_listed_and_written_as_our_own(offer: Offer) -> None:
    offer("sly = sly_tactics:Sly", SLY)
    scenario = boat("tactic: {sly: {cunning: 2..3}}, ", "tactic: sly, ")
    assert tactic_of(scenario) == Tactic("sly", (("cunning", Uniform(2.0, 3.0)), ("patience", Constant(1.5))))
    domains = {format_path(named.path): named.domain.unit for named in list_quantities(scenario)}
    assert domains["parties.buyer.tactic.sly.patience"] == "rounds"
    assert loads(write(scenario)) == scenario
    with pytest.raises(ScenarioError, match="NS212"):
        boat("tactic: {sly: {cunning: 11}}, ")
    with pytest.raises(ScenarioError, match="did you mean 'sly'"):
        boat("tactic: slyy, ")


@pytest.mark.parametrize(
    ("entries", "module", "reason"),
    [
        ("sly = sly_tactics:Sly", "raise RuntimeError('out of grain')", "cannot be loaded: RuntimeError: out of grain"),
        ("sly = sly_tactics:Slyy", SLY, "cannot be loaded: AttributeError"),
        ("sly = no_such_module:Sly", SLY, "cannot be loaded: ModuleNotFoundError"),
        ("sly = sly_tactics:Sly", "class Sly: pass", "cannot be loaded: AttributeError"),
        ("sly = sly_tactics:Sly", "class Sly: parameters = ('cunning',)", "parameters that are no tuple of Parameter"),
        ("sly = sly_tactics:Sly", "class Sly: parameters = 'cunning'", "parameters that are no tuple of Parameter"),
    ],
)
def test_a_tactic_that_cannot_be_used_is_a_problem_at_its_place_with_the_reason(
    entries: str, module: str, reason: str, offer: Offer
) -> None:
    offer(entries, module)
    with pytest.raises(ScenarioError) as caught:
        boat("tactic: {sly: {cunning: 3}}, ")
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("NS427", ("parties", "seller", "tactic", "sly"))
    assert reason in problem.message
    assert problem.place is not None
    assert problem.place.text[problem.place.column - 1 :].startswith("sly: {cunning")


def test_a_tactic_of_others_neither_replaces_our_own_nor_has_a_name_that_no_path_can_hold(offer: Offer) -> None:
    offer("time = sly_tactics:Sly\nvery.sly = sly_tactics:Sly\nsly = sly_tactics:Sly", SLY)
    assert tactic_of(boat("tactic: time, ")) == Tactic("time", (("exponent", Constant(1.0)), ("start", Constant(1.0))))
    assert plugins.known_tactics() == (*TACTIC_PARAMETERS, "sly")
    assert plugins.tactic_parameters("very.sly") is None


def test_nobody_asks_for_tactics_of_others_before_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise AssertionError("asked")

    plugins._others.cache_clear()
    monkeypatch.setattr(importlib.metadata, "entry_points", refuse)
    assert list_quantities(boat("tactic: {time: {exponent: 2}}, ", "tactic: zeuthen, "))
    with pytest.raises(AssertionError, match="asked"):
        boat("tactic: sly, ")
